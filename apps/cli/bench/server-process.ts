/**
 * A server in a process of its own, so that its callers do not take its time.
 *
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { Agent, request } from 'node:http'

export interface Server extends AsyncDisposable {
  /** Sends JSON to a path, and answers with JSON; throws for whatever is no success. */
  readonly post: <Answer>(path: string, body: object) => Promise<Answer>
  /** The same without a body. */
  readonly get: <Answer>(path: string) => Promise<Answer>
}

/** Starts a program that says where it serves, as `{"url": …}`. */
export const serverOf = async (
  args: readonly string[],
  headers: Readonly<Record<string, string>> = {},
): Promise<Server> => {
  const child = spawn(process.execPath, ['--conditions=@forsat/source', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LOG_LEVEL: 'warn' },
  })
  let notices = ''
  child.stderr.on('data', (part: Buffer) => {
    notices += String(part)
  })
  child.once('close', (code) => {
    if (code !== 0) process.stderr.write(notices)
  })
  const { hostname, port } = new URL(await urlOf(child))
  const agent = new Agent({ keepAlive: true })
  const ask = <Answer>(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> => {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    const all = body === undefined ? headers : { ...headers, ...json }
    const sent = request({ agent, hostname, port, path, method, headers: all }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      answer.once('end', () => {
        const { statusCode = 0 } = answer
        if (statusCode < 300) resolve(JSON.parse(text) as Answer)
        else reject(new Error(`${path} answered ${statusCode}: ${text}`))
      })
    })
    sent.once('error', reject).end(body && JSON.stringify(body))
    return promise
  }
  return {
    post: (path, body) => ask('POST', path, body),
    get: (path) => ask('GET', path),
    [Symbol.asyncDispose]: async () => {
      agent.destroy()
      const { promise, resolve } = Promise.withResolvers<unknown>()
      child.once('close', resolve)
      child.kill('SIGTERM')
      await promise
    },
  }
}

const json = { 'content-type': 'application/json' }

const urlOf = (child: ChildProcess): Promise<string> => {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let said = ''
  child.stdout?.on('data', (part: Buffer) => {
    said += String(part)
    if (said.includes('}')) resolve((JSON.parse(said) as { readonly url: string }).url)
  })
  child.once('close', () => reject(new Error(`the server ended and said: ${said}`)))
  return promise
}

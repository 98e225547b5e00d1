/**
 * Requests as bytes, and what must hold for whatever is answered to them.
 *
 * @internal
 * @module
 */
import { Agent, request } from 'node:http'
import { codes } from '../../refusals.ts'

export interface Asked {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
}

export interface Heard {
  readonly status: number
  readonly type: string
  readonly text: string
}

export interface Caller extends Disposable {
  readonly ask: (asked: Asked) => Promise<Heard>
}

/** Sends to a server what a polite client would not. */
export const callerOf = (base: string): Caller => {
  const { hostname, port } = new URL(base)
  const agent = new Agent({ keepAlive: true })
  return {
    ask: async ({ method, path, headers, body }) => {
      const { promise, resolve, reject } = Promise.withResolvers<Heard>()
      const length = body === undefined ? {} : { 'content-length': body.length }
      const sent = request(
        { agent, hostname, port, method, path, headers: { ...headers, ...length } },
        (answer) => {
          const { statusCode: status = 0, headers: said } = answer
          const type = said['content-type'] ?? ''
          // A feed has no end.
          if (type.startsWith('text/event-stream')) {
            resolve({ status, type, text: '' })
            sent.destroy()
            return
          }
          const chunks: Buffer[] = []
          answer.on('data', (chunk: Buffer) => chunks.push(chunk))
          answer.once('error', reject)
          answer.once('end', () =>
            resolve({ status, type, text: Buffer.concat(chunks).toString() }),
          )
        },
      )
      sent.once('error', reject)
      sent.end(body)
      return promise
    },
    [Symbol.dispose]: () => agent.destroy(),
  }
}

interface Refusal {
  readonly code?: string
  readonly errors?: readonly { readonly in?: string; readonly pointer: string }[]
}
interface Problem extends Refusal {
  readonly status: number
  readonly detail: string
}
interface Many {
  readonly items: readonly Refusal[]
}

/** What is nobody's business: how the server is made, and where it lies. */
const inside =
  /\n\s+at |node_modules|\.[cm]?[jt]s:\d|SQLITE|\bselect\b[^"]+\bfrom\b|\binsert into\b|file:\/\/|"\/(?:tmp|home|root|usr|work)\/|\bFST_|ZodError|TypeError|RangeError|\[object /i

const problemOf = ({ text }: Heard): Problem => JSON.parse(text) as Problem

/**
 * What a refusal points at, each once; of many at once, what the refusal of any of them does. Nothing
 * where nothing was refused for how the request was written.
 */
export const faultyPlacesOf = ({ text }: Heard): readonly string[] => {
  const { code, errors = [], items = [] } = JSON.parse(text || '{}') as Partial<Many & Problem>
  const all = [{ code, errors }, ...items].filter((each) => each.code === 'InvalidRequest')
  const places = all.flatMap(({ errors: faults = [] }) =>
    faults.map(({ in: part, pointer }) => `${part ?? 'body'} ${pointer}`),
  )
  return [...new Set(places)]
}

/** What is wrong with an answer, whatever was asked; `undefined` where nothing is. */
export const faultOf = (heard: Heard): string | undefined => {
  const { status, type, text } = heard
  if (status >= 200 && status < 300) return undefined
  if (status >= 500 && status !== 503) return `answered ${status}`
  if (!type.startsWith('application/problem+json')) return `${status} is told as ${type}`
  const { code, status: said, detail } = problemOf(heard)
  if (!codes.some((each) => each === code)) return `nobody knows the code ${code}`
  if (said !== status) return `${status} says that it is ${said}`
  if (detail === '') return `${code} says nothing`
  const leak = inside.exec(text)
  return leak === null ? undefined : `the answer tells of the inside: ${leak[0]}`
}

const shown = 1_500

/** A request, and what came of it, to be read and repeated. */
export const told = ({ method, path, headers, body }: Asked, { status, text }: Heard): string => {
  const said = body === undefined ? '' : `\n${Buffer.from(body).toString().slice(0, shown)}`
  const { authorization: _key, ...others } = headers
  return `${method} ${path.slice(0, 300)} ${JSON.stringify(others)}${said}\n${status} ${text.slice(0, shown)}`
}

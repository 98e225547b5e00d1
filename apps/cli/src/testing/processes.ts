/**
 * The program in processes of its own, as people run it.
 *
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))

/** Compiled sources, shared by all that is started: they start in half the time. */
const compiled = join(tmpdir(), 'forsat-compiled')

/**
 * In a folder of its own; `environment` is what differs from that of the tests. A `shell` is what is
 * said to a shell before the program takes its place.
 */
export const startedIn = (
  folder: string,
  environment: Readonly<Record<string, string>>,
  args: readonly string[],
  shell: readonly string[] = [],
): ChildProcess => {
  const { FORSAT_STORE: _store, PORT: _port, HOST: _host, ...env } = process.env
  const node = [process.execPath, '--conditions=@forsat/source', main, ...args]
  const [program = '', ...rest] = [...shell, ...node]
  return spawn(program, rest, {
    cwd: folder,
    env: {
      ...env,
      LANG: 'C',
      LC_ALL: '',
      FORSAT_CWD: folder,
      NODE_COMPILE_CACHE: compiled,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export const ended = async (child: ChildProcess): Promise<Ended> => {
  const [out, err]: [string[], string[]] = [[], []]
  child.stdout?.on('data', (chunk) => out.push(String(chunk)))
  child.stderr?.on('data', (chunk) => err.push(String(chunk)))
  const { promise, resolve } = Promise.withResolvers<number | null>()
  child.on('close', resolve)
  return { code: await promise, out: out.join(''), err: err.join('') }
}

/** The first lines of a program that goes on, up to one that says something. */
export const until = async (child: ChildProcess, said: RegExp): Promise<string> => {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let text = ''
  child.stdout?.on('data', (chunk) => {
    text += String(chunk)
    if (said.test(text)) resolve(text)
  })
  child.on('close', () => reject(new Error(`it ended and said: ${text}`)))
  return await promise
}

/** Where a server that was just started listens. */
export const addressOf = async (server: ChildProcess): Promise<string> =>
  /http:\S+/.exec(await until(server, /listens at \S+\n/))?.[0] ?? ''

/**
 * Servers in processes of their own, over the store of a folder.
 *
 * @internal
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))

export const started = (folder: string, environment: Record<string, string>): ChildProcess =>
  spawn(process.execPath, ['--conditions=@forsat/source', main], {
    env: { FORSAT_STORE: `sqlite:${join(folder, 'forsat.db')}`, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

/** What a process says, all of it or until it says something. */
export const textOf = async (
  stream: AsyncIterable<unknown> | null,
  until?: RegExp,
): Promise<string> => {
  let text = ''
  for await (const chunk of stream ?? []) {
    text += String(chunk)
    if (until?.test(text)) break
  }
  return text
}

/** A port that nobody has, a moment ago. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}

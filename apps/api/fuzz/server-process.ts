/**
 * The server that is fuzzed, as the one who asks sees it.
 *
 * @module
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Ready } from './server.ts'

export interface ServerProcess extends AsyncDisposable {
  readonly ready: Ready
}

export const started = async (): Promise<ServerProcess> => {
  const program = fileURLToPath(new URL('server.ts', import.meta.url))
  const child = spawn(process.execPath, ['--conditions=@forsat/source', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return {
    ready: JSON.parse(line) as Ready,
    [Symbol.asyncDispose]: async () => {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

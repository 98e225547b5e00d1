/** The whole program as it is served, on a store that is forgotten with it. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url))
const args = ['serve', '--no-auth', '--store', 'memory:', '--port', '0', '--lang', 'en']

export interface Server {
  readonly address: string
  readonly ask: <Answer>(path: string, body: object) => Promise<Answer>
  readonly stop: () => void
}

export const served = async (): Promise<Server> => {
  const server = spawn(process.execPath, ['--conditions=@forsat/source', program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const address = await addressIn(server)
  return {
    address,
    ask: async <Answer>(path: string, body: object) => {
      const response = await fetch(`${address}/v1${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
      return (await response.json()) as Answer
    },
    stop: () => server.kill(),
  }
}

/** Where a server says that it listens, once it does. */
const addressIn = async ({ stdout }: ReturnType<typeof spawn>): Promise<string> => {
  if (stdout === null) throw new Error('the server says nothing')
  for await (const line of createInterface(stdout)) {
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? []
    if (address !== undefined) return address
  }
  throw new Error('the server ended before it listened')
}

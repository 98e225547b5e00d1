/**
 * Starts the double of an EventStoreDB server in a process of its own, and gives orders to it.
 *
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Fault } from './faults.ts'
import type { DoubleSettings, Order, TimeAsked } from './main.ts'

export type { Fault, SubscriptionEnd } from './faults.ts'
export type { DoubleSettings } from './main.ts'

export interface OpenCalls {
  readonly reads: number
  readonly subscriptions: number
  readonly batches: number
}

export interface Double extends AsyncDisposable {
  readonly port: number
  readonly pid: number
  /** How the client names it. */
  readonly connectionString: string
  readonly arm: (fault: Fault) => Promise<void>
  readonly openCalls: () => Promise<OpenCalls>
  readonly order: (order: Order) => Promise<unknown>
  /** Kills it without a word; `start` with the same port and path brings it back. */
  readonly kill: () => Promise<void>
  readonly freeze: () => void
  readonly thaw: () => void
}

interface Answered {
  readonly id: number
  readonly answer: unknown
}

const main = fileURLToPath(new URL('main.ts', import.meta.url))

/** Starts it; one that asks for the time is told what it is for an append to a stream. */
export const startDouble = async (
  settings: DoubleSettings = {},
  timeFor: (stream: string) => number | undefined = () => undefined,
): Promise<Double> => {
  const child = spawn(
    process.execPath,
    ['--conditions=@forsat/source', '--no-warnings', main, JSON.stringify(settings)],
    { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
  )
  const port = await portOf(child)
  const waiting = new Map<number, (answer: unknown) => void>()
  let asked = 0
  child.on('message', (message: Answered | TimeAsked) => {
    if ('stream' in message) {
      child.send({ id: message.id, nowMs: timeFor(message.stream) ?? Date.now() })
      return
    }
    waiting.get(message.id)?.(message.answer)
    waiting.delete(message.id)
  })
  const order: Double['order'] = (given) =>
    new Promise((resolve) => {
      asked += 1
      waiting.set(asked, resolve)
      child.send({ id: asked, order: given })
    })
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  // Tests that end without a word must not wait for it.
  child.unref()
  child.channel?.unref()
  return {
    port,
    pid: child.pid ?? 0,
    connectionString: `esdb://127.0.0.1:${port}?tls=${settings.tls !== undefined}`,
    arm: async (fault) => {
      await order({ do: 'arm', fault })
    },
    openCalls: async () => (await order({ do: 'open-calls' })) as OpenCalls,
    order,
    kill,
    freeze: () => {
      child.kill('SIGSTOP')
    },
    thaw: () => {
      child.kill('SIGCONT')
    },
    [Symbol.asyncDispose]: kill,
  }
}

const portOf = async (child: ChildProcess): Promise<number> => {
  if (child.stdout === null) throw new Error('the double says nothing')
  const lines = createInterface({ input: child.stdout })
  const [line] = (await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(() => {
      throw new Error('the double did not start')
    }),
  ])) as [string]
  return Number(line)
}

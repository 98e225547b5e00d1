/**
 * The ceiling of a server, in a process of its own: bare Fastify over bare `node:sqlite`. It answers
 * each call with a text that is ready, once the rows which the call leaves behind are durable.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import Fastify from 'fastify'
import { type BareEvent, bare } from './bare.ts'
import { renumbered } from './rows.ts'

/** A call: the path it comes to, what it leaves behind commit by commit, and what it answers. */
export interface BareCall {
  /** `POST` if it is not said. */
  readonly method?: 'GET' | 'POST'
  readonly path: string
  readonly commits: readonly (readonly BareEvent[])[]
  readonly answer: string
}

const [file = '', calls = ''] = process.argv.slice(2)
const plain = bare(file)

/** What arrives together shares a commit, as it does with us. */
let waiting: { readonly events: readonly BareEvent[]; readonly done: () => void }[] = []
const durable = (events: readonly BareEvent[]): Promise<void> =>
  new Promise((resolve) => {
    waiting.push({ events, done: resolve })
    if (waiting.length === 1) void flush()
  })

const flush = async (): Promise<void> => {
  await setImmediate()
  const together = waiting
  waiting = []
  plain.commit(together.flatMap(({ events }) => events))
  for (const { done } of together) done()
}

let position = 0
const anew = (row: BareEvent): BareEvent => {
  position += 1
  return renumbered(row, position)
}

/** Bytes stand in the file in base64. */
const revived = (_name: string, value: unknown): unknown => {
  const isBytes = typeof value === 'object' && value !== null && 'bytes' in value
  return isBytes ? Buffer.from(String(value.bytes), 'base64') : value
}

const app = Fastify()
const all = JSON.parse(readFileSync(calls, 'utf8'), revived) as readonly BareCall[]
for (const { method = 'POST', path: url, commits, answer } of all) {
  app.route({
    method,
    url,
    handler: async (_request, reply) => {
      for (const events of commits) await durable(events.map(anew))
      return reply.type('application/json; charset=utf-8').send(answer)
    },
  })
}

const url = await app.listen({ host: '127.0.0.1', port: 0 })
process.stdout.write(`${JSON.stringify({ url })}\n`)
process.once('SIGTERM', () => {
  void app.close().then(() => plain[Symbol.dispose]())
})

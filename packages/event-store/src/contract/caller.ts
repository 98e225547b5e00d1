/**
 * A caller in a process of its own, for tests of several processes on one file. It says what came of
 * it on standard output, a line each.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import { type EventStore, noStream } from '../port.ts'
import { openSqliteStore } from '../sqlite.ts'
import { appendOf, eventOf, freshStream } from './given.ts'

const clock = { now: () => new Date().toISOString() }
const say = (line: unknown): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

/** Appends one event, at whatever revision the stream has come to. Returns how often others were faster. */
const insist = async (store: EventStore, stream: string, expected = noStream): Promise<number> => {
  const answer = await store.append(appendOf(stream, expected, [eventOf()]))
  if (E.isRight(answer)) return 0
  if (answer.left.type !== 'RevisionConflict') throw new Error(answer.left.type)
  return 1 + (await insist(store, stream, answer.left.current))
}

const roles: Record<string, (path: string, ...rest: string[]) => Promise<void>> = {
  /** So many callers at once append so many events each to one stream. */
  contend: async (path, stream = '', callers = '1', each = '1') => {
    await using store = await openSqliteStore(path, { clock })
    let conflicts = 0
    await Promise.all(
      Array.from({ length: Number(callers) }, async () => {
        for (let n = 0; n < Number(each); n += 1) conflicts += await insist(store, stream)
      }),
    )
    say({ conflicts })
  },

  /** One caller appends so many events, each over a connection of its own. */
  reconnect: async (path, stream = '', events = '1') => {
    for (let n = 0; n < Number(events); n += 1) {
      await using store = await openSqliteStore(path, { clock })
      await insist(store, stream, n - 1)
    }
    say({ done: true })
  },

  /** Appends until it is killed, and names each event that was acknowledged. */
  append: async (path) => {
    await using store = await openSqliteStore(path, { clock })
    for (;;) {
      const events = [eventOf(), eventOf()]
      await store.append(appendOf(freshStream(), noStream, events))
      say(events.map(({ id }) => id))
    }
  },
}

const [role = '', path = '', ...rest] = process.argv.slice(2)
await roles[role]?.(path, ...rest)

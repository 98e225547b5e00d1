/**
 * Lets the tests of the application run on the double instead of the stores that they usually have:
 * with `FORSAT_TEST_STORE=eventstoredb`. Each worker has a double of its own, and each store a part of
 * its log, whose events are stamped by the clock of the test.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { openEventStoreDb } from '../../eventstoredb.ts'
import type { EventStore } from '../../port.ts'
import { type Double, startDouble } from './double.ts'

export { memoryKeys } from '../../memory-keys.ts'

interface Clock {
  now(): string
}

const clocks = new Map<string, Clock>()
let double: Promise<Double> | undefined
let parts = 0

/** The part of the double's log that goes by a name, stamped by a clock. */
const partNamed = async (name: string, clock: Clock): Promise<string> => {
  const clockOf = (stream: string): number | undefined => {
    const part = [...clocks.keys()].find((prefix) => stream.startsWith(prefix))
    const now = part === undefined ? undefined : clocks.get(part)?.now()
    return now === undefined ? undefined : Date.parse(now)
  }
  double ??= startDouble({ asksForTime: true }, clockOf)
  const prefix = `t${createHash('sha256').update(name).digest('hex').slice(0, 16)}_`
  clocks.set(prefix, clock)
  return `${(await double).connectionString}&streamPrefix=${prefix}`
}

/** Where a test has its store: in its folder, or on the double. */
export const placeForTests = async (
  folder: string,
  clock: Clock,
): Promise<{ readonly store: string; readonly readModels: string; readonly keys: string }> => ({
  store:
    process.env['FORSAT_TEST_STORE'] === 'eventstoredb'
      ? await partNamed(folder, clock)
      : `sqlite:${join(folder, 'forsat.db')}`,
  readModels: join(folder, 'forsat.read.db'),
  keys: join(folder, 'forsat.keys'),
})

/** In the place of a store in memory: an empty part of the double's log, opened when it is needed. */
export const memoryStore = ({ clock }: { readonly clock: Clock }): EventStore => {
  parts += 1
  const name = `${process.pid}/${parts}`
  let opening: Promise<EventStore> | undefined
  const store = (): Promise<EventStore> => {
    opening ??= partNamed(name, clock).then((place) => openEventStoreDb(place, { clock }))
    return opening
  }
  return {
    append: async (append) => (await store()).append(append),
    async *readStream(stream, options) {
      yield* (await store()).readStream(stream, options)
    },
    async *readLog(options) {
      yield* (await store()).readLog(options)
    },
    async *readEntries(options) {
      yield* (await store()).readEntries(options)
    },
    discard: async (keyIds) => (await store()).discard(keyIds),
    async *follow(options) {
      yield* (await store()).follow(options)
    },
    head: async () => (await store()).head(),
    find: async (id) => (await store()).find(id),
    commands: {
      find: async (scope, key) => (await store()).commands.find(scope, key),
      remember: async (record) => (await store()).commands.remember(record),
      forget: async (before) => (await store()).commands.forget(before),
    },
    policies: {
      find: async (policy) => (await store()).policies.find(policy),
      save: async (policy, position) => (await store()).policies.save(policy, position),
    },
    [Symbol.asyncDispose]: async () => {
      if (opening !== undefined) await (await opening)[Symbol.asyncDispose]()
    },
  }
}

import { afterAll, beforeAll } from 'vitest'
import { eventStoreContract } from './contract.ts'
import { type Double, startDouble } from './eventstoredb/testing/double.ts'
import { openEventStoreDb } from './eventstoredb.ts'
import type { EventStore } from './port.ts'

const systemClock = { now: () => new Date().toISOString() }
/** A real server, where one is named: the suite is the same. */
const named = process.env['FORSAT_TEST_ESDB']

let double: Double | undefined
beforeAll(async () => {
  if (named === undefined) double = await startDouble()
})
afterAll(() => double?.[Symbol.asyncDispose]())

/** Every store of these tests has streams of its own. */
let stores = 0
const life = Date.now().toString(36)

eventStoreContract('a store on EventStoreDB', async ({ clock = systemClock } = {}) => {
  const server = named ?? double?.connectionString ?? ''
  stores += 1
  const prefix = `streamPrefix=t${life}_${stores}_`
  const connection = `${server}${server.includes('?') ? '&' : '?'}${prefix}`
  const opened: EventStore[] = []
  const open = async (): Promise<EventStore> => {
    const store = await openEventStoreDb(connection, { clock })
    opened.push(store)
    return store
  }
  const close = async () => {
    for (const store of opened) await store[Symbol.asyncDispose]()
  }
  return {
    store: await open(),
    another: open,
    reopen: async () => {
      await close()
      return open()
    },
    hasOwnClock: true,
    [Symbol.asyncDispose]: close,
  }
})

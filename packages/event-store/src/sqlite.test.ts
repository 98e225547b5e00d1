import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventStoreContract } from './contract.ts'
import type { EventStore } from './port.ts'
import { openSqliteStore } from './sqlite.ts'

const systemClock = { now: () => new Date().toISOString() }

eventStoreContract('a store on SQLite', async ({ clock = systemClock } = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'forsat-store-'))
  const opened: EventStore[] = []
  const open = async (): Promise<EventStore> => {
    const store = await openSqliteStore(join(folder, 'events.db'), { clock })
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
    [Symbol.asyncDispose]: async () => {
      await close()
      await rm(folder, { recursive: true })
    },
  }
})

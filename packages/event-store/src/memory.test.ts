import { eventStoreContract } from './contract.ts'
import { memoryStore } from './memory.ts'

const systemClock = { now: () => new Date().toISOString() }

eventStoreContract('a store in memory', async ({ clock = systemClock } = {}) => {
  const store = memoryStore({ clock })
  return { store, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() }
})

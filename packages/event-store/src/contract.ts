/**
 * The suite that every adapter of the port must pass. It runs under vitest.
 *
 * @example
 * eventStoreContract('memory', async ({ clock } = {}) => { … return { store, … } })
 *
 * @module
 */
import { describe } from 'vitest'
import { appendingContract } from './contract/appending.ts'
import { bookkeepingContract } from './contract/bookkeeping.ts'
import { discardingContract } from './contract/discarding.ts'
import { followingContract } from './contract/following.ts'
import type { OpenStore } from './contract/opened.ts'
import { provingContract } from './contract/proving.ts'
import { racingContract } from './contract/racing.ts'
import { readingContract } from './contract/reading.ts'

export type { OpenedStore, OpenOptions, OpenStore } from './contract/opened.ts'

/** `open` makes a new, empty store; each test opens its own. */
export const eventStoreContract = (name: string, open: OpenStore): void => {
  const parts = {
    appending: appendingContract,
    reading: readingContract,
    following: followingContract,
    'callers at once': racingContract,
    'commands and policies': bookkeepingContract,
    'parts that were sealed': discardingContract,
    proving: provingContract,
  }
  for (const [part, contract] of Object.entries(parts)) {
    describe(`${name}: ${part}`, () => {
      contract(open)
    })
  }
}

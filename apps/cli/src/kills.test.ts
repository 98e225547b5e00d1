/**
 * The short form of `pnpm kills`: a few kills of programs over one store. Which ones, and when, is
 * another thing with every run; a fault tells its seed.
 */
import { expect, test } from 'vitest'
import { killing } from './testing/kills/kills.ts'

test('whoever is killed, nothing that was answered is lost or done twice, and nothing is left undone', async () => {
  const seed = Date.now() % 1_000_000_000
  const { answered, faults } = await killing({ steps: 20, kills: 2, seed })
  expect(answered).toBeGreaterThanOrEqual(20)
  expect({ seed, faults }).toEqual({ seed, faults: [] })
}, 300_000)

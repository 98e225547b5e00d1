import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { type Decider, fold } from './decider.ts'

type Counted = { readonly type: 'Counted'; readonly by: number }

const counter: Decider<never, readonly string[], Counted, never> = {
  initialState: [],
  decide: () => E.right([]),
  evolve: (state, { by, occurredAt = 'some time' }) => [...state, `${by} at ${occurredAt}`],
}

test('a history leads, event by event, to a state', () => {
  expect(fold(counter, [])).toEqual([])
  expect(
    fold(counter, [
      { type: 'Counted', by: 1 },
      { type: 'Counted', by: 2 },
    ]),
  ).toEqual(['1 at some time', '2 at some time'])
})

test('an event may tell when it happened', () => {
  const noon = '2026-01-10T12:00:00.000Z'
  expect(fold(counter, [{ type: 'Counted', by: 1, occurredAt: noon }])).toEqual([`1 at ${noon}`])
})

test('a history may be read as it comes', () => {
  const coming = function* (): Generator<Counted> {
    yield { type: 'Counted', by: 1 }
  }
  expect(fold(counter, coming())).toEqual(['1 at some time'])
})

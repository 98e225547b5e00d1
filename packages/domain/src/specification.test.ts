import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { Decider } from './decider.ts'
import { SpecificationError, specification } from './specification.ts'

/** A door that opens while it is closed. */
type Door = Decider<
  { readonly type: 'Open' | 'Knock' },
  'open' | 'closed',
  { readonly type: 'Opened' },
  { readonly type: 'AlreadyOpen'; readonly since?: string }
>
const door: Door = {
  initialState: 'closed',
  decide: ({ type }, state) => {
    if (type === 'Knock') return E.right([])
    return state === 'closed' ? E.right([{ type: 'Opened' }]) : E.left({ type: 'AlreadyOpen' })
  },
  evolve: () => 'open',
}

const { given } = specification(door)
const opened = { type: 'Opened' } as const
const open = { type: 'Open' } as const
const knock = { type: 'Knock' } as const

/** What is thrown by a sentence that does not hold. */
const complaint = (sentence: () => void): SpecificationError => {
  try {
    sentence()
  } catch (error) {
    if (error instanceof SpecificationError) return error
  }
  throw new Error('the sentence held')
}

describe('a sentence that holds', () => {
  test('is silent', () => {
    given().when(open).thenEvents(opened)
    given(opened).when(open).thenFails({ type: 'AlreadyOpen' })
    given().when(knock).thenNothing()
    given(opened).thenState('open')
    given().thenState('closed')
  })
  test('does not mind a field that is undefined', () => {
    const refusal = { type: 'AlreadyOpen', since: undefined } as { type: 'AlreadyOpen' }
    given(opened).when(open).thenFails(refusal)
  })
})

describe('a sentence that does not hold', () => {
  test('shows what was expected and what came', () => {
    const { message, actual, expected } = complaint(() => given().when(open).thenEvents())
    expect(message).toMatch(/^The command led to other events\.\nexpected: \[\]\nactual: /)
    expect(message).toContain('"type": "Opened"')
    expect({ actual, expected }).toEqual({ actual: [opened], expected: [] })
  })
  test('tells a refusal from events', () => {
    const refused = complaint(() => given(opened).when(open).thenEvents(opened))
    expect(refused.message).toMatch(/^The command was refused\./)
    expect(refused.actual).toEqual({ type: 'AlreadyOpen' })
    const accepted = complaint(() => given().when(open).thenFails({ type: 'AlreadyOpen' }))
    expect(accepted.message).toMatch(/^The command was accepted\./)
    expect(accepted.actual).toEqual([opened])
  })
  test('tells one reason from another', () => {
    const other = { type: 'AlreadyOpen', since: 'noon' } as const
    const { message, expected } = complaint(() => given(opened).when(open).thenFails(other))
    expect(message).toMatch(/^The command was refused for another reason\./)
    expect(expected).toEqual(other)
  })
  test('tells nothing from something', () => {
    const { message } = complaint(() => given().when(open).thenNothing())
    expect(message).toMatch(/^The command was to change nothing\./)
    complaint(() => given(opened).when(open).thenNothing())
  })
  test('tells one state from another', () => {
    const { message, actual } = complaint(() => given(opened).thenState('closed'))
    expect(message).toMatch(/^The history leads to another state\./)
    expect(actual).toBe('open')
  })
})

test('nothing of a sentence can be taken for a promise', () => {
  const asked = given().when(open)
  for (const part of [specification(door), given(), asked]) expect(part).not.toHaveProperty('then')
})

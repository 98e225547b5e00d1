import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect } from 'vitest'
import * as z from 'zod'
import { codecOf, retired, type StoredShape } from './codec.ts'
import { message } from './message.ts'

const Event = z.discriminatedUnion('type', [
  message('PriceSet', { amount: z.string().regex(/^\d+$/), currency: z.string().length(3) }),
  message('PriceDropped', {}),
])

/** Written at first: every price was in whole rials. */
const priceSetV1 = retired(
  'PriceSet.v1',
  z.strictObject({ rials: z.int().min(0) }),
  ({ rials }) => ({ type: 'PriceSet.v2', data: { amount: rials, currency: 'IRR' } }),
)

/** Then a currency was kept, the amount still as a number. */
const priceSetV2 = retired(
  'PriceSet.v2',
  z.strictObject({ amount: z.int(), currency: z.string() }),
  ({ amount, currency }) => ({
    type: 'PriceSet.v3',
    data: { amount: String(amount), currency },
  }),
)

const codec = codecOf({
  event: Event,
  versions: { PriceSet: 3, PriceDropped: 1 },
  history: [priceSetV2, priceSetV1],
})

/** One sample of every shape there ever was. */
const samples = {
  first: { type: 'PriceSet.v1', data: { rials: 500 } },
  second: { type: 'PriceSet.v2', data: { amount: 500, currency: 'EUR' } },
  now: { type: 'PriceSet.v3', data: { amount: '500', currency: 'EUR' } },
}

/** Why a stored shape cannot be read, without the details. */
const undecodable = (stored: StoredShape) => {
  const decoded = codec.decode(stored)
  if (E.isRight(decoded)) return decoded.right
  const { storedType, why } = decoded.left
  return { storedType, why }
}

describe('a stored event', () => {
  test('carries its name and its version', () => {
    expect(codec.storedTypes).toEqual({ PriceSet: 'PriceSet.v3', PriceDropped: 'PriceDropped.v1' })
    expect(codec.encode({ type: 'PriceDropped', data: {} })).toEqual({
      type: 'PriceDropped.v1',
      data: {},
    })
  })

  test.prop([fc.nat().map(String), fc.stringMatching(/^[A-Z]{3}$/)])(
    'reads as the event that was written',
    (amount, currency) => {
      const event = { type: 'PriceSet' as const, data: { amount, currency } }
      expect(codec.decode(codec.encode(event))).toEqual(E.right(event))
      expect(codec.read(codec.encode(event))).toEqual(E.right(event))
    },
  )
})

describe('a retired shape', () => {
  const euros = { type: 'PriceSet', data: { amount: '500', currency: 'EUR' } }
  const rials = { type: 'PriceSet', data: { amount: '500', currency: 'IRR' } }

  test('is lifted step by step to the newest', () => {
    expect(codec.decode(samples.now)).toEqual(E.right(euros))
    expect(codec.decode(samples.second)).toEqual(E.right(euros))
    expect(codec.decode(samples.first)).toEqual(E.right(rials))
  })
  test('is checked also where the newest is trusted', () => {
    expect(codec.read(samples.first)).toEqual(E.right(rials))
    expect(codec.read({ type: 'PriceSet.v1', data: { rials: 0.5 } })).toMatchObject(
      E.left({ storedType: 'PriceSet.v1', why: 'malformed' }),
    )
    expect(codec.read({ type: 'PriceSet.v3', data: { amount: 'much' } })).toMatchObject({
      _tag: 'Right',
    })
  })
  test('that leads to something malformed is malformed itself', () => {
    expect(undecodable({ type: 'PriceSet.v1', data: { rials: -1 } })).toEqual({
      storedType: 'PriceSet.v1',
      why: 'malformed',
    })
    expect(undecodable({ type: 'PriceSet.v2', data: { amount: 5, currency: 'euro' } })).toEqual({
      storedType: 'PriceSet.v2',
      why: 'malformed',
    })
  })
})

describe('an undecodable event stops the reader and says why', () => {
  test('its name is unknown', () => {
    for (const type of ['PriceGuessed.v1', 'toString.v1', '', 'v1']) {
      expect(undecodable({ type, data: {} })).toEqual({ storedType: type, why: 'unknown-type' })
    }
  })
  test('its version is unknown or missing', () => {
    for (const type of ['PriceSet.v4', 'PriceSet.v0', 'PriceSet']) {
      expect(undecodable({ type, data: {} })).toEqual({ storedType: type, why: 'unknown-version' })
    }
  })
  test('a field is wrong, missing, or one too many', () => {
    const malformed = { storedType: 'PriceSet.v3', why: 'malformed' }
    const data = { amount: '500', currency: 'EUR' }
    expect(undecodable({ type: 'PriceSet.v3', data: { ...data, amount: 500 } })).toEqual(malformed)
    expect(undecodable({ type: 'PriceSet.v3', data: { amount: '500' } })).toEqual(malformed)
    expect(undecodable({ type: 'PriceSet.v3', data: { ...data, net: '1' } })).toEqual(malformed)
    expect(undecodable({ type: 'PriceSet.v3', data: null })).toEqual(malformed)
  })
  test('it names the field', () => {
    expect(codec.decode({ type: 'PriceSet.v3', data: { amount: '5' } })).toMatchObject(
      E.left({ issues: [{ path: 'currency' }] }),
    )
  })
})

test('a codec without a schema for one of its events cannot be made', () => {
  expect(() =>
    codecOf<{ type: 'PriceDropped' | 'PriceSet'; data: object }>({
      event: z.discriminatedUnion('type', [message('PriceDropped', {})]),
      versions: { PriceDropped: 1, PriceSet: 1 },
    }),
  ).toThrow('no schema for the event PriceSet')
})

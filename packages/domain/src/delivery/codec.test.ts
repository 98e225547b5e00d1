import { readFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { StoredShape } from '../codec.ts'
import { deliveryCodec } from './codec.ts'

/** One event of each stored type, as the log keeps it. Never edited: only added to. */
const samples: readonly StoredShape[] = JSON.parse(
  readFileSync(new URL('samples.json', import.meta.url), 'utf8'),
)

describe('stored events of a delivery', () => {
  test.for(samples)('$type can be read for ever', (sample) => {
    const event = deliveryCodec.decode(sample)
    expect(E.map(deliveryCodec.encode)(event)).toEqual(E.right(sample))
  })

  test('have a sample of every type that is written now', () => {
    expect(Object.values(deliveryCodec.storedTypes)).toEqual(samples.map(({ type }) => type))
  })

  test('keep addresses, the words of servers and those of customers sealed under the contact', () => {
    const sealed = Object.entries(deliveryCodec.personal).map(([type, fields]) => [
      type,
      Object.keys(fields),
    ])
    expect(Object.fromEntries(sealed)).toEqual({
      DeliveryAttempted: ['to'],
      QuotationDelivered: ['refusedFor'],
      DeliveryFailed: ['detail'],
      DeliveryBounced: ['detail'],
      QuotationViewed: [],
      CustomerAsked: ['text'],
    })
    const marks = Object.values(deliveryCodec.personal).flatMap((fields) => Object.values(fields))
    expect(new Set(marks.map(({ subject }) => subject))).toEqual(new Set(['contact']))
  })
})

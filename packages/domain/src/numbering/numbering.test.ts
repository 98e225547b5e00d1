import { readFileSync } from 'node:fs'
import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import type { StoredShape } from '../codec.ts'
import { fold } from '../decider.ts'
import { specification } from '../specification.ts'
import { numberingCodec } from './codec.ts'
import type { NumberingEvent } from './events.ts'
import { numbering } from './numbering.ts'

const { given } = specification(numbering)

const offer = '000000000000000000000000D1'
const other = '000000000000000000000000D2'

const taking = (document: string) =>
  ({
    type: 'TakeNumber',
    data: {
      series: 'quotation',
      year: '1404',
      for: document,
      occurredAt: '2026-01-11T08:00:00.000Z',
    },
  }) as const
const taken = (value: number, document: string): NumberingEvent => ({
  type: 'NumberTaken',
  data: { series: 'quotation', year: '1404', value, for: document },
})

describe('a series of numbers', () => {
  it('begins with 1 and leaves none out', () => {
    given().when(taking(offer)).thenEvents(taken(1, offer))
    given(taken(1, offer), taken(2, other)).when(taking(offer)).thenEvents(taken(3, offer))
  })

  it('knows no document: whoever asks twice is given two', () => {
    given(taken(1, offer)).when(taking(offer)).thenEvents(taken(2, offer))
  })

  test.prop([fc.array(fc.constantFrom(offer, other))])(
    'is 1, 2, 3 and so on, whoever takes its numbers',
    (documents) => {
      const log: NumberingEvent[] = []
      for (const document of documents) {
        const decision = numbering.decide(taking(document), fold(numbering, log))
        if (E.isRight(decision)) log.push(...decision.right)
      }
      expect(log).toEqual(documents.map((document, index) => taken(index + 1, document)))
    },
  )
})

describe('stored events of a series', () => {
  /** One event of each stored type, as the log keeps it. Never edited: only added to. */
  const samples: readonly StoredShape[] = JSON.parse(
    readFileSync(new URL('samples.json', import.meta.url), 'utf8'),
  )

  it.for(samples)('$type can be read for ever', (sample) => {
    const event = numberingCodec.decode(sample)
    expect(E.map(numberingCodec.encode)(event)).toEqual(E.right(sample))
  })

  it('have a sample of every type that is written now', () => {
    expect(Object.values(numberingCodec.storedTypes)).toEqual(samples.map(({ type }) => type))
  })
})

import { readFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { Codec, StoredShape } from '../codec.ts'
import * as codecs from './codec.ts'

/** One event of each stored type, as the log keeps it. Never edited: only added to. */
const samples: readonly StoredShape[] = JSON.parse(
  readFileSync(new URL('samples.json', import.meta.url), 'utf8'),
)

type AnyCodec = Codec<{ readonly type: string; readonly data: object }>
// What a codec encodes, it has decoded itself.
const all = Object.values(codecs) as unknown as readonly AnyCodec[]

describe('stored events of the catalogue', () => {
  test.for(samples)('$type can be read for ever, by one codec alone', (sample) => {
    const events = all.flatMap((codec) => {
      const event = codec.decode(sample)
      return E.isRight(event) ? [codec.encode(event.right)] : []
    })
    expect(events).toEqual([sample])
  })

  test('have a sample of every type that is written now', () => {
    const written = all.flatMap(({ storedTypes }) => Object.values(storedTypes))
    expect(written.toSorted()).toEqual(samples.map(({ type }) => type).toSorted())
  })

  test('are public, but for the names of those who work with the system', () => {
    const record = { subject: 'record', purpose: 'sales' }
    const sealed = all.flatMap(({ personal }) =>
      Object.entries(personal).filter(([, fields]) => Object.keys(fields).length > 0),
    )
    expect(Object.fromEntries(sealed)).toEqual({
      UserRegistered: { name: record, email: record },
      UserRevised: { name: record, email: record },
    })
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { Codec, StoredShape } from '../codec.ts'
import * as codecs from './codec.ts'

/** One event of each stored type, as the log keeps it. Never edited: only added to. */
const samples: readonly StoredShape[] = JSON.parse(
  readFileSync(new URL('samples.json', import.meta.url), 'utf8'),
)

/** One event of each retired type, beside the step that leads out of it. Never edited. */
const history = new URL('history/', import.meta.url)
const retired: readonly StoredShape[] = readdirSync(history)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(new URL(file, history), 'utf8')))

type AnyCodec = Codec<{ readonly type: string; readonly data: object }>
// What a codec encodes, it has decoded itself.
const all = Object.values(codecs) as unknown as readonly AnyCodec[]

describe('retired events of the catalogue', () => {
  test.for(retired)(
    '$type can be read for ever, as its newest shape, by one codec alone',
    (sample) => {
      const read = all.flatMap((codec) => {
        const event = codec.decode(sample)
        return E.isRight(event) ? [codec.encode(event.right)] : []
      })
      expect(read).toEqual([{ ...sample, type: sample.type.replace('.v1', '.v2') }])
    },
  )

  test('are those of all that is made and changed, from before it had ids and fields of its own', () => {
    const newer = all.flatMap(({ storedTypes }) =>
      Object.values(storedTypes).filter((type) => type.endsWith('.v2')),
    )
    const lifted = retired.map(({ type }) => type.replace('.v1', '.v2'))
    expect(lifted.toSorted()).toEqual(newer.toSorted())
  })
})

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

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

const named = (type: string): string => type.replace(/\.v\d+$/, '')
const versionOf = (type: string): number => Number(type.replace(/^.*\.v/, ''))

/** The newest stored type of each event, by its name. */
const newest = new Map(
  all.flatMap(({ storedTypes }) => Object.values(storedTypes)).map((type) => [named(type), type]),
)

describe('retired events of the catalogue', () => {
  test.for(retired)(
    '$type can be read for ever, as its newest shape, by one codec alone',
    (sample) => {
      const read = all.flatMap((codec) => {
        const event = codec.decode(sample)
        return E.isRight(event) ? [codec.encode(event.right)] : []
      })
      expect(read).toEqual([{ ...sample, type: newest.get(named(sample.type)) }])
    },
  )

  test('are all the versions before the newest of each', () => {
    const earlier = [...newest].flatMap(([name, type]) =>
      Array.from({ length: versionOf(type) - 1 }, (_, before) => `${name}.v${before + 1}`),
    )
    expect(retired.map(({ type }) => type).toSorted()).toEqual(earlier.toSorted())
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

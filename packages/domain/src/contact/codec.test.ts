import { readFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { StoredShape } from '../codec.ts'
import { contactCodec } from './codec.ts'

/** One event of each stored type, as the log keeps it. Never edited: only added to. */
const samples: readonly StoredShape[] = JSON.parse(
  readFileSync(new URL('samples.json', import.meta.url), 'utf8'),
)

describe('stored events of a contact', () => {
  test.for(samples)('$type can be read for ever', (sample) => {
    const event = contactCodec.decode(sample)
    expect(event).toEqual(E.right(expect.anything()))
    expect(E.map(contactCodec.encode)(event)).toEqual(E.right(sample))
  })

  test('have a sample of every type that is written now', () => {
    const sampled = samples.map(({ type }) => type)
    expect(Object.values(contactCodec.storedTypes).toSorted()).toEqual(sampled.toSorted())
  })

  test('keep under the key of the contact who they are and where they live', () => {
    const who = [
      'name',
      'givenName',
      'familyName',
      'honorific',
      'email',
      'phone',
      'mobile',
      'website',
      'identifiers',
    ]
    const where = ['street', 'city', 'name', 'postalCode', 'phone']
    const sealed = (names: readonly string[]) =>
      Object.fromEntries(names.map((name) => [name, { subject: 'contact', purpose: 'sales' }]))
    expect(contactCodec.personal).toEqual({
      ContactRegistered: sealed(who),
      ContactRevised: sealed(who),
      ContactArchived: {},
      AddressAdded: sealed(where),
      AddressRevised: sealed(where),
      AddressArchived: {},
      AddressPreferred: {},
      PersonalDataErased: {},
    })
  })
})

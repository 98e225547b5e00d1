import { fc, test as law } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { decrypt, encrypt, randomBytes } from './crypto.ts'
import { type BoxPlace, open, type SealedBox, seal } from './sealing.ts'
import vectors from './vectors.json' with { type: 'json' }

const place: BoxPlace = {
  stream: 'contact-01J8Z000000000000000000001',
  revision: 3,
  id: '01J8Z000000000000000000002',
  subject: '01J8Z000000000000000000001',
  purpose: 'sales',
}
const key = randomBytes(32)
const sealed = (fields = { name: 'Ann Example' }) =>
  seal(fields, place, { key, iv: randomBytes(12), salt: randomBytes(32) })

law.prop([fc.dictionary(fc.string(), fc.jsonValue())])(
  'a box opens to the fields that were put in',
  (fields) => {
    const box = seal(fields, place, { key, iv: randomBytes(12), salt: randomBytes(32) })
    expect(open(box, place, key)).toEqual(JSON.parse(JSON.stringify(fields)))
  },
)

describe('a box', () => {
  test('shows nothing of what is in it, and not even whether two hold the same', () => {
    const [a, b] = [sealed(), sealed()]
    expect(Buffer.from(a.ciphertext).includes('Ann')).toBe(false)
    expect(a.commitment).not.toBe(b.commitment)
  })

  test.each<[string, Partial<BoxPlace>]>([
    ['stream', { stream: 'contact-01J8Z000000000000000000009' }],
    ['revision', { revision: 4 }],
    ['event', { id: '01J8Z000000000000000000009' }],
    ['subject', { subject: '01J8Z000000000000000000009' }],
    ['purpose', { purpose: 'document' }],
  ])('does not open at another %s', (_part, other) => {
    expect(open(sealed(), { ...place, ...other }, key)).toBeUndefined()
  })

  test('does not open under another key', () => {
    expect(open(sealed(), place, randomBytes(32))).toBeUndefined()
  })

  test.each(['ciphertext', 'tag', 'iv'] as const)('does not open with a changed %s', (part) => {
    const box = sealed()
    const bytes = new Uint8Array(box[part])
    bytes[0] = (bytes[0] ?? 0) ^ 1
    expect(open({ ...box, [part]: bytes }, place, key)).toBeUndefined()
  })

  test('that holds something else than was committed to does not open', () => {
    const [box, other] = [sealed(), sealed({ name: 'Bob Example' })]
    expect(open({ ...box, commitment: other.commitment }, place, key)).toBeUndefined()
  })

  test('whose inside was not written by us does not open', () => {
    const context = JSON.stringify(Object.values(place))
    for (const inside of ['', '{}', '{"fields":{}}', `{"fields":{},"salt":"${'A'.repeat(42)}"}`]) {
      const iv = randomBytes(12)
      const box: SealedBox = { iv, ...encrypt(inside, { key, iv, context }), commitment: '' }
      expect(open(box, place, key)).toBeUndefined()
    }
  })

  test('takes a nonce of 12 bytes and a key of 32, and no other', () => {
    const salt = randomBytes(32)
    expect(() => seal({}, place, { key, iv: randomBytes(16), salt })).toThrow(RangeError)
    const short = { key: randomBytes(16), iv: randomBytes(12), salt }
    expect(() => seal({}, place, short)).toThrow(RangeError)
  })
})

test('a ciphertext may open under two keys: why opening compares with a commitment', () => {
  const { k1, k2, iv, ct, tag, plaintext1, plaintext2 } = Object.fromEntries(
    Object.entries(vectors.gcmTwoKeys).map(([name, hex]) => [name, Buffer.from(hex, 'hex')]),
  ) as Record<keyof typeof vectors.gcmTwoKeys, Buffer>
  const box = { ciphertext: ct, tag }
  expect(decrypt(box, { key: k1, iv, context: '' })).toBe(plaintext1.toString('utf8'))
  expect(decrypt(box, { key: k2, iv, context: '' })).toBe(plaintext2.toString('utf8'))
  expect(open({ ...box, iv, commitment: '' }, place, k1)).toBeUndefined()
})

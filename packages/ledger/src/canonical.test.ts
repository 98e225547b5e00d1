import { fc, test as law } from '@fast-check/vitest'
import canonicalize from 'canonicalize'
import { describe, expect, test } from 'vitest'
import { canonical } from './canonical.ts'
import vectors from './vectors.json' with { type: 'json' }

const { jcs } = vectors
const hex = (text: string) => Buffer.from(text, 'utf8').toString('hex')
const double = (ieee754: string) => Buffer.from(ieee754, 'hex').readDoubleBE()

describe('canonical JSON of the published examples', () => {
  test.each(jcs.numbers)('the number $ieee754 is written $text', ({ ieee754, text }) => {
    expect(canonical(double(ieee754))).toBe(text)
  })

  test.each(jcs.strings)(
    '$codePoints is escaped as the RFC says',
    ({ codePoints, canonicalHex }) => {
      const characters = codePoints.map((point) => Number.parseInt(point.slice(2), 16))
      expect(hex(canonical(String.fromCodePoint(...characters)))).toBe(canonicalHex)
    },
  )

  test('keys are sorted by UTF-16 code units', () => {
    const object = Object.fromEntries(jcs.keyOrder.input.map((name) => [name, 0]))
    expect(hex(canonical(object))).toBe(jcs.keyOrder.canonicalHex)
  })

  test.each(jcs.documents)('the document "$name"', ({ input, canonicalHex }) => {
    expect(hex(canonical(input))).toBe(canonicalHex)
  })

  test('texts that look alike stay apart', () => {
    const [a, b] = [jcs.twins.a, jcs.twins.b].map((text) =>
      canonical(JSON.parse(Buffer.from(text, 'hex').toString('utf8'))),
    )
    expect(a).not.toBe(b)
  })
})

describe('what JSON does not have', () => {
  const cycle: { self?: unknown } = {}
  cycle.self = cycle
  const named = Object.assign([1], { name: 'x' })
  const hidden = Object.defineProperty({}, 'x', { value: 1, enumerable: false })
  class Money {
    readonly amount = '1'
  }

  test.each<[string, unknown]>([
    ['half of a surrogate pair', '\ud800'],
    ['a reversed surrogate pair', '\udc00\ud800'],
    ['half of a surrogate pair in a key', { '\ud800': 1 }],
    ...jcs.numbersMustFail.map((bits): [string, unknown] => [`the number ${bits}`, double(bits)]),
    ['undefined', undefined],
    ['undefined as a member', { a: undefined }],
    ['undefined in an array', [undefined]],
    // oxlint-disable-next-line no-sparse-arrays -- the hole is what is tried
    ['a hole in an array', [1, , 2]],
    ['an array with a name', named],
    ['a bigint', 1n],
    ['a symbol', Symbol('x')],
    ['a symbol as a key', { [Symbol('x')]: 1 }],
    ['a hidden member', hidden],
    ['a function', () => 1],
    ['a date', new Date(0)],
    ['a map', new Map([[1, 2]])],
    ['an instance of a class', new Money()],
    ['an object with a toJSON', { toJSON: () => 1 }],
    ['a boxed number', Object(1)],
    ['a cycle', cycle],
  ])('%s throws', (_what, value) => {
    expect(() => canonical(value)).toThrow(Error)
  })

  const nested = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown

  test('nesting is taken to 64 levels', () => {
    expect(canonical(nested(64))).toHaveLength(128)
    expect(() => canonical(nested(65))).toThrow(RangeError)
    expect(() => canonical(nested(5000))).toThrow(RangeError)
  })
})

const json = fc.jsonValue({ maxDepth: 6 })

law.prop([json])('another program writes the same text', (value) => {
  expect(canonical(value)).toBe(canonicalize(value))
})

law.prop([json])('the text is the value, and is its own canonical form', (value) => {
  const text = canonical(value)
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
  expect(canonical(JSON.parse(text))).toBe(text)
})

law.prop([fc.dictionary(fc.string(), fc.integer()), fc.infiniteStream(fc.nat())])(
  'the order in which members were set does not matter',
  (object, order) => {
    const members = Object.entries(object)
    const shuffled = members
      .map((member) => ({ member, at: order.next().value }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ member }) => member)
    expect(canonical(Object.fromEntries(shuffled))).toBe(canonical(object))
  },
)

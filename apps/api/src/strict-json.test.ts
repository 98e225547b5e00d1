import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { readJson } from './strict-json.ts'

const read = (text: string) => readJson(new TextEncoder().encode(text))

describe('what is read', () => {
  test.prop([fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue())])(
    'is what JSON says, in Unicode NFC',
    (value) => {
      const text = JSON.stringify(value).normalize('NFC')
      const sound = !text.includes('\\u0000') && !text.includes('"__proto__":')
      fc.pre(sound && text.isWellFormed() && !/\\ud[89a-f]/.test(text))
      expect(read(text)).toEqual({ ok: true, value: JSON.parse(text) })
    },
  )

  test('has its text composed', () => {
    expect(read('{"title":"Cafe\u0301"}')).toEqual({ ok: true, value: { title: 'Café' } })
  })
})

describe('what is refused', () => {
  test.each([
    ['{"a":1,"a":1}', '/a'],
    ['{"a":1,"\\u0061":2}', '/a'],
    ['{"a":[{"b":1},{"b":{"c/d":1,"c/d":2}}]}', '/a/1/b/c~1d'],
    ['{"a":{"__proto__":{}}}', '/a/__proto__'],
    ['{"a":"\\ud800"}', '/a'],
    ['{"a":["x","\\u0000"]}', '/a/1'],
    ['[1]', ''],
    ['null', ''],
    ['{"a":}', ''],
    ['', ''],
    [`{"a":${'['.repeat(64)}${']'.repeat(64)}}`, ''],
  ])('%s points at %s', (text, pointer) => {
    expect(read(text)).toMatchObject({ ok: false, issue: { pointer } })
  })

  test('bytes that are not UTF-8', () => {
    expect(readJson(Uint8Array.of(0x7b, 0xff, 0x7d))).toMatchObject({ ok: false })
  })

  test('is not what only looks alike: keys of different objects, texts with braces', () => {
    expect(read('{"a":{"b":1},"c":{"b":"{\\"b\\":1,\\"b\\":2}"}}')).toMatchObject({ ok: true })
  })
})

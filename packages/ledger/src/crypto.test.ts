import { expect, test } from 'vitest'
import { base64url, fromBase64url, randomBytes, sha256, utf8 } from './crypto.ts'

test('random bytes are never handed out twice', () => {
  const drawn = Array.from({ length: 2000 }, () => base64url(randomBytes(12)))
  expect(new Set(drawn).size).toBe(2000)
  expect(randomBytes(10_000)).toHaveLength(10_000)
})

test('what was handed out is the callers own', () => {
  const one = randomBytes(32)
  const before = base64url(one)
  randomBytes(32).fill(0)
  expect(base64url(one)).toBe(before)
})

test('bytes and text turn into each other', () => {
  const bytes = new Uint8Array([0, 251, 255, 3]).subarray(1)
  expect(base64url(bytes)).toBe('-_8D')
  expect(new Uint8Array(fromBase64url('-_8D'))).toEqual(new Uint8Array([251, 255, 3]))
  // The hash of nothing, as published.
  expect(sha256(utf8(''))).toBe('47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU')
})

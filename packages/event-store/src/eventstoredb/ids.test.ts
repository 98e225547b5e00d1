import { test } from '@fast-check/vitest'
import * as fc from 'fast-check'
import { expect } from 'vitest'
import { isUlid, ulidOf, uuidOf } from './ids.ts'

const uuids = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .filter((bytes) => bytes.some((byte) => byte > 0))
  .map((bytes) => {
    const hex = Buffer.from(bytes).toString('hex')
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  })

test.prop([uuids])('an id is the same 128 bits in both writings', (uuid) => {
  const ulid = ulidOf(uuid)
  expect(isUlid(ulid)).toBe(true)
  expect(uuidOf(ulid)).toBe(uuid)
})

test.prop([uuids, uuids])('ids sort alike in both writings', (a, b) => {
  expect(ulidOf(a) < ulidOf(b)).toBe(a < b)
})

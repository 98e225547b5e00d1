import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import * as z from 'zod'
import { changesIn, clearable, defined, isEmpty, isSame, optional, patched } from './patch.ts'

const value = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.array(fc.string()),
  fc.dictionary(fc.string(), fc.string()),
)
const known = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), value, { noNullPrototype: true })
const changes = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.option(value), {
  noNullPrototype: true,
})

describe('changes', () => {
  test('may name some fields, and clear those that need not be there', () => {
    const name = z.string()
    expect(z.strictObject(optional({ name })).safeParse({}).success).toBe(true)
    expect(z.strictObject(optional({ name })).safeParse({ name: null }).success).toBe(false)
    expect(z.strictObject(clearable({ name })).safeParse({ name: null }).success).toBe(true)
  })
  test('count only where they change something', () => {
    const before = { country: 'IR', tags: ['a', 'b'], money: { amount: '1', currency: 'IRR' } }
    expect(changesIn(before, { country: 'IR', tags: ['a', 'b'], region: undefined })).toEqual({})
    expect(changesIn(before, { money: { currency: 'IRR', amount: '1' }, region: null })).toEqual({})
    expect(changesIn(before, { tags: ['b', 'a'], country: null })).toEqual({
      tags: ['b', 'a'],
      country: null,
    })
  })
  test.prop([known, changes])('made twice are made once', (before, asked) => {
    const after = patched(before, asked)
    expect(changesIn(after, asked)).toEqual({})
    expect(patched(after, asked)).toEqual(after)
  })
  test.prop([known, changes])('that change nothing may as well be left out', (before, asked) => {
    const [all, some] = [patched(before, asked), patched(before, changesIn(before, asked))]
    for (const name of ['a', 'b', 'c', 'd']) expect(isSame(all[name], some[name])).toBe(true)
  })
  test('leave no cleared and no undefined field behind', () => {
    expect(patched({ a: 1, b: 2, c: 3 }, { a: null, b: undefined })).toStrictEqual({ b: 2, c: 3 })
    expect(defined({ a: undefined, b: null })).toStrictEqual({ b: null })
  })
})

describe('two values are the same', () => {
  test('where both are nothing', () => {
    for (const a of [undefined, null, [], {}]) {
      for (const b of [undefined, null, [], {}]) expect(isSame(a, b)).toBe(true)
      for (const b of [0, '', false, [null], { a: null }]) expect(isSame(a, b)).toBe(false)
    }
  })
  test('where all entries are, whatever their order in a record', () => {
    expect(isSame({ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 })).toBe(true)
    expect(isSame([1, 2], [2, 1])).toBe(false)
    expect(isSame([1], { 0: 1 })).toBe(false)
    expect(isSame({ a: 1 }, { a: 1, b: 2 })).toBe(false)
    expect(isSame({ a: 1 }, { b: 1 })).toBe(false)
    expect(isSame(1, '1')).toBe(false)
  })
  test.prop([value])('where they are one', (one) => {
    expect(isSame(one, structuredClone(one))).toBe(true)
  })
})

test('empty is what has no fields', () => {
  expect(isEmpty({})).toBe(true)
  expect(isEmpty({ a: undefined })).toBe(false)
})

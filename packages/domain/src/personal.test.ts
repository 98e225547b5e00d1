import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { clearable, optional } from './patch.ts'
import { erased, isErased, personal, personalFields, plain } from './personal.ts'
import { Line } from './text/text.ts'

const fields = {
  name: personal(Line, 'contact'),
  terms: personal(Line, 'record', 'document'),
  country: Line,
}

describe('a personal field', () => {
  test('is found by its mark, also where it may be left out or cleared', () => {
    const marks = {
      name: { subject: 'contact', purpose: 'sales' },
      terms: { subject: 'record', purpose: 'document' },
    }
    expect(personalFields(z.strictObject(fields))).toEqual(marks)
    expect(personalFields(z.strictObject(optional(fields)))).toEqual(marks)
    expect(personalFields(z.strictObject(clearable(fields)))).toEqual(marks)
  })
  test('reads as its value, or as erased once its key is gone', () => {
    const schema = z.strictObject(fields)
    const data = { name: 'Mina Rad', terms: 'Net 30', country: 'IR' }
    expect(schema.parse(data)).toEqual(data)
    expect(schema.parse({ ...data, name: erased })).toEqual({ ...data, name: erased })
    expect(schema.safeParse({ ...data, country: erased }).success).toBe(false)
    expect(schema.safeParse({ ...data, name: { erased: true, by: 'me' } }).success).toBe(false)
  })
  test('arrives as a value, for nothing arrives erased', () => {
    const arriving = z.strictObject(plain(fields))
    expect(arriving.safeParse({ name: 'Mina Rad', terms: 'Net 30', country: 'IR' }).success).toBe(
      true,
    )
    expect(arriving.safeParse({ name: erased, terms: 'Net 30', country: 'IR' }).success).toBe(false)
  })
})

describe('erased', () => {
  test('is told from every value', () => {
    expect(isErased(erased)).toBe(true)
    expect(isErased({ erased: true })).toBe(true)
    for (const value of [undefined, null, true, 'erased', {}, { erased: false }, []]) {
      expect(isErased(value)).toBe(false)
    }
  })
})

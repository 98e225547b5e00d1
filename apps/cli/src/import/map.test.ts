import { describe, expect, test } from 'vitest'
import { ImportMap } from './map.ts'

const title = { type: 'text', column: 'Deal' }
const map = (table: object, more: object = {}): object => ({
  version: 1,
  system: 'sheet',
  encoding: 'utf-8',
  ...more,
  table: { kind: 'opportunity', key: 'Id', fields: { title }, ...table },
})

const mistakes = (declared: object): readonly string[] =>
  (ImportMap.safeParse(declared).error?.issues ?? []).map(
    ({ path, message }) => `/${path.map(String).join('/')} ${message}`,
  )

describe('a map', () => {
  test('of a title and a key is enough', () => {
    expect(mistakes(map({}))).toEqual([])
  })

  test('names the place of a field that its kind does not have', () => {
    const fields = { title, colour: { type: 'text', column: 'Colour' } }
    expect(mistakes(map({ fields }))).toEqual([
      '/table/fields/colour is no field of this kind of record, opportunity',
    ])
  })

  test('declares each field as what it is', () => {
    const fields = { title, expectedRevenue: { type: 'text', column: 'Value' } }
    expect(mistakes(map({ fields }))).toEqual([
      '/table/fields/expectedRevenue/type must be that of money',
    ])
  })

  test('says rial or toman of money in IRR', () => {
    const fields = { title, expectedRevenue: { type: 'money', currency: 'IRR', column: 'ارزش' } }
    expect(mistakes(map({ fields }))[0]).toMatch(/^\/table\/fields\/expectedRevenue\/unit /)
  })

  test('takes each text from exactly one place', () => {
    const fields = { title: { type: 'text', column: 'Deal', value: 'Deal' } }
    expect(mistakes(map({ fields }))[0]).toMatch(/must have exactly one of/)
  })

  test('knows no key that it does not know', () => {
    expect(mistakes(map({ colour: 1 }))[0]).toMatch(/colour/)
  })

  test('of contacts needs a key or what makes duplicates', () => {
    const contacts = { kind: 'contact', fields: { name: title } }
    const declared = { ...map({}), table: contacts }
    expect(mistakes(declared)).toEqual([
      '/table/key must name what tells rows apart, or duplicates must',
    ])
    expect(mistakes({ ...declared, table: { ...contacts, duplicates: ['name'] } })).toEqual([])
  })

  test('may only look into files that it names', () => {
    const through = { file: 'products.csv', match: 'name', take: 'price' }
    const fields = { title: { ...title, through } }
    expect(mistakes(map({ fields }))).toEqual([
      '/table/fields/title/through/file must be a file that the map reads',
    ])
  })
})

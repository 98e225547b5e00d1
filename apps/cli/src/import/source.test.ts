import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { readSource } from './source.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forsat-source-'))
})

afterAll(async () => {
  await rm(folder, { recursive: true })
})

const reading = async (text: string, columns: readonly string[]) => {
  const path = join(folder, 'file.csv')
  await writeFile(path, text)
  return await readSource({ path, file: 'file.csv', columns })
}

/** Text as a form would take it: composed, nothing around it, no apostrophe that could be an export's. */
const notes = fc
  .string({ unit: 'grapheme-composite', minLength: 1, maxLength: 40 })
  .map((text) => text.normalize('NFC').trim())
  .filter((text) => /^[^\s'\p{C}]/u.test(text) && /[^\s\p{C}]$/u.test(text))

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

test.prop(
  [fc.array(fc.tuple(notes, notes), { maxLength: 5 }), fc.constantFrom(',', ';', '\t', '|')],
  {
    numRuns: 50,
  },
)('any text is read as it is, in the column where it stands', async (pairs, separator) => {
  const lines = [['یادداشت', 'note'], ...pairs].map((pair) => pair.map(quoted).join(separator))
  const { rows } = await reading(`\uFEFF${lines.join('\r\n')}`, ['note', 'يادداشت'])
  expect(rows.map((row) => [row.text('يادداشت'), row.text('note')])).toEqual(pairs)
})

describe('the separator', () => {
  test('is the one under which the columns are found, whatever else stands in the header', async () => {
    const text = 'name;"amount, in rials";note\na;1,000;x'
    const { rows, unused } = await reading(text, ['name', 'note'])
    expect(rows[0]?.text('note')).toBe('x')
    expect(unused).toEqual(['amount, in rials'])
  })
})

test('a header with the same column twice is ambiguous only where the column is asked for', async () => {
  const text = 'name,note,note\na,b,c'
  expect((await reading(text, ['name'])).problems).toEqual([])
  expect((await reading(text, ['note'])).problems).toMatchObject([
    { fault: { code: 'ColumnTwice' } },
  ])
})

import type { Step } from '@forsat/application'
import { compareKey, phoneKey } from '@forsat/domain'
import { type Draft, type Planned, type RowReader, type Sheet, textIn } from './draft.ts'
import { fault } from './faults.ts'
import { identityOf } from './identity.ts'
import type { TableMap } from './map.ts'
import type { Planning } from './planning.ts'
import type { SourceRow } from './source.ts'

type ContactMap = Extract<TableMap, { kind: 'contact' }>

/** Rows of contacts: known by a key of theirs, or as the same ones by name, mail or phone. */
export const contactDraft = (table: ContactMap, planning: Planning, reader: RowReader) => {
  const { directory, ids, system } = planning
  const { key: keyColumns, duplicates } = table
  /** Earlier rows by key, and by what makes duplicates; null for contacts that were there before. */
  const keys = new Map<string, number>()
  const same = new Map<string, number | null>()
  for (const contact of directory.contacts) {
    const agreed = duplicates && sameness({ ...contact }, duplicates)
    if (agreed !== undefined) same.set(agreed, null)
  }

  return (row: SourceRow): Draft => {
    const sheet = reader.sheet(row)
    reader.fields(sheet)
    const key = keyColumns?.map(row.text).join(' | ')
    if (key !== undefined) checkKey(sheet, key, keys, reader, keyColumns)
    const externalIds =
      key === undefined || key === '' ? {} : { externalIds: [{ system, id: key }] }
    const id = ids.next()
    const step: Step = {
      command: { type: 'RegisterContact', data: { id, ...sheet.data, ...externalIds } },
    }
    reader.check(sheet, step)

    const agreed = duplicates && sameness(sheet.data, duplicates)
    const earlier = agreed === undefined ? undefined : same.get(agreed)
    if (earlier !== undefined) return reader.draft(sheet, { joined: earlier })
    if (key !== undefined && directory.byKey('contact', key) !== undefined) {
      return reader.draft(sheet, { known: true, settle: () => keys.set(key, row.number) })
    }
    const name = textIn(sheet, 'name')
    const planned: Planned = {
      of: 'contact',
      id,
      name: key ?? name,
      key: identityOf(system, 'contact', key ?? agreed ?? JSON.stringify(sheet.data)),
      steps: [step],
      row,
    }
    const settle = () => {
      if (key !== undefined) {
        keys.set(key, row.number)
        directory.addKey('contact', key, id)
      }
      if (agreed !== undefined) same.set(agreed, row.number)
      directory.add('contact', name, { id, archived: false })
    }
    return reader.draft(sheet, { planned, settle })
  }
}

/** Every row has a key of its own. */
export const checkKey = (
  sheet: Sheet,
  key: string,
  rows: ReadonlyMap<string, number>,
  { blame }: RowReader,
  [column]: readonly string[] = [],
): void => {
  const earlier = rows.get(key)
  if (/^[\s|]*$/.test(key)) blame(sheet, { column }, fault('KeyMissing', {}))
  else if (earlier !== undefined) blame(sheet, { column }, fault('KeyTwice', { row: earlier }))
}

/** What two records of one contact agree in; `undefined` where a field of it is empty. */
const sameness = (
  data: Readonly<Record<string, unknown>>,
  fields: readonly string[],
): string | undefined => {
  const parts = fields.map((field) => {
    const text = typeof data[field] === 'string' ? data[field] : ''
    return field === 'phone' || field === 'mobile' ? phoneKey(text) : compareKey(text)
  })
  return parts.includes('') ? undefined : JSON.stringify(parts)
}

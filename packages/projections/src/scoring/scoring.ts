/**
 * The read model that scores are learnt from: every deal, and what it taught while it was won or
 * lost. What it taught is kept in all its versions, so that a past learns from what it knew.
 *
 * @module
 */
import { type CellValue, projection, type Table } from '../projection.ts'
import { type DealDocument, dealAfter } from './deal-document.ts'

const taughtColumns = { company: 'text', standing: 'text', taught: 'text?' } as const

const taughtRow = ({ company, standing, taught }: DealDocument): Record<string, CellValue> => ({
  company,
  standing,
  taught: taught === undefined ? null : JSON.stringify(taught),
})

const deal: Table<DealDocument> = {
  key: ['id'],
  columns: { id: 'text', position: 'integer', ...taughtColumns },
  indexes: { news: ['company', 'position'] },
  row: (document) => ({ id: document.id, position: document.position, ...taughtRow(document) }),
  history: { columns: taughtColumns, row: taughtRow, indexes: { company: ['company'] } },
}

export const scoring = projection({
  name: 'scoring',
  version: 1,
  tables: { scoring_deal: deal },
  apply: (recorded, tables) => {
    if (recorded.category !== 'opportunity') return
    const { scoring_deal: deals } = tables
    const before = deals.get(recorded.subject)
    const after = dealAfter(before, recorded)
    if (after !== undefined && after !== before) deals.put(after)
  },
})

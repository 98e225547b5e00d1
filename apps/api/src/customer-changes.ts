/**
 * What came of giving a draft another customer: all that differs, beside what was asked for.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import { HistoryEntry, QuotationView } from '@forsat/projections'
import type { Part } from './resource.ts'

const ChangedQuotation = QuotationView.extend({
  changes: HistoryEntry.shape.changes.optional(),
}).meta({ id: 'ChangedQuotation' })

export const withChanges = ({ query }: Pick<Forsat, 'query'>): Part<QuotationView> => ({
  view: ChangedQuotation,
  of: async (quotation, _path, { body }, outcome) => {
    const { id, company = '' } = quotation
    if (typeof body !== 'object' || body === null || !('contactId' in body)) return quotation
    const ours = new Set(outcome?.events.map((event) => event.id))
    const history = (await query.quotations.history(id, { company })) ?? []
    const changes = history.filter((entry) => ours.has(entry.id)).flatMap((entry) => entry.changes)
    return { ...quotation, changes }
  },
})

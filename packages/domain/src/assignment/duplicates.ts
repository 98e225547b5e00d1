/**
 * Leads that are the same sale as another: they share a contact, a mail address or a phone number. Of
 * each sale one stands for all.
 *
 * @module
 */
import type { Ulid } from '../id.ts'
import type { Lead } from './lead.ts'

/** One that somebody works on stands first, then what is an opportunity already, then the oldest. */
const inPrecedence = (a: Lead, b: Lead): number =>
  Number(b.salespersonId !== undefined) - Number(a.salespersonId !== undefined) ||
  Number(b.kind === 'opportunity') - Number(a.kind === 'opportunity') ||
  b.ageDays - a.ageDays ||
  (a.id < b.id ? -1 : 1)

/** Of each lead that is the same sale as another, which one stands for both. Owned ones stand for themselves. */
export const duplicatesAmong = (leads: readonly Lead[]): ReadonlyMap<Ulid, Ulid> => {
  const headOf = new Map<string, Ulid>()
  const duplicates = new Map<Ulid, Ulid>()
  const sharing = leads.filter(({ sameAs = [] }) => sameAs.length > 0)
  for (const { id, salespersonId, sameAs = [] } of sharing.toSorted(inPrecedence)) {
    const [known] = sameAs.flatMap((key) => headOf.get(key) ?? [])
    const head = known ?? id
    for (const key of sameAs) if (!headOf.has(key)) headOf.set(key, head)
    if (head !== id && salespersonId === undefined) duplicates.set(id, head)
  }
  return duplicates
}

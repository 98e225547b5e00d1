/**
 * Opportunities that may be the same sale: they share their contact, their mail address or their phone
 * number, however these are typed.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import type { OpportunityDocument } from '../opportunities/opportunity-document.ts'

/** What two opportunities can have in common, by the column that holds it. */
const shared = { contact: 'contact_id', email: 'email_key', phone: 'phone_key' } as const
type Shared = keyof typeof shared

/** What more of them share says nothing of any two: the number of an exchange, a mailbox of all. */
const meaningful = 20

/** One that may be the same sale, and what it has in common. */
interface Twin {
  readonly document: OpportunityDocument
  readonly same: readonly Shared[]
}

/** Those that have most in common come first, of equals the newest. */
export const duplicatesOf = (db: DatabaseSync, id: string, company: string): readonly Twin[] => {
  const found = new Map<string, { readonly document: OpportunityDocument; same: Shared[] }>()
  for (const [name, column] of Object.entries(shared) as [Shared, string][]) {
    const rows = db
      .prepare(
        `SELECT doc FROM opportunity WHERE company = ? AND id <> ?
           AND outcome NOT IN ('merged', 'withdrawn')
           AND ${column} = (SELECT ${column} FROM opportunity WHERE id = ?) LIMIT ?`,
      )
      .all(company, id, id, meaningful + 1)
    if (rows.length > meaningful) continue
    for (const { doc } of rows) {
      const document = JSON.parse(String(doc)) as OpportunityDocument
      const known = found.get(document.id) ?? { document, same: [] }
      known.same.push(name)
      found.set(document.id, known)
    }
  }
  return [...found.values()].toSorted(
    (a, b) => b.same.length - a.same.length || b.document.began - a.document.began,
  )
}

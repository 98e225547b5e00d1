/**
 * The family of an opportunity: itself and all that ended in it, however many merges lie between.
 * What was offered to any of them was offered to it.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { prepared } from '../database.ts'
import { type Standing, standingNames } from '../quotations/standing.ts'
import { type Condition, condition } from './condition.ts'

/** Every member beside the one it belongs to; the ids come as one JSON list. */
const family = `family (root, id) AS (
  SELECT value, value FROM json_each(?)
  UNION SELECT family.root, opportunity.id
  FROM family JOIN opportunity ON opportunity.merged_into = family.id)`

/** The members' ids, its own among them. */
export const familyOf = (db: DatabaseSync, id: string): readonly string[] =>
  prepared(db, `WITH RECURSIVE ${family} SELECT id FROM family`)
    .all(JSON.stringify([id]))
    .map((row) => String(row['id']))

/** The opportunity that it goes on in; itself, if it was not merged. */
export const survivorOf = (db: DatabaseSync, id: string): string => {
  const row = prepared(
    db,
    `WITH RECURSIVE later (id) AS (
       SELECT ? UNION SELECT opportunity.merged_into
       FROM later JOIN opportunity ON opportunity.id = later.id
       WHERE opportunity.merged_into IS NOT NULL)
     SELECT later.id FROM later LEFT JOIN opportunity ON opportunity.id = later.id
     WHERE opportunity.merged_into IS NULL`,
  ).get(id)
  return String(row?.['id'] ?? id)
}

const columns = standingNames.map((name) => `quotation.${name}`).join(', ')

/**
 * What was offered to each of several opportunities, the oldest first: one question for all. The
 * cross join and the plus keep the planner from looking through all that the company ever offered.
 */
export const standingsOf = (
  db: DatabaseSync,
  company: string,
  ids: readonly string[],
): ReadonlyMap<string, readonly Standing[]> => {
  const found = new Map<string, Standing[]>(ids.map((id) => [id, []]))
  const rows = prepared(
    db,
    `WITH RECURSIVE ${family} SELECT family.root, ${columns}
     FROM family CROSS JOIN quotation ON quotation.opportunity_id = family.id
     WHERE +quotation.company = ? AND quotation.status <> 'deleted' ORDER BY quotation.began`,
  ).all(JSON.stringify(ids), company)
  for (const { root, ...standing } of rows) {
    found.get(String(root))?.push(standing as unknown as Standing)
  }
  return found
}

/** Quotations that were ever offered to one of these opportunities. */
export const everOfferedTo = (db: DatabaseSync, ids: readonly string[]): readonly string[] =>
  prepared(
    db,
    `SELECT DISTINCT id FROM quotation_history
     WHERE opportunity_id IN (SELECT value FROM json_each(?))`,
  )
    .all(JSON.stringify(ids))
    .map((row) => String(row['id']))

/** Opportunities to which a quotation of theirs, or of a member of their family, is confirmed. */
export const hasConfirmed = (company: string): Condition =>
  condition(
    `id IN (WITH RECURSIVE holder (id) AS (
       SELECT opportunity_id FROM quotation WHERE company = ? AND status = 'confirmed'
       UNION SELECT merged.merged_into FROM holder JOIN opportunity AS merged ON merged.id = holder.id)
     SELECT id FROM holder WHERE id IS NOT NULL)`,
    company,
  )

/** Opportunities that were sent an offer, themselves or by a member of their family. */
export const wasSentOffer = (company: string): Condition =>
  condition(
    `coalesce(quoted, 0) OR id IN (WITH RECURSIVE holder (id) AS (
       SELECT opportunity_id FROM quotation
       WHERE company = ? AND first_sent_on IS NOT NULL AND status <> 'deleted'
       UNION SELECT merged.merged_into FROM holder JOIN opportunity AS merged ON merged.id = holder.id)
     SELECT id FROM holder WHERE id IS NOT NULL)`,
    company,
  )

/** Quotations of any of these opportunities' families; a null is a quotation of none. */
export const ofFamilies = (ids: readonly (string | null)[]): Condition => {
  const named = ids.filter((id) => id !== null)
  const members = condition(
    `opportunity_id IN (WITH RECURSIVE ${family} SELECT id FROM family)`,
    JSON.stringify(named),
  )
  if (named.length === ids.length) return members
  return { sql: `opportunity_id IS NULL OR ${members.sql}`, values: members.values }
}

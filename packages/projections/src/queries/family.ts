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

// Families are small, and found member by member: a recursive question makes a table of its own each
// time, which costs more than all these together.

/** The members' ids, its own first. */
export const familyOf = (db: DatabaseSync, id: string): readonly string[] => {
  const merged = prepared(db, 'SELECT id FROM opportunity WHERE merged_into = ?')
  const members = new Set([id])
  // A set is gone through with what is added on the way.
  for (const member of members) {
    for (const row of merged.all(member)) members.add(String(row['id']))
  }
  return [...members]
}

/** The opportunity that it goes on in; itself, if it was not merged. */
export const survivorOf = (db: DatabaseSync, id: string): string => {
  const next = prepared(db, 'SELECT merged_into FROM opportunity WHERE id = ?')
  const seen = new Set<string>()
  let survivor = id
  while (!seen.has(survivor)) {
    seen.add(survivor)
    survivor = String(next.get(survivor)?.['merged_into'] ?? survivor)
  }
  return survivor
}

/** What was offered to an opportunity, itself or by a member of its family; the oldest first. */
export const standingsOf = (db: DatabaseSync, company: string, id: string): readonly Standing[] => {
  const offered = prepared(
    db,
    // The plus keeps the planner from looking through all that the company ever offered.
    `SELECT began, ${standingNames.join(', ')} FROM quotation
     WHERE opportunity_id = ? AND +company = ? AND status <> 'deleted' ORDER BY began`,
  )
  const rows = familyOf(db, id).flatMap((member) => offered.all(member, company))
  return rows
    .toSorted((a, b) => Number(a['began']) - Number(b['began']))
    .map(({ began: _began, ...standing }) => standing as unknown as Standing)
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
    `opportunity_id IN (WITH RECURSIVE family (id) AS (
       SELECT value FROM json_each(?)
       UNION SELECT opportunity.id
       FROM family JOIN opportunity ON opportunity.merged_into = family.id)
     SELECT id FROM family)`,
    JSON.stringify(named),
  )
  if (named.length === ids.length) return members
  return { sql: `opportunity_id IS NULL OR ${members.sql}`, values: members.values }
}

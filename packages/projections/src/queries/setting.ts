/**
 * In which setting a question is answered: what time it is, and which company asks.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { usualDigits } from '@forsat/domain'
import { localDate } from '@forsat/domain/time'
import type { CompanyDocument } from '../catalogue/catalogue-documents.ts'
import { prepared } from '../database.ts'
import type { Circumstances } from '../opportunities/quoted.ts'
import { remembered } from '../remembered.ts'

/** The company as the read models know it. */
export const companyIn = (db: DatabaseSync, id: string): CompanyDocument | undefined =>
  remembered(db, 'catalogue', `company ${id}`, () => {
    const row = prepared(db, 'SELECT doc FROM company WHERE id = ?').get(id)
    return row && (JSON.parse(String(row['doc'])) as CompanyDocument)
  })

/** A moment as a company sees it; of one that nobody knows its day and currency are not known. */
export const settingIn = (company: CompanyDocument | undefined, now: string): Circumstances => {
  if (company === undefined) return { now }
  const { zone, currency, digits } = company
  const own = { currency, digits: digits?.[currency] ?? usualDigits(currency) }
  return { now, today: localDate(now, zone), own }
}

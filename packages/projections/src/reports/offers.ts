/**
 * Quotations as reports read them: each once, by the version that stands, with the status that the
 * clock gave it, and with the opportunity that took over from a merged one.
 *
 * @module
 */
import { outcomeColumns } from '../opportunities/opportunities.ts'
import { type Condition, condition } from '../queries/condition.ts'
import { type Question, rowsOf } from './question.ts'
import { sql } from './statement.ts'

type Asked = Pick<Question<unknown>, 'scope' | 'versions' | 'clock'>

/** Each merged opportunity with the one that stands for it in the end. */
const heirs = (asked: Asked): Condition => {
  const merged = sql`(SELECT id, merged_into FROM ${rowsOf('opportunity', asked)}
    WHERE company = ${asked.scope.company} AND merged_into IS NOT NULL)`
  return sql`merged(id, into_id) AS MATERIALIZED ${merged},
    heir(id, survivor) AS (
      SELECT id, into_id FROM merged WHERE into_id NOT IN (SELECT id FROM merged)
      UNION ALL
      SELECT merged.id, survivor FROM merged JOIN heir ON into_id = heir.id)`
}

/** Those of the company; none that was deleted. */
const standing = (asked: Asked): Condition => {
  const { scope, clock } = asked
  return sql`(SELECT *, CASE WHEN status = 'sent' AND expires_at <= ${clock} THEN 'expired' ELSE status END AS standing
    FROM ${rowsOf('quotation', asked)} WHERE company = ${scope.company} AND status <> 'deleted')`
}

/** Quotations with what their opportunity or contact says beside, and the day on which they ended. */
export const offers = (asked: Asked): Condition => sql`(
  WITH RECURSIVE ${heirs(asked)}
  SELECT offer.*, decline_reason_id AS reason_id, stage_id,
    coalesce(sale.country, customer.country) AS country,
    coalesce(sale.region, customer.region) AS region,
    coalesce(sale.industry, customer.industry) AS industry,
    CASE standing WHEN 'confirmed' THEN confirmed_on WHEN 'declined' THEN declined_on
      WHEN 'cancelled' THEN cancelled_on WHEN 'expired' THEN date(valid_until, '+1 day') END AS closed_on
  FROM ${standing(asked)} AS offer
  LEFT JOIN heir ON heir.id = opportunity_id
  LEFT JOIN ${rowsOf('opportunity', asked)} AS sale ON sale.id = coalesce(survivor, opportunity_id)
  LEFT JOIN ${rowsOf('contact', asked)} AS customer ON customer.id = offer.contact_id)`

/** What was offered for each opportunity, and is open or confirmed. */
export const offersForSale = (asked: Asked): Condition => sql`(
  WITH RECURSIVE ${heirs(asked)}
  SELECT coalesce(survivor, opportunity_id) AS sale, standing, total_amount, currency
  FROM ${standing(asked)} LEFT JOIN heir ON heir.id = opportunity_id
  WHERE opportunity_id IS NOT NULL AND standing IN ('draft', 'sent', 'confirmed'))`

/**
 * The day on which each opportunity was first sent an offer; only those that ever were. Ids are text
 * by name: of what has no type of its own SQLite makes no index to join by, and looks at every pair.
 */
export const firstSent = (asked: Asked): Condition => sql`(
  WITH RECURSIVE ${heirs(asked)}
  SELECT CAST(coalesce(survivor, opportunity_id) AS TEXT) AS sale, min(first_sent_on) AS sent_on
  FROM ${standing(asked)} LEFT JOIN heir ON heir.id = opportunity_id
  WHERE opportunity_id IS NOT NULL AND first_sent_on IS NOT NULL
  GROUP BY sale)`

/** What the rows of opportunities have, now and then alike. */
const ownColumns = condition(
  ['id', ...Object.keys(outcomeColumns).filter((name) => name !== 'quoted')].join(', '),
)

/**
 * Opportunities, each with the day on which it was first sent an offer, and whether it was: a loss may
 * know of one from before there were offers here.
 */
export const sales = (asked: Asked): Condition =>
  sql`(SELECT ${ownColumns}, sent_on, coalesce(quoted, 0) OR sent_on IS NOT NULL AS quoted
    FROM ${rowsOf('opportunity', asked)} LEFT JOIN ${firstSent(asked)} ON sale = id)`

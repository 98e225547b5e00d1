import { type Condition, condition } from '../queries/condition.ts'

/**
 * SQL put together from pieces, with all that is bound in them in order. A plain text among them is
 * bound, never written into the SQL.
 *
 * @example sql`SELECT * FROM ${rows} WHERE company = ${company}`
 */
export const sql = (
  texts: readonly string[],
  ...pieces: readonly (Condition | string)[]
): Condition => {
  const parts = pieces.map((piece) => (typeof piece === 'string' ? condition('?', piece) : piece))
  return {
    sql: texts.map((text, index) => text + (parts[index]?.sql ?? '')).join(''),
    values: parts.flatMap(({ values }) => values),
  }
}

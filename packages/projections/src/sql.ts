/**
 * Questions in SQL over the read models. Their connection can read and do nothing else.
 *
 * @module
 */
import { constants, type DatabaseSync } from 'node:sqlite'

type SqlValue = string | number | bigint | null | Uint8Array

export interface SqlAnswer {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly SqlValue[])[]
}

/** What was asked is no question, or asks for more than reading. */
export class SqlRefused extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'SqlRefused'
  }
}

const reading: ReadonlySet<number> = new Set([
  constants.SQLITE_SELECT,
  constants.SQLITE_READ,
  constants.SQLITE_FUNCTION,
  constants.SQLITE_RECURSIVE,
])

/** What may stand behind a statement: its end, blanks, and comments. */
const nothingMore = /^(?:[\s;]|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*$/

export const answerSql = (db: DatabaseSync, query: string): SqlAnswer => {
  if (!/^\s*(?:select|with|explain|values)\b/i.test(query)) {
    throw new SqlRefused('only SELECT, WITH, VALUES and EXPLAIN are answered')
  }
  db.setAuthorizer((action) => (reading.has(action) ? constants.SQLITE_OK : constants.SQLITE_DENY))
  try {
    const statement = db.prepare(query)
    if (!nothingMore.test(query.slice(statement.sourceSQL.length))) {
      throw new SqlRefused('only one statement is answered')
    }
    statement.setReadBigInts(true)
    statement.setReturnArrays(true)
    const columns = statement.columns().map(({ name }) => name)
    const rows = statement.all() as unknown as SqlValue[][]
    return { columns, rows: rows.map((row) => row.map(plainNumber)) }
  } catch (error) {
    throw new SqlRefused(error instanceof Error ? error.message : 'the query failed')
  } finally {
    db.setAuthorizer(null)
  }
}

/** A number where it is exact as one. */
const plainNumber = (value: SqlValue): SqlValue =>
  typeof value === 'bigint' && value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
    ? Number(value)
    : value

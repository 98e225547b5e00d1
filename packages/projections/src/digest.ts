/**
 * A digest of read models: equal digests are equal rows, whichever generation of tables they are in.
 *
 * @module
 */
import { createHash, type Hash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as breath } from 'node:timers/promises'
import type { Projection } from './projection.ts'
import { quoted, shapesOf, type TableShape } from './tables/ddl.ts'

export interface Digest {
  /** SHA-256 over all rows of all tables in the order of their keys, in hex. */
  readonly digest: string
  /** The same for each projection alone. */
  readonly projections: Readonly<Record<string, string>>
}

/** Rows between two moments in which others have the thread. */
const portion = 500

/** What one connection sees; `atOnce` where others write on it, who must not come between. */
export const digestOf = async (
  db: DatabaseSync,
  projections: readonly Projection[],
  { atOnce }: { readonly atOnce: boolean },
): Promise<Digest> => {
  const rest = atOnce ? undefined : breath
  const all = createHash('sha256')
  const each: [string, string][] = []
  for (const projection of projections) {
    const hash = createHash('sha256')
    for (const shape of shapesOf(projection)) await addTable(db, shape, hash, rest)
    const digest = hash.digest('hex')
    all.update(`${projection.name} ${digest}\n`)
    each.push([projection.name, digest])
  }
  return { digest: all.digest('hex'), projections: Object.fromEntries(each) }
}

const addTable = async (
  db: DatabaseSync,
  shape: TableShape,
  hash: Hash,
  rest: (() => Promise<void>) | undefined,
): Promise<void> => {
  const columns = shape.columns.map(([name]) => quoted(name)).join(', ')
  const key = shape.key.map(quoted).join(', ')
  hash.update(`${shape.name} ${columns}\n`)
  const rows = db.prepare(`SELECT ${columns} FROM ${quoted(shape.name)} ORDER BY ${key}`)
  rows.setReturnArrays(true)
  let count = 0
  for (const row of rows.iterate()) {
    hash.update(`${JSON.stringify(row)}\n`)
    count += 1
    if (rest !== undefined && count % portion === 0) await rest()
  }
}

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

/** Digests at once, where others write on the same connection and must not come between. */
export const digestAtOnce = (db: DatabaseSync, projections: readonly Projection[]): Digest => {
  const steps = digesting(db, projections)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** Digests in steps. The connection looks at one state for as long as it takes. */
export const digestInSteps = async (
  db: DatabaseSync,
  projections: readonly Projection[],
): Promise<Digest> => {
  const steps = digesting(db, projections)
  db.exec('BEGIN')
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    await breath()
  }
}

function* digesting(
  db: DatabaseSync,
  projections: readonly Projection[],
): Generator<undefined, Digest> {
  const all = createHash('sha256')
  const each: [string, string][] = []
  for (const projection of projections) {
    const hash = createHash('sha256')
    for (const shape of shapesOf(projection)) yield* addingTable(db, shape, hash)
    const digest = hash.digest('hex')
    all.update(`${projection.name} ${digest}\n`)
    each.push([projection.name, digest])
  }
  return { digest: all.digest('hex'), projections: Object.fromEntries(each) }
}

/** Rows a step. */
const portion = 500

function* addingTable(db: DatabaseSync, shape: TableShape, hash: Hash): Generator<undefined> {
  const columns = shape.columns.map(([name]) => quoted(name)).join(', ')
  const key = shape.key.map(quoted).join(', ')
  hash.update(`${shape.name} ${columns}\n`)
  const rows = db.prepare(`SELECT ${columns} FROM ${quoted(shape.name)} ORDER BY ${key}`)
  rows.setReturnArrays(true)
  let count = 0
  for (const row of rows.iterate()) {
    hash.update(`${JSON.stringify(row)}\n`)
    count += 1
    if (count % portion === 0) yield
  }
}

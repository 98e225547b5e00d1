/**
 * The SQL that makes the tables of a projection. Tables are named by generation, `opportunity_g7`,
 * their indexes too; views of the plain names show the generation in use.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import type { Columns, ColumnType, Projection, Table } from '../projection.ts'

/** A table as it is made: its plain name, and all its columns in order. */
export interface TableShape {
  readonly name: string
  readonly columns: readonly (readonly [name: string, type: ColumnType])[]
  readonly key: readonly string[]
  readonly indexes: Readonly<Record<string, readonly string[]>>
}

const shape = (
  name: string,
  columns: Columns,
  more: Columns,
  key: readonly string[],
  indexes: TableShape['indexes'] = {},
): TableShape => ({
  name,
  columns: [...Object.entries(columns), ...Object.entries(more)],
  key,
  indexes,
})

/** The versions of a row stand one behind the other: `to_…` is null in the one that is current. */
const versionColumns: Columns = {
  from_position: 'integer',
  to_position: 'integer?',
  from_recorded_at: 'text',
  to_recorded_at: 'text?',
}

const keyColumns = ({ columns, key }: Table): Columns =>
  Object.fromEntries(key.map((name) => [name, columns[name] ?? 'text']))

export const mainShape = (name: string, table: Table): TableShape =>
  shape(name, table.columns, { doc: 'text' }, table.key, table.indexes)

export const historyShape = (name: string, table: Table): TableShape | undefined =>
  table.history &&
  shape(
    `${name}_history`,
    { ...keyColumns(table), ...table.history.columns },
    versionColumns,
    [...table.key, 'from_position'],
    table.history.indexes,
  )

/** All tables of a projection, each with that of its versions behind it. */
export const shapesOf = ({ tables }: Projection): readonly TableShape[] =>
  Object.entries(tables).flatMap(([name, table]) => {
    const history = historyShape(name, table)
    return history === undefined ? [mainShape(name, table)] : [mainShape(name, table), history]
  })

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
export const generationName = (name: string, generation: number): string => `${name}_g${generation}`

const sqlType = (type: ColumnType): string =>
  type.endsWith('?') ? type.slice(0, -1).toUpperCase() : `${type.toUpperCase()} NOT NULL`
const list = (names: readonly string[]): string => names.map(quoted).join(', ')

export const createTables = (
  db: DatabaseSync,
  projection: Projection,
  generation: number,
): void => {
  for (const { name, columns, key, indexes } of shapesOf(projection)) {
    const table = generationName(name, generation)
    const definitions = columns.map(([column, type]) => `${quoted(column)} ${sqlType(type)}`)
    db.exec(
      `CREATE TABLE ${quoted(table)} (${definitions.join(', ')}, PRIMARY KEY (${list(key)})) STRICT`,
    )
    for (const [index, indexed] of Object.entries(indexes)) {
      db.exec(`CREATE INDEX ${quoted(`${table}_${index}`)} ON ${quoted(table)} (${list(indexed)})`)
    }
  }
}

/** Lets the plain names show this generation. */
export const showGeneration = (
  db: DatabaseSync,
  projection: Projection,
  generation: number,
): void => {
  for (const { name } of shapesOf(projection)) {
    db.exec(`DROP VIEW IF EXISTS ${quoted(name)}`)
    db.exec(
      `CREATE VIEW ${quoted(name)} AS SELECT * FROM ${quoted(generationName(name, generation))}`,
    )
  }
}

/** Drops tables; indexes go with them. Views of theirs must be gone, or shown elsewhere, by then. */
export const dropTables = (db: DatabaseSync, tables: readonly string[]): void => {
  for (const table of tables) db.exec(`DROP TABLE IF EXISTS ${quoted(table)}`)
}

/** The tables that stand in the file, by the generation in their names. */
export const generationTables = (
  db: DatabaseSync,
): readonly { readonly table: string; readonly name: string; readonly generation: number }[] =>
  db
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
    .all()
    .flatMap(({ name: table }) => {
      const [, name, generation] = /^(.+)_g(\d+)$/.exec(String(table)) ?? []
      return name === undefined
        ? []
        : [{ table: String(table), name, generation: Number(generation) }]
    })

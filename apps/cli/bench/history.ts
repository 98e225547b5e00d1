/**
 * Reading the imported history again: into a count, and into every read model.
 *
 * @module
 */
import { createDecipheriv } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import {
  createForsat,
  keyFiles,
  mintedIds,
  openForsat,
  setUp,
  systemClock,
} from '@forsat/application'
import { eventTypes } from '@forsat/domain'
import { recorder } from '@forsat/event-store'
import { memoryKeys } from '@forsat/event-store/memory'
import { openSqliteStore } from '@forsat/event-store/sqlite'
import { importFile } from '../src/import/import.ts'
import { ImportMap } from '../src/import/map.ts'
import { contest, perSecond, type Row } from './measure.ts'

const data = fileURLToPath(new URL('../data/maven-crm/', import.meta.url))
const clock = systemClock()

const imported = async (store: string): Promise<void> => {
  const map = ImportMap.parse(JSON.parse(readFileSync(join(data, 'map.json'), 'utf8')))
  await using forsat = await openForsat({ store: `sqlite:${store}` })
  const { companyId } = await setUp(forsat, map.company)
  const company = await forsat.query.companies.get(companyId, { company: companyId })
  if (company === undefined) throw new Error('the company was not made')
  const file = 'sales_pipeline.csv'
  const path = join(data, file)
  await importFile(forsat, { path, file, map, company, dryRun: false, progress: () => {} })
}

type LogRow = readonly [position: number, ...(string | number | null)[]]

/** All columns that an event is made of, in pages as ours. */
const bareLog = (path: string) => {
  const db = new DatabaseSync(path, { readOnly: true })
  const page = db.prepare(
    `SELECT pos, id, stream, rev, type, company, occurred, recorded, actor, on_behalf_of, corr, cause,
       sealed, data FROM event WHERE pos > ? ORDER BY pos LIMIT 1000`,
  )
  const boxes = db.prepare(
    `SELECT pos, subject, purpose, key_id, iv, ct, tag, commitment FROM event_sealed
     WHERE pos BETWEEN ? AND ?`,
  )
  page.setReturnArrays(true)
  boxes.setReturnArrays(true)
  return {
    *pages() {
      for (let after = 0; ; ) {
        const rows = page.all(after) as unknown as LogRow[]
        const [first, last] = [rows[0], rows.at(-1)]
        if (first === undefined || last === undefined) return
        yield { rows, boxes: boxes.all(first[0], last[0]) as unknown as BoxRow[] }
        after = last[0]
      }
    },
    [Symbol.dispose]: () => db.close(),
  }
}

type BoxRow = readonly [
  position: number,
  subject: string,
  purpose: string,
  keyId: string,
  iv: Uint8Array,
  text: Uint8Array,
  tag: Uint8Array,
]

/** The tables of the read models with their rows, ready to be written once more. */
const tablesOf = (path: string) => {
  using db = new DatabaseSync(path, { readOnly: true })
  const schema = db
    .prepare(
      `SELECT type, name, sql FROM sqlite_schema WHERE type IN ('table', 'index') AND sql IS NOT NULL`,
    )
    .all()
    .map(({ type, name, sql }) => ({ type, name: String(name), sql: String(sql) }))
  const rows = schema
    .filter(({ type }) => type === 'table')
    .map(({ name }) => {
      const all = db.prepare(`SELECT * FROM "${name}"`)
      all.setReturnArrays(true)
      return { name, rows: all.all() as unknown as (string | number | null)[][] }
    })
    .filter((table) => table.rows.length > 0)
  return { schema, rows }
}

export const historyRows = async (folder: string): Promise<readonly Row[]> => {
  const path = join(folder, 'history.db')
  const keys = join(folder, 'history.keys')
  await imported(path)
  const store = await openSqliteStore(path, { clock, readOnly: true })
  const events = await store.head()
  const byName = new Map(eventTypes().map(({ storedType, codec }) => [storedType, codec]))
  const codecs = (storedType: string) => byName.get(storedType)
  const { read } = recorder({ keys: memoryKeys(), codecs })

  const replay = await contest({
    row: 'replay',
    unit: 'events/s',
    aim: 0.9,
    note: `${events} events of the imported history into a count by type, personal fields left sealed; bare: the same rows read and parsed`,
    ours: () =>
      perSecond(events, async () => {
        const counts = new Map<string, number>()
        for await (const page of store.readLog()) {
          for (const stored of page) {
            const recorded = read(stored)
            if (recorded._tag === 'Left') throw new Error(recorded.left.storedType)
            const { type } = recorded.right.event
            counts.set(type, (counts.get(type) ?? 0) + 1)
          }
        }
      }),
    ceiling: async () => {
      using log = bareLog(path)
      return perSecond(events, () => {
        const counts = new Map<string, number>()
        for (const { rows } of log.pages()) {
          for (const row of rows) {
            const event = { type: String(row[4]), data: JSON.parse(String(row[13])) as object }
            counts.set(event.type, (counts.get(event.type) ?? 0) + 1)
          }
        }
      })
    },
  })

  let run = 0
  const readModels = () => join(folder, `catch-up-${(run += 1)}.db`)
  const catchUp = async (file: string): Promise<void> => {
    const log = await openSqliteStore(path, { clock })
    await using forsat = await createForsat({
      store: log,
      keys: keyFiles(keys),
      readModels: file,
      clock,
      ids: mintedIds(clock),
    })
    if (!(await forsat.settle(events, 120_000)))
      throw new Error('the read models did not come along')
  }
  const filled = readModels()
  await catchUp(filled)
  const { schema, rows: tables } = tablesOf(filled)
  const opened = keyFiles(keys)

  const caught = await contest({
    row: 'catch-up',
    unit: 'events/s',
    aim: 0.6,
    rounds: 3,
    note: 'the same history into all read models; bare: the log read and parsed, its boxes opened, and the rows that come of it written once into the same tables and indexes',
    ours: async () => {
      const file = readModels()
      return perSecond(events, () => catchUp(file))
    },
    ceiling: async () => {
      using log = bareLog(path)
      using db = new DatabaseSync(readModels())
      db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
      return perSecond(events, () => {
        for (const { rows, boxes } of log.pages()) {
          for (const row of rows) JSON.parse(String(row[13]))
          for (const [, subject, purpose, keyId, iv, text, tag] of boxes) {
            const key = opened.find({ subject, purpose }, keyId)
            if (key === undefined) throw new Error('a key is missing')
            const box = createDecipheriv('aes-256-gcm', key.key, iv).setAuthTag(tag)
            // Who it belongs to is not checked here, so the tag is not asked for.
            JSON.parse(box.update(text).toString())
          }
        }
        for (const { sql } of schema) db.exec(sql)
        for (const { name, rows } of tables) {
          const insert = db.prepare(
            `INSERT INTO "${name}" VALUES (${(rows[0] ?? []).map(() => '?').join(', ')})`,
          )
          for (let at = 0; at < rows.length; at += 1000) {
            db.exec('BEGIN')
            for (const row of rows.slice(at, at + 1000)) insert.run(...row)
            db.exec('COMMIT')
          }
        }
      })
    },
  })
  await store[Symbol.asyncDispose]()
  return [replay, caught]
}

/**
 * The public sales data that comes with the program: brought in by the first start, finished by the
 * next one if that was cut off.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Forsat } from '@forsat/application'
import { compareKey } from '@forsat/domain'
import { formatsOf } from './formats.ts'
import { importFile } from './import/import.ts'
import type { ImportMap } from './import/map.ts'
import { readMap } from './import-map.ts'
import { importSession } from './import-session.ts'
import { progressOf } from './progress.ts'
import { companiesOf, type Desk } from './session.ts'

const folder = fileURLToPath(new URL('../data/maven-crm/', import.meta.url))
const main = 'sales_pipeline.csv'
const path = join(folder, main)

export const importShippedData = async (forsat: Forsat, desk: Desk): Promise<void> => {
  const { shell, texts, language } = desk
  const map = await readMap(join(folder, 'map.json'), 'map.json', desk)
  const began = await beginning(forsat, map)
  if (began === 'elsewhere' || began === 'done') return

  shell.err(`${began === 'empty' ? texts.start.importing : texts.start.resuming}\n`)
  const start = performance.now()
  const { company } = await importSession(forsat, desk, { map })
  const progress = progressOf(desk)
  const report = await importFile(forsat, {
    path,
    file: main,
    map,
    company,
    dryRun: false,
    progress: progress.tell,
  })
  progress.end()
  const { number } = formatsOf(language)
  const rows = report.files.reduce((sum, { imported }) => sum + imported, 0)
  const errors = report.files.reduce((sum, file) => sum + file.errors.length, 0)
  const seconds = Math.round((performance.now() - start) / 100) / 10
  shell.err(`${texts.start.imported(number(rows), number(seconds))}\n`)
  if (errors > 0) shell.err(`${texts.start.problems(errors)}\n`)
}

/** How far an earlier start has come; a store that has only companies of its own is left alone. */
const beginning = async (
  forsat: Forsat,
  { company: own, system }: ImportMap,
): Promise<'empty' | 'elsewhere' | 'cut off' | 'done'> => {
  const companies = await companiesOf(forsat)
  if (companies.length === 0) return 'empty'
  const ours = companies.find(({ name }) => compareKey(name) === compareKey(own?.name ?? ''))
  if (ours === undefined) return 'elsewhere'
  const { rows } = forsat.projections.sql(
    `SELECT count(*) FROM opportunity_external_id
     WHERE company = '${ours.id}' AND system = '${system}'`,
  )
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n').length - 1
  return Number(rows[0]?.[0] ?? 0) < lines ? 'cut off' : 'done'
}

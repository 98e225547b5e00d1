/**
 * `forsat import FILE --map MAP.json`: sales from elsewhere, with a report of every row.
 *
 * @module
 */
import { basename, resolve } from 'node:path'
import { compareKey } from '@forsat/domain'
import { command, type Finish } from '../command.ts'
import { importFile } from '../import/import.ts'
import { readMap } from '../import-map.ts'
import { importSession } from '../import-session.ts'
import { importJson, importTable } from '../import-table.ts'
import { progressOf } from '../progress.ts'
import { caughtUp, companiesOf, type Desk, openStore, printJson, withStore } from '../session.ts'
import { missingFile, type Settings, settingsOf } from '../settings.ts'
import type { Exit } from '../shell.ts'

interface Asked {
  readonly store?: string | undefined
  readonly company?: string | undefined
  readonly as?: string | undefined
  readonly map: string
  readonly dryRun?: true | undefined
  readonly json?: true | undefined
}

export const importCommand = (desk: Desk, finish: Finish) => {
  const { about, file, map, dryRun } = desk.texts.import
  const examples = [
    'import deals.csv --map deals.map.json --dry-run',
    'import apps/cli/data/maven-crm/sales_pipeline.csv --map apps/cli/data/maven-crm/map.json',
  ]
  return command('import', { about, examples }, desk)
    .argument('<file>', file)
    .requiredOption('--map <map>', map)
    .option('--dry-run', dryRun)
    .action(async (path, options) => {
      finish(await runImport(desk, path, options))
    })
}

/** Whether an import would make the company that it is for: a dry run must do so elsewhere. */
const isFirst = async (
  desk: Desk,
  settings: Settings,
  name: string | undefined,
): Promise<boolean> => {
  if (missingFile(settings) !== undefined) return true
  return await withStore(desk, { store: settings.store }, async (forsat) => {
    await caughtUp(forsat, desk)
    const companies = await companiesOf(forsat)
    return !companies.some(
      ({ id, name: its }) =>
        name === undefined || id === name || compareKey(its) === compareKey(name),
    )
  })
}

const runImport = async (desk: Desk, file: string, asked: Asked): Promise<Exit> => {
  const { shell, texts } = desk
  const path = resolve(shell.cwd, file)
  const map = await readMap(resolve(shell.cwd, asked.map), asked.map, desk)
  const dryRun = asked.dryRun === true
  const settings = settingsOf(shell, texts, asked)
  const rehearsed = dryRun && (await isFirst(desk, settings, asked.company ?? map.company?.name))
  const into = rehearsed ? { ...settings, store: 'memory:' } : settings
  await using forsat = await openStore(desk, into, { make: !dryRun })
  await caughtUp(forsat, desk)
  const { company } = await importSession(forsat, desk, {
    map,
    asked: asked.company,
    as: asked.as,
  })
  const progress = progressOf(desk)
  const report = await importFile(forsat, {
    path,
    file: basename(path),
    map,
    company,
    onBehalfOf: asked.as === undefined ? undefined : `user:${asked.as}`,
    dryRun,
    progress: progress.tell,
  })
  progress.end()
  if (asked.json) printJson(desk, importJson(report, desk))
  else shell.out(importTable(report, desk))
  return report.files.some(({ errors }) => errors.length > 0) ? 1 : 0
}

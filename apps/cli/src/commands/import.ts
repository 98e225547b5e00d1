/**
 * `forsat import FILE --map MAP.json`: sales from elsewhere, with a report of every row.
 *
 * @module
 */
import { basename, resolve } from 'node:path'
import { command, type Finish } from '../command.ts'
import { importFile } from '../import/import.ts'
import { readMap } from '../import-map.ts'
import { importSession } from '../import-session.ts'
import { importJson, importTable } from '../import-table.ts'
import { progressOf } from '../progress.ts'
import { caughtUp, type Desk, openStore, printJson } from '../session.ts'
import { settingsOf } from '../settings.ts'
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

const runImport = async (desk: Desk, file: string, asked: Asked): Promise<Exit> => {
  const { shell, texts } = desk
  const path = resolve(shell.cwd, file)
  const map = await readMap(resolve(shell.cwd, asked.map), asked.map, desk)
  const dryRun = asked.dryRun === true
  const settings = settingsOf(shell, texts, asked)
  await using forsat = await openStore(desk, settings, { make: true })
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

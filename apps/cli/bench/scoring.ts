/**
 * Measures the models of scoring on public sets of sales, beside the base rate:
 *
 *     npm run -s bench:scoring -- [--only SET] [--json FILE]
 *
 * @module
 */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { evaluated } from '@forsat/domain'
import { imported, type SalesSet, salesSets } from '../src/scoring-sets.ts'
import type { Desk } from '../src/session.ts'
import { texts } from '../src/texts/texts.ts'

const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'string' } } })

const desk: Desk = {
  shell: {
    env: {},
    cwd: process.cwd(),
    home: process.cwd(),
    out: () => {},
    err: () => {},
    watched: false,
    stopped: () => new AbortController().signal,
  },
  texts: texts.en,
  language: 'en',
}

const measured = async (set: SalesSet) => {
  const { deals, stages } = await imported(set, desk)
  return evaluated(set.folds(deals), stages).map(({ reliability: _groups, ...measures }) => ({
    set: set.name,
    how: set.how,
    ...measures,
  }))
}

const rows: Awaited<ReturnType<typeof measured>>[number][] = []
for (const set of Object.values(salesSets)) {
  if (values.only === undefined || values.only === set.name) rows.push(...(await measured(set)))
}

const shown = (figure: number | null) => figure?.toFixed(3) ?? ''
console.table(
  rows.map(({ set, model, count, auc, logLoss, brier, ece }) => ({
    set,
    model,
    count,
    AUC: shown(auc),
    'log-loss': shown(logLoss),
    Brier: shown(brier),
    ECE: shown(ece),
  })),
)
if (values.json !== undefined) {
  // A relative file is the caller's, who may stand in another folder.
  const from = process.env['FORSAT_CWD'] ?? process.cwd()
  writeFileSync(resolve(from, values.json), `${JSON.stringify(rows, null, 2)}\n`)
}

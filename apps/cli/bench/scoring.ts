/**
 * Measures the models of scoring on public sets of sales, beside the base rate:
 *
 *     npm run -s bench:scoring -- [--json FILE]
 *
 * @module
 */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { evaluated } from '@forsat/domain'
import { bankCalls, hardwareDeals, softwareDeals, stages } from '../src/scoring-sets.ts'

const sets = [
  { set: 'b2b-sales-448', folds: softwareDeals, how: 'five folds, dealt five times' },
  { set: 'uci-bank-marketing', folds: bankCalls, how: 'month by month' },
  { set: 'maven-crm', folds: hardwareDeals, how: 'month by month' },
] as const

const { values } = parseArgs({ options: { json: { type: 'string' } } })

const rows = sets.flatMap(({ set, folds, how }) =>
  evaluated(folds(), stages).map(({ reliability: _groups, ...measures }) => ({
    set,
    how,
    ...measures,
  })),
)
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

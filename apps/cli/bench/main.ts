/**
 * Measures speed as ratios to bare work in the same run:
 *
 *     npm run -s bench -- [--only ROW] [--json FILE]
 *     npm run -s bench -- --growth [--json FILE]
 *
 * Rows of a hundred thousand sales take minutes too: they are measured where one of them is named. The
 * second form takes longer: it does the work of a log at ten thousand, a hundred thousand and a
 * million events, and shows what an event costs at each.
 *
 * @module
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { appendRows } from './append.ts'
import { assignmentRows } from './assignment.ts'
import { auditRows } from './audit.ts'
import { decideRows } from './decide.ts'
import { growth } from './growth.ts'
import { historyRows } from './history.ts'
import { httpRows } from './http.ts'
import { importRows } from './import-cost.ts'
import { latencyRows } from './latency.ts'
import type { Row } from './measure.ts'
import { scoreRows, trainingRows } from './scores.ts'
import { serverRows } from './server.ts'
import { totalsRows } from './totals.ts'
import { wonPathRows } from './won-path.ts'

/** Which rows each part measures, so that `--only` runs no more than it must. */
const parts: readonly {
  readonly rows: readonly string[]
  readonly run: (folder: string) => Promise<readonly Row[]>
  /** Takes minutes, and runs only where one of its rows is asked for. */
  readonly isLarge?: true
}[] = [
  { rows: ['append-1', 'append-10', 'append-50'], run: appendRows },
  { rows: ['server-append', 'server-catch-up'], run: serverRows },
  { rows: ['decide', 'decide-cold'], run: decideRows },
  { rows: ['verify-fast', 'inclusion-proof'], run: auditRows },
  { rows: ['replay', 'catch-up'], run: historyRows },
  { rows: ['list-100k', 'report-100k', 'rebuild'], run: latencyRows, isLarge: true },
  { rows: ['http-command', 'http-read'], run: httpRows },
  { rows: ['import-domain'], run: importRows },
  { rows: ['totals-200', 'draft-200'], run: totalsRows },
  { rows: ['assign-100k'], run: assignmentRows },
  { rows: ['won-path', 'won-path-1'], run: wonPathRows },
  { rows: ['score-add', 'score-deal', 'score-again'], run: scoreRows },
  { rows: ['score-train'], run: trainingRows },
]

const { values } = parseArgs({
  options: { only: { type: 'string' }, json: { type: 'string' }, growth: { type: 'boolean' } },
})
/** A relative file is the caller's, who may stand in another folder. */
const keep = (result: unknown): void => {
  if (values.json === undefined) return
  const file = resolve(process.env['FORSAT_CWD'] ?? process.cwd(), values.json)
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`)
}

if (values.growth === true) {
  keep(growth())
  process.exit()
}

const wanted = parts.filter(({ rows, isLarge }) =>
  values.only === undefined ? isLarge === undefined : rows.includes(values.only),
)
if (wanted.length === 0) {
  console.error(`--only must be one of: ${parts.flatMap(({ rows }) => rows).join(', ')}`)
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), 'forsat-bench-'))
const measured: Row[] = []
try {
  for (const { run } of wanted) measured.push(...(await run(folder)))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

const rows = measured.filter(({ row }) => values.only === undefined || row === values.only)
const rounded = (figure: number) => Math.round(figure).toLocaleString('en')
console.table(
  Object.fromEntries(
    rows.map(({ row, value, unit, ceiling, peer, ratio, aim, spread }) => [
      row,
      {
        ours: rounded(value),
        bare: rounded(ceiling),
        peer: peer === undefined ? '' : rounded(peer),
        unit,
        ratio: ratio.toFixed(2),
        aim,
        spread: `${Math.round(spread * 100)} %`,
      },
    ]),
  ),
)
for (const { row, note } of rows) if (note !== undefined) console.log(`${row}: ${note}`)
const { maxRSS } = process.resourceUsage()
console.log(`Memory at most: ${Math.round(maxRSS / 1024)} MiB.`)
keep(rows)

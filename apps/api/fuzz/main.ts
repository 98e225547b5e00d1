/**
 * Asks a server whatever can be asked, made of its own document, and tells what must not happen:
 *
 *     pnpm fuzz [REQUESTS] [--seed N]
 *
 * The seed of each request is one more than that of the one before, so that one alone is asked again by
 * `pnpm fuzz 1 --seed N`.
 *
 * @module
 */
import { parseArgs } from 'node:util'
import { systemClock } from '@forsat/application'
import { openSqliteStore } from '@forsat/event-store/sqlite'
import fc from 'fast-check'
import { makersOf } from '../src/testing/company-records.ts'
import { callerOf } from '../src/testing/fuzz/asking.ts'
import { type Document, operationsOf } from '../src/testing/fuzz/document.ts'
import { anyCall, type Round, roundsOn } from '../src/testing/fuzz/rounds.ts'
import { standingOf } from '../src/testing/fuzz/standing.ts'
import { traceIn } from '../src/testing/fuzz/trace.ts'
import { started } from './server-process.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' } },
})
const requests = Number(positionals[0] ?? 50_000)
const firstSeed = Number(values.seed ?? Date.now() % 1_000_000_000)

await using server = await started()
const { base, store: file, founder, named, keys } = server.ready
using caller = callerOf(base)
await using store = await openSqliteStore(file, { clock: systemClock(), readOnly: true })

type Headers = Readonly<Record<string, string>>
const done = async <Body>(method: string, path: string, body?: unknown, headers: Headers = {}) => {
  const json = { 'content-type': 'application/json', ...headers }
  const sent = body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) }
  const heard = await caller.ask({ method, path, headers: json, ...sent })
  if (heard.status < 300) return JSON.parse(heard.text || 'null') as Body
  throw new Error(`${method} ${path}: ${heard.status} ${heard.text}`)
}
const here = { authorization: `Bearer ${founder}`, 'forsat-company': named.companyId }
const make = makersOf((method, path, body) => done(method, path, body, here), named)

const operations = operationsOf(await done<Document>('GET', '/openapi.json'))
const standing = standingOf({ company: { named, keys, make }, founder, done })
const round = roundsOn({ caller, standing, trace: await traceIn(store) })
// A clock that stands elsewhere would make everything else a matter of the past.
const calls = anyCall(operations.filter(({ url }) => !url.startsWith('/v1/test/')))

const statuses = new Map<number, number>()
const taken = new Map<string, readonly [taken: number, asked: number]>()
const count = ({ operation: { route }, status }: Round) => {
  statuses.set(status, (statuses.get(status) ?? 0) + 1)
  const [well, asked] = taken.get(route) ?? [0, 0]
  taken.set(route, [well + (status < 300 ? 1 : 0), asked + 1])
}

let faults = 0
const report = (seed: number, fault: string) => {
  faults += 1
  console.log(`\nSeed ${seed}: ${fault}`)
}
for (let seed = firstSeed; seed < firstSeed + requests; seed += 1) {
  const [call] = fc.sample(calls, { seed, numRuns: 1 })
  if (call === undefined) throw new Error('nothing can be asked')
  try {
    const told = await round(call)
    count(told)
    if (told.fault !== undefined) report(seed, told.fault)
  } catch (error) {
    report(seed, `${call.operation.route}: ${String(error)}`)
  }
}

console.table(
  Object.fromEntries([...taken].map(([route, [well, asked]]) => [route, { asked, taken: well }])),
)
console.table(Object.fromEntries(statuses))
console.log(`${requests} requests from seed ${firstSeed} on: ${faults} faults.`)
process.exitCode = faults === 0 ? 0 : 1

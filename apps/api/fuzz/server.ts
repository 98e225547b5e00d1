/**
 * The server that is fuzzed, in a process of its own: with two companies, and with all that there can
 * be in each. It says where it serves, as JSON.
 *
 * @module
 */
import { once } from 'node:events'
import { join } from 'node:path'
import { type Named, type RoleName, twoCompanies } from '../src/testing/company-records.ts'
import { letterBox } from '../src/testing/letter-box.ts'
import { serve } from '../src/testing/served.ts'

export interface Ready {
  readonly base: string
  /** The file of the log. */
  readonly store: string
  /** The key of somebody who may do everything. */
  readonly founder: string
  readonly named: Named
  readonly keys: Readonly<Record<RoleName, string>>
}

const unlimited = 1_000_000_000
await using server = await serve({
  auth: 'keys',
  mailer: letterBox(),
  requestsPerMinute: unlimited,
  visitorLimits: { perToken: unlimited, perAddress: unlimited },
  logging: { level: 'error', stream: process.stderr },
})
const {
  founder,
  here: { named, keys },
} = await twoCompanies(server)
const { base, folder } = server
const ready: Ready = { base, store: join(folder, 'forsat.db'), founder, named, keys }
process.stdout.write(`${JSON.stringify(ready)}\n`)
await once(process, 'SIGTERM')

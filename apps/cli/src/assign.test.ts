/**
 * Dealing leads out from the command line, also beside servers on the same store.
 */
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PlanView, RunView } from '@forsat/projections'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addressOf, startedIn } from './testing/processes.ts'
import { toldIn } from './testing/told.ts'
import { forgedRun, waiting } from './testing/waiting.ts'

const morning = '2026-02-08T05:00:00.000Z'

let folder: string
let running: ChildProcess[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forsat-assign-'))
  running = []
})

afterEach(async () => {
  for (const child of running) child.kill('SIGKILL')
  await rm(folder, { recursive: true, maxRetries: 5 })
})

const forsatAt = (now: string, ...args: readonly string[]) =>
  toldIn(folder, { FORSAT_TEST_CLOCK: now }, args)
const forsat = (...args: readonly string[]) => forsatAt(morning, ...args)
const planned = async (...args: readonly string[]) =>
  JSON.parse((await forsat('assign', 'run', '--dry-run', '--json', ...args)).out) as PlanView
const ran = async (now: string) =>
  JSON.parse((await forsatAt(now, 'assign', 'run', '--json')).out) as RunView

const shares = ({ assigned }: Pick<PlanView, 'assigned'>) =>
  [...Map.groupBy(assigned, ({ userId }) => userId).values()]
    .map(({ length }) => length)
    .toSorted((one, other) => one - other)

describe('assign run', () => {
  test('tried out shows a table of who would get what, and changes nothing', async () => {
    await waiting(folder, 10, morning)
    const tried = await forsat('assign', 'run', '--dry-run', '--seed', '42')
    expect(tried.code).toBe(0)
    expect(tried.out).toMatch(/^team +salesperson +lead +why\n/)
    expect(tried.out.match(/Tehran +Omid +Lead \d+ +in turn, place [1-4] of 4\n/g)).toHaveLength(4)
    expect(tried.out.match(/Tehran +Sara +Lead \d+ +in turn, place [1-4] of 4\n/g)).toHaveLength(4)
    expect(tried.out).toMatch(
      /waiting +why\n─+ +─+\nLead \d+ +no capacity\nLead \d+ +no capacity\n$/,
    )
    expect(tried.err).toBe(
      '8 given, 2 waiting; seed 42.\nNothing has happened: this was only tried out.\n',
    )
    expect((await forsat('assign', 'run', '--dry-run', '--seed', '42')).out).toBe(tried.out)
    expect(await planned('--seed', '42')).toMatchObject({ seed: 42 })
  })

  test('is told in Persian too', async () => {
    await waiting(folder, 1, morning)
    const { out, err } = await forsat('assign', 'run', '--seed', '7', '--lang', 'fa')
    expect(out).toContain('به نوبت، جای ۱ از ۴')
    expect(err).toBe('۱ سپرده شد، ۰ ماند؛ عدد قرعه ۷.\n')
  })

  test('needs a seed that is one, and a team that there is', async () => {
    await waiting(folder, 0, morning)
    expect(await forsat('assign', 'run', '--seed', 'x')).toMatchObject({ code: 2 })
    expect(await forsat('assign', 'run', '--seed', '4294967296')).toMatchObject({ code: 2 })
    const nowhere = await forsat('assign', 'run', '--team', '000000000000000000000000T9')
    expect(nowhere).toMatchObject({ code: 2, err: expect.stringContaining('is no team') })
  })

  test('gives four each on the first day and the rest on the next, with no lead twice (O12)', async () => {
    await waiting(folder, 15, morning)
    expect(shares(await ran(morning))).toEqual([4, 4])
    const later = await ran('2026-02-08T20:29:00.000Z')
    expect(shares(later)).toEqual([])
    expect(later.left.map(({ reason }) => reason)).toEqual(Array(7).fill('no capacity'))
    expect(shares(await ran('2026-02-08T20:31:00.000Z'))).toEqual([3, 4])
    expect(await ran('2026-02-09T08:00:00.000Z')).toMatchObject({ assigned: [], left: [] })
  })
})

describe('assign rules', () => {
  test('says in words who takes what, in both languages', async () => {
    await waiting(folder, 0, morning)
    const { out } = await forsat('assign', 'rules')
    expect(out).toMatch(/^team +salesperson +takes +asks first for +capacity\n/)
    expect(out).toContain('country is Iran or country is not known')
    expect(out).toMatch(/ Sara +4 a day\n/)
    expect(out).toMatch(/ Nika +paused\n/)
    const persian = await forsat('assign', 'rules', '--lang', 'fa')
    expect(persian.out).toContain('کشور ایران است یا کشور معلوم نیست')
    expect(persian.out).toContain('روزی ۴')
    const told = JSON.parse((await forsat('assign', 'rules', '--json')).out)
    expect(told).toMatchObject({ items: [{ name: 'Tehran', members: [{}, {}, {}] }] })
  })
})

describe('assign replay', () => {
  test('plans the last run again, finds the same, and says so', async () => {
    await waiting(folder, 10, morning)
    expect(await forsat('assign', 'replay')).toMatchObject({
      code: 1,
      err: 'There was no run yet.\n',
    })
    const { id } = await ran(morning)
    await ran('2026-02-09T08:00:00.000Z')
    const last = await forsat('assign', 'replay')
    expect(last).toMatchObject({ code: 0, err: expect.stringContaining('2 given, 0 waiting') })
    const first = await forsat('assign', 'replay', id)
    expect(first.out).toBe(`Run ${id}: the same facts and the same plan.\n`)
    expect(first).toMatchObject({ code: 0, err: expect.stringContaining('8 given, 2 waiting') })
    const told = JSON.parse((await forsat('assign', 'replay', id, '--json')).out)
    expect(told).toMatchObject({ id, same: true, differences: [] })
    expect(await forsat('assign', 'replay', '000000000000000000000000Z9')).toMatchObject({
      code: 1,
    })
  })

  test('shows a lead that was kept from whoever had the turn, in both languages', async () => {
    await waiting(folder, 3, morning)
    const { id } = await ran(morning)
    const { forged, title, person } = await forgedRun(folder, id, morning)
    const shown = await forsat('assign', 'replay', forged)
    expect(shown.code).toBe(1)
    expect(shown.out).toMatch(/^lead +recorded +planned again\n/)
    expect(shown.out).toContain(title)
    expect(shown.out).toMatch(new RegExp(`no capacity +${person}: in turn, place \\d of \\d`))
    expect(shown.out).toContain(`Run ${forged}: not what the rules and the history say.\n`)
    const persian = await forsat('assign', 'replay', forged, '--lang', 'fa')
    expect(persian.out).toContain('با قاعده‌ها و پیشینه نمی‌خواند')
  })
})

describe('two servers on one store', () => {
  test('asked at once by many give nobody more than was agreed, and no lead twice (O12)', async () => {
    await waiting(folder, 15, morning)
    const serve = ['serve', '--no-auth', '--port', '0', `--test-clock=${morning}`]
    const servers = [1, 2].map(() => startedIn(folder, {}, serve))
    running.push(...servers)
    const addresses = await Promise.all(servers.map(addressOf))
    const runs = await Promise.all(
      [...addresses, ...addresses, ...addresses].map(async (address) => {
        const answer = await fetch(`${address}/v1/assignment/runs`, { method: 'POST' })
        expect(answer.status).toBe(201)
        return (await answer.json()) as RunView
      }),
    )
    const given = runs.flatMap(({ assigned }) => assigned)
    expect(new Set(given.map(({ opportunityId }) => opportunityId)).size).toBe(8)
    expect(shares({ assigned: given })).toEqual([4, 4])
    const log = `${addresses[0]}/v1/events?type=OpportunityAssigned&limit=200`
    const { items } = (await (await fetch(log)).json()) as { readonly items: readonly object[] }
    expect(items).toHaveLength(8)
  })
})

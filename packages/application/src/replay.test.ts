import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryKeys, memoryStore } from '@forsat/event-store/memory'
import { openSqliteStore } from '@forsat/event-store/sqlite'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { testClock } from './clock.ts'
import { createForsat, type Forsat } from './forsat.ts'
import { mintedIds } from './ids.ts'
import { keyFiles } from './key-files.ts'
import { setUp } from './set-up.ts'
import type { Command } from './use-cases.ts'

const start = '2026-03-01T08:00:00.000Z'
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forsat-replay-'))
})
afterEach(() => rm(folder, { recursive: true }))

const acts =
  'open capture qualify revise stage assign note override automate win lose reopen merge correct withdraw rename'.split(
    ' ',
  )

/** What a caller wants of the n-th opportunity there is. */
type Wish = readonly [what: string, which: number, detail: number]

const wishes = fc.array(fc.tuple(fc.constantFrom(...acts), fc.nat(5), fc.nat(9)), {
  minLength: 5,
  maxLength: 30,
})

interface World {
  readonly forsat: Forsat
  readonly company: string
  readonly user: string
  readonly reasons: readonly string[]
  readonly stages: readonly string[]
  readonly sales: string[]
}

const commandOf = ([what, which, detail]: Wish, world: World): Command | undefined => {
  const { sales, reasons, stages, user } = world
  const id = sales[which % Math.max(sales.length, 1)] ?? 'none'
  const pick = (list: readonly string[]) => list[detail % list.length] ?? ''
  const money = { amount: String(detail * 1000), currency: 'IRR' }
  const fields = { title: `sale ${detail}`, tags: [`t${detail % 3}`], expectedRevenue: money }
  switch (what) {
    case 'open':
      return { type: 'OpenOpportunity', data: { ...fields, phone: `0${detail}21` } }
    case 'capture':
      return { type: 'CaptureLead', data: { ...fields, source: 'fair' } }
    case 'qualify':
      return { type: 'QualifyLead', data: { id } }
    case 'revise':
      return { type: 'ReviseOpportunity', data: { id, ...fields, email: null, country: 'IR' } }
    case 'stage':
      return { type: 'StageOpportunity', data: { id, stageId: pick(stages) } }
    case 'assign':
      return { type: 'AssignOpportunity', data: { id, salespersonId: detail < 5 ? user : null } }
    case 'note':
      return { type: 'NoteOpportunity', data: { id, text: `note ${detail}` } }
    case 'override':
      return { type: 'OverrideProbability', data: { id, value: detail * 12.5 } }
    case 'automate':
      return { type: 'AutomateProbability', data: { id } }
    case 'win':
      return { type: 'WinOpportunity', data: { id, revenue: money } }
    case 'lose':
      return { type: 'LoseOpportunity', data: { id, reasonId: pick(reasons), note: 'so it goes' } }
    case 'reopen':
      return { type: 'ReopenOpportunity', data: { id } }
    case 'merge':
      return { type: 'MergeOpportunities', data: { id, from: [pick(sales)] } }
    case 'correct':
      return { type: 'CorrectOpportunity', data: { id, reason: 'typo', competitor: `c${detail}` } }
    case 'withdraw':
      return { type: 'WithdrawOpportunity', data: { id, reason: 'test' } }
    case 'rename':
      return { type: 'ReviseLostReason', data: { id: pick(reasons), name: `reason ${detail}` } }
    default:
      return undefined
  }
}

const worldOf = async (forsat: Forsat): Promise<World> => {
  const { companyId: company, userId: user } = await setUp(forsat, { language: 'en' })
  const [reasons, stages] = await Promise.all([
    forsat.query.lostReasons.list({ company }),
    forsat.query.stages.list({ company }),
  ])
  if (E.isLeft(reasons) || E.isLeft(stages)) throw new Error('a list was refused')
  return {
    forsat,
    company,
    user,
    reasons: reasons.right.items.map(({ id }) => id),
    stages: stages.right.items.map(({ id }) => id),
    sales: [],
  }
}

/** Two callers take turns; every answer is kept. */
const live = async (world: World, story: readonly Wish[]): Promise<readonly unknown[]> => {
  const { forsat, company, user } = world
  const answers: unknown[] = []
  for (const [turn, wish] of story.entries()) {
    const command = commandOf(wish, world)
    if (command === undefined) continue
    const actor = turn % 2 === 0 ? `user:${user}` : 'system:caller'
    const answer = await forsat.execute(command, { company, actor })
    const opens = command.type === 'OpenOpportunity' || command.type === 'CaptureLead'
    if (opens && E.isRight(answer)) world.sales.push(answer.right.id)
    answers.push(answer)
  }
  return answers
}

const eventsOf = async ({ forsat, company }: World): Promise<readonly unknown[]> => {
  await forsat.settle()
  const events: unknown[] = []
  for (let after = 0; ; ) {
    const page = await forsat.query.events({ company }, { after, limit: 200 })
    if (E.isLeft(page)) throw new Error('the log was refused')
    events.push(...page.right.items)
    if (page.right.next === undefined) return events
    after = Number(page.right.items.at(-1)?.position)
  }
}

/** Ids and the time are values, so that two worlds can be given the same ones. */
const beginnings = () => {
  const clock = testClock(start)
  let minted = 0
  const ids = { next: () => `01JREPLAY0${String((minted += 1)).padStart(16, '0')}` }
  return { clock, ids: { next: () => ids.next().replaceAll(/[ILOU]/g, 'X') } }
}

test('a story told to memory and to SQLite ends alike, and again after the read models are made anew', async () => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(wishes, async (story) => {
      run += 1
      const path = join(folder, `${run}.db`)
      const first = beginnings()
      const second = beginnings()
      await using inMemory = await createForsat({
        ...first,
        store: memoryStore(first),
        keys: memoryKeys(),
        readModels: ':memory:',
      })
      await using onDisk = await createForsat({
        ...second,
        store: await openSqliteStore(path, second),
        keys: keyFiles(join(folder, `${run}.keys`)),
        readModels: join(folder, `${run}.read.db`),
      })
      const worlds = [await worldOf(inMemory), await worldOf(onDisk)] as const
      const [here, there] = [await live(worlds[0], story), await live(worlds[1], story)]
      expect(there).toEqual(here)
      expect(await eventsOf(worlds[1])).toEqual(await eventsOf(worlds[0]))

      const before = await onDisk.projections.digest()
      expect(before).toEqual(await inMemory.projections.digest())
      await onDisk.projections.rebuild()
      expect(await onDisk.projections.digest()).toEqual(before)
    }),
    { numRuns: 15 },
  )
})

test('a second opening goes on where the first one was, with nothing done twice', async () => {
  const clock = testClock(start)
  const given = { store: `sqlite:${join(folder, 'again.db')}`, clock }
  const { openForsat } = await import('./open.ts')
  const story: readonly Wish[] = [
    ['open', 0, 1],
    ['open', 0, 2],
    ['merge', 0, 1],
    ['lose', 0, 0],
  ]
  const firstTime = await openForsat(given)
  const world = await worldOf(firstTime)
  await live(world, story)
  const events = await eventsOf(world)
  const digest = await firstTime.projections.digest()
  await firstTime[Symbol.asyncDispose]()

  await using later = await openForsat({ ...given, ids: mintedIds(clock) })
  expect(await setUp(later)).toEqual({ companyId: world.company, userId: world.user })
  expect(await eventsOf({ ...world, forsat: later })).toEqual(events)
  expect(await later.projections.digest()).toEqual(digest)
})

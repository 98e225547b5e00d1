/**
 * What holds of all read models, whatever happened and however it reaches them.
 *
 * @module
 */
import { test } from '@fast-check/vitest'
import type { OpportunityCommand } from '@forsat/domain'
import type { EventStore, StoredEvent } from '@forsat/event-store'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { prepareFile } from './bookkeeping.ts'
import { inMemory, openForWriting } from './database.ts'
import { digestAtOnce } from './digest.ts'
import { createProjections } from './projections.ts'
import { readModels } from './read-models/read-models.ts'
import { acme, idOf, on, readSample, rials, type SampleLog, sampleLog, sara } from './sample-log.ts'
import { projectionTables } from './tables/projection-tables.ts'

const opportunity = fc.nat(3).map((n) => idOf('A', n))
const label = fc.constantFrom('web', 'Web', 'fair', 'نمایشگاه')
const reason = fc.constantFrom('R1', 'R2').map((kind) => ({
  id: idOf(kind, 1),
  name: kind,
  archived: false,
  requiresNote: false,
}))
const openStage = fc
  .nat(1)
  .map((n) => ({ id: idOf('S', n), name: 'Proposal', won: false as const }))
const wonStage = { id: idOf('S', 9), name: 'Signed', won: true as const }
const when = on('2026-01-10')
const cause = 'person' as const

const begun = fc.record({
  title: fc.constantFrom('Desks', 'Chairs'),
  source: label,
  expectedRevenue: fc.nat(1000).map(rials),
  tags: fc.subarray(['new', 'large']),
  emailPresent: fc.constant(false),
  phonePresent: fc.constant(false),
})
const opening = begun.map(
  (fields): OpportunityCommand => ({
    type: 'OpenOpportunity',
    data: { ...fields, ...when },
  }),
)
const command: fc.Arbitrary<OpportunityCommand> = fc.oneof(
  opening,
  fc
    .record({ source: fc.option(label), tags: fc.subarray(['new', 'large', 'late']) })
    .map(
      (changes): OpportunityCommand => ({ type: 'ReviseOpportunity', data: { changes, ...when } }),
    ),
  openStage.map(
    (stage): OpportunityCommand => ({ type: 'StageOpportunity', data: { stage, ...when } }),
  ),
  fc.constant<OpportunityCommand>({
    type: 'AssignOpportunity',
    data: { salespersonId: sara, ...when },
  }),
  fc.constant<OpportunityCommand>({ type: 'NoteOpportunity', data: { text: 'called', ...when } }),
  fc.constant<OpportunityCommand>({
    type: 'WinOpportunity',
    data: { cause, stage: wonStage, ...when },
  }),
  reason.map(
    (each): OpportunityCommand => ({
      type: 'LoseOpportunity',
      data: { reason: each, requireReason: true, quoted: [], quotationSent: false, cause, ...when },
    }),
  ),
  openStage.map(
    (stage): OpportunityCommand => ({
      type: 'ReopenOpportunity',
      data: { stage, cause, ...when },
    }),
  ),
  fc.constant<OpportunityCommand>({
    type: 'WithdrawOpportunity',
    data: { reason: 'entered twice', ...when },
  }),
)
/** Questions to a few opportunities, most of which were begun before. */
const history = fc
  .array(fc.tuple(opportunity, command), { maxLength: 40 })
  .map((asked) => [...[0, 1].map((n) => [idOf('A', n), openedFirst] as const), ...asked])
const openedFirst: OpportunityCommand = {
  type: 'OpenOpportunity',
  data: { title: 'Desks', emailPresent: false, phonePresent: false, ...when },
}
type History = typeof history extends fc.Arbitrary<infer Value> ? Value : never

const told = async (asked: History, log: SampleLog = sampleLog()): Promise<SampleLog> => {
  for (const [index, [id, each]] of asked.entries()) {
    log.now = new Date(Date.parse('2026-01-10T08:00:00.000Z') + index).toISOString()
    await log.ask(id, each)
  }
  return log
}

const eventsOf = async ({ store }: SampleLog): Promise<readonly StoredEvent[]> => {
  const events: StoredEvent[] = []
  for await (const page of store.readLog()) events.push(...page)
  return events
}

/** The store as it was when this event was the last. */
const endingAt = (store: EventStore, to: number): EventStore => ({
  ...store,
  head: async () => to,
  async *follow({ signal }) {
    yield* store.readLog({ to })
    if (signal.aborted) return
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
  },
})

/** Folds in portions; between two of them everything is written and forgotten. */
const foldedIn = (portions: readonly (readonly StoredEvent[])[]) => {
  using db = openForWriting(inMemory)
  prepareFile(db, readModels)
  const tables = readModels.map((projection) => projectionTables(db, projection, 1))
  for (const portion of portions) {
    for (const stored of portion) for (const each of tables) each.apply(readSample(stored))
    for (const each of tables) {
      each.write()
      each.forget()
    }
  }
  return digestAtOnce(db, readModels)
}

const cut = (events: readonly StoredEvent[], sizes: readonly number[]) => {
  const portions: StoredEvent[][] = []
  const rest = [...events]
  for (const size of sizes) portions.push(rest.splice(0, size))
  return [...portions, rest]
}

/** Digests of read models as they are kept up. */
const live = async (log: SampleLog, during: (log: SampleLog) => Promise<unknown>) => {
  await using projections = await createProjections({ ...log, now: () => log.now, path: inMemory })
  await during(log)
  await projections.waitFor(await log.store.head(), { timeoutMs: 5000 })
  return await projections.digest()
}

describe('read models', () => {
  test.prop([history, fc.array(fc.nat(5), { maxLength: 10 })], { numRuns: 30 })(
    'are the same folded at once and in any portions',
    async (asked, sizes) => {
      const events = await eventsOf(await told(asked))
      expect(foldedIn(cut(events, sizes))).toEqual(foldedIn([events]))
    },
  )

  test.prop([history, history], { numRuns: 15 })(
    'are the same kept up and made anew',
    async (before, after) => {
      const log = await told(before)
      const kept = await live(log, () => told(after, log))
      expect(kept).toEqual(foldedIn([await eventsOf(log)]))
    },
  )

  test.prop([history, history], { numRuns: 15 })(
    'are the same rebuilt, also while more happens',
    async (before, after) => {
      const log = await told(before)
      await using projections = await createProjections({ ...log, now: () => log.now, path: inMemory })
      await Promise.all([
        told(after, log),
        projections.rebuild(),
        projections.rebuild(['opportunities']),
      ])
      await projections.waitFor(await log.store.head(), { timeoutMs: 5000 })
      expect(await projections.digest()).toEqual(foldedIn([await eventsOf(log)]))
    },
  )

  test.prop([history, fc.nat(40)], { numRuns: 20 })(
    'tell of a past what they told then',
    async (asked, at) => {
      const log = await told(asked)
      const position = Math.min(Math.max(1, at), await log.store.head())
      await using projections = await createProjections({ ...log, now: () => log.now, path: inMemory })
      await projections.waitFor(await log.store.head(), { timeoutMs: 5000 })
      const { reports, opportunities } = projections.query
      const request = { groupBy: ['source', 'stage', 'tag', 'salesperson'] } as const

      await using then = await createProjections({
        ...log,
        now: () => log.now,
        store: endingAt(log.store, position),
        path: inMemory,
      })
      expect(await then.waitFor(position, { timeoutMs: 5000 })).toBe(true)

      const scope = { company: acme }
      expect(await reports.winRate(scope, { ...request, at: { position } })).toEqual(
        await then.query.reports.winRate(scope, request),
      )
      expect(await reports.lostReasons(scope, { ...request, at: { position } })).toEqual(
        await then.query.reports.lostReasons(scope, request),
      )
      const id = idOf('A', 0)
      expect(await opportunities.get(id, scope, { position })).toEqual(
        await then.query.opportunities.get(id, scope),
      )
    },
  )
})

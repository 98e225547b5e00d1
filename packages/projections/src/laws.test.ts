/**
 * What holds of all read models, whatever happened and however it reaches them.
 *
 * @module
 */
import { test } from '@fast-check/vitest'
import type { EventStore, StoredEvent } from '@forsat/event-store'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { prepareFile } from './bookkeeping.ts'
import { inMemory, openForWriting } from './database.ts'
import { digestAtOnce } from './digest.ts'
import { createProjections } from './projections.ts'
import { readModels } from './read-models/read-models.ts'
import { right } from './sample-company.ts'
import { history, told } from './sample-histories.ts'
import { acme, idOf, readSample, type SampleLog } from './sample-log.ts'
import { quotationId } from './sample-offers.ts'
import { projectionTables } from './tables/projection-tables.ts'

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
      await using projections = await createProjections({
        ...log,
        now: () => log.now,
        path: inMemory,
      })
      await Promise.all([
        told(after, log),
        projections.rebuild(),
        projections.rebuild(['opportunities', 'quotations']),
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
      await using projections = await createProjections({
        ...log,
        now: () => log.now,
        path: inMemory,
      })
      await projections.waitFor(await log.store.head(), { timeoutMs: 5000 })
      const { reports, opportunities, quotations } = projections.query
      const request = { groupBy: ['source', 'stage', 'tag', 'salesperson'] } as const

      const last = (await eventsOf(log)).find((event) => event.position === position)
      await using then = await createProjections({
        ...log,
        now: () => last?.recordedAt ?? log.now,
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
      for (const id of [0, 1, 2, 3].map((n) => idOf('A', n))) {
        expect(await opportunities.get(id, scope, { position })).toEqual(
          await then.query.opportunities.get(id, scope),
        )
      }
      for (const id of [0, 1, 2].map(quotationId)) {
        // Addresses are for whoever writes on; of a past nobody does.
        const { addresses: _now, ...shown } = (await then.query.quotations.get(id, scope)) ?? {}
        expect((await quotations.get(id, scope, { position })) ?? {}).toEqual(shown)
      }
    },
  )

  test.prop([history], { numRuns: 15 })(
    'tell one total of an offer in every place (O19 f)',
    async (asked) => {
      const log = await told(asked)
      await using projections = await createProjections({
        ...log,
        now: () => log.now,
        path: inMemory,
      })
      await projections.waitFor(await log.store.head(), { timeoutMs: 5000 })
      const { quotations, opportunities, orders } = projections.query
      const scope = { company: acme }
      const ordered = right(await orders.list(scope))
      for (const { id, totals, order, ...item } of right(await quotations.list(scope)).items) {
        const total = item.live?.total ?? totals.total
        const detail = await quotations.get(id, scope)
        const [of = ''] = [detail?.opportunityId]
        const sale = await opportunities.get(of, scope)
        const inSql = projections.sql(
          `SELECT total_amount, currency FROM quotation WHERE id = '${id}'`,
        )
        expect(detail?.totals).toEqual(totals)
        const inSale = sale?.quotations.find((each) => each.id === id)
        expect(inSale?.total).toEqual(sale && total)
        expect(inSql.rows).toEqual([[total.amount, total.currency]])
        if (order?.status === 'confirmed') {
          // Histories number what they like: two offers may have orders of one number.
          const [own, ...others] = ordered.items.filter(
            (each) => each.quotationId === id && each.status === 'confirmed',
          )
          expect(others).toEqual([])
          expect(own).toMatchObject({ number: order.number, total })
        }
      }
    },
  )
})

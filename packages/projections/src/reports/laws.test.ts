/**
 * What is true of the reports on offers, whatever happened.
 *
 * @module
 */
import { test } from '@fast-check/vitest'
import { type Money, sumByCurrency } from '@forsat/domain'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { inMemory } from '../database.ts'
import { createProjections, type Projections } from '../projections.ts'
import { right, scope } from '../sample-company.ts'
import { history, told } from '../sample-histories.ts'
import type { SampleLog } from '../sample-log.ts'

const readModelsOf = async (log: SampleLog, now = () => log.now): Promise<Projections> => {
  const projections = await createProjections({ ...log, now, path: inMemory })
  await projections.waitFor(await log.store.head(), { timeoutMs: 5000 })
  return projections
}

/** When the event at a position was recorded: what the clock showed then. */
const recordedAt = async ({ store }: SampleLog, position: number): Promise<string> => {
  for await (const [event] of store.readLog({ after: position - 1, to: position })) {
    if (event !== undefined) return event.recordedAt
  }
  throw new Error(`nothing stands at ${position}`)
}

/** Nothing at all and nothing but zeros are one sum. */
const sumOf = (amounts: Iterable<Money>) =>
  sumByCurrency(amounts).filter(({ amount }) => !/^-?[0.]+$/.test(amount))

const statuses = ['draft', 'sent', 'expired', 'confirmed', 'declined', 'cancelled'] as const

describe('reports on offers', () => {
  test.prop([history], { numRuns: 15 })(
    'say what lists, orders and opportunities say, to the last digit (O19 f)',
    async (asked) => {
      await using projections = await readModelsOf(await told(asked))
      const { quotations, orders, opportunities, reports } = projections.query
      const { totals, rows } = right(await reports.quotations(scope))

      const listed = right(await quotations.list(scope)).items.map(
        ({ live, status, totals: { total } }) => live ?? { status, total },
      )
      expect(totals.count).toBe(listed.length)
      expect(sumOf(totals.total ?? [])).toEqual(sumOf(listed.map(({ total }) => total)))
      for (const status of statuses) {
        const row = rows.find((each) => each.status === status)
        const ofStatus = listed.filter((each) => each.status === status)
        expect(row?.count ?? 0).toBe(ofStatus.length)
        expect(sumOf(row?.total ?? [])).toEqual(sumOf(ofStatus.map(({ total }) => total)))
      }

      const standing = right(await orders.list(scope, { filters: { status: 'confirmed' } })).items
      expect(totals.confirmed).toBe(standing.length)
      expect(sumOf(totals.confirmedTotal ?? [])).toEqual(sumOf(standing.map(({ total }) => total)))
      expect(sumOf(totals.confirmedNet ?? [])).toEqual(sumOf(standing.map(({ net }) => net)))

      const open = right(
        await opportunities.list(scope, { filters: { outcome: 'open', kind: 'opportunity' } }),
      ).items.map(({ quotationTotals }) => quotationTotals)
      const pipeline = right(await reports.pipeline(scope)).totals
      expect(pipeline.count).toBe(open.length)
      expect(sumOf(pipeline.quotedTotal ?? [])).toEqual(sumOf(open.flatMap((each) => each.open)))
      expect(sumOf(pipeline.confirmedTotal ?? [])).toEqual(
        sumOf(open.flatMap((each) => each.confirmed)),
      )
    },
  )

  test.prop([history, fc.nat()], { numRuns: 15 })(
    'tell of a past what they told then, and the same when read models are made anew',
    async (asked, seed) => {
      const cut = seed % (asked.length + 1)
      const log = await told(asked.slice(0, cut))
      const position = await log.store.head()
      const ask = async ({ query }: Projections, at: object) => {
        const request = { at, dateBasis: 'closed', groupBy: ['status', 'day'] } as const
        return [
          right(await query.reports.quotations(scope, request)),
          right(await query.reports.pipeline(scope, { at, groupBy: ['stage', 'quoted'] })),
        ]
      }
      let clock = await recordedAt(log, position)
      await using projections = await readModelsOf(log, () => clock)
      const before = await ask(projections, {})
      await told(asked.slice(cut), log)
      await projections.waitFor(await log.store.head(), { timeoutMs: 5000 })
      clock = log.now
      expect(await ask(projections, { position })).toEqual(before)
      const after = await ask(projections, {})
      right(await projections.rebuild())
      expect(await ask(projections, {})).toEqual(after)
      expect(await ask(projections, { effectiveAt: log.now })).toEqual(after)
    },
  )
})

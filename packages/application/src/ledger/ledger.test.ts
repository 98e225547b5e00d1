import { reckoned } from '@forsat/domain'
import type { EventStore, RecordedEvent, StoredEvent } from '@forsat/event-store'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Lines, type Selling, selling } from '../quotation/examples.ts'
import { periodOf, resealed, sealPeriod } from './closing.ts'
import { lateEntries } from './late.ts'
import { rulesBroken } from './rules.ts'
import { readWithoutKeys, states } from './states.ts'

let at: Selling
beforeEach(async () => {
  at = await selling()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  vi.useRealTimers()
  await at[Symbol.asyncDispose]()
})

const eur = (amount: string) => ({ amount, currency: 'EUR' })
/** A cent is lost or found, as VAT is rounded once or line by line. */
const pins: Lines = ['Red', 'Green', 'Blue'].map((name) => ({
  description: `${name} pin`,
  unitPrice: eur('0.33'),
}))

const seal = (period: string) => {
  const days = periodOf(period)
  if (days === undefined) throw new Error(`${period} is no period`)
  const company = { id: at.company, zone: 'UTC' }
  const context = { company: at.company, actor: 'user:manager' }
  return sealPeriod(at.forsat, { company, period: days, programVersion: '0.1.0' }, context)
}

/** A deal of January, told on the first of February. */
const january = async (): Promise<{ readonly sale: string; readonly offer: string }> => {
  const told = { occurredAt: '2026-01-10T08:00:00Z' }
  const { id: sale } = await at.done(
    { type: 'OpenOpportunity', data: { title: 'Pins', contactId: at.contactId } },
    told,
  )
  const { id: offer } = await at.drafted(pins, { opportunityId: sale })
  await at.done({ type: 'SendQuotation', data: { id: offer } })
  const won = { occurredAt: '2026-01-20T08:00:00Z' }
  await at.done({ type: 'WinOpportunity', data: { id: sale, revenue: eur('1.09') } }, won)
  return { sale, offer }
}

describe('a period', () => {
  test.each([
    ['1404-10', '2025-12-22', '2026-01-20'],
    ['2026-01', '2026-01-01', '2026-01-31'],
    ['2026-Q1', '2026-01-01', '2026-03-31'],
    ['1404', '2025-03-21', '2026-03-20'],
  ])('%s has its days', (text, from, to) => {
    expect(periodOf(text)).toEqual({ key: text, from, to })
  })

  test.each(['2026-13', '2026-Q5', '26', 'January'])('%s has none', (text) => {
    expect(periodOf(text)).toBeUndefined()
  })

  test('is closed with its figures, once, and not before it is over', async () => {
    await january()
    expect(await seal('2026-02')).toMatchObject({ left: { type: 'PeriodNotOver' } })
    expect(await seal('2026-01')).toMatchObject({ right: { events: [{ type: 'PeriodSealed' }] } })
    expect(await seal('2026-Q1')).toMatchObject({ left: { type: 'PeriodNotOver' } })
    expect(await seal('2026-01')).toMatchObject({
      left: { type: 'PeriodSealed', period: '2026-01' },
    })
    const closed = (await recorded(at.forsat.store)).find(
      ({ event }) => event.type === 'PeriodSealed',
    )
    expect(closed?.event.data).toMatchObject({
      from: '2026-01-01',
      to: '2026-01-31',
      counts: { happened: { OpportunityOpened: 1, OpportunityWon: 1 } },
      totals: { won: [eur('1.09')], sent: [] },
    })
  })

  test('takes nothing more that is told of its days, but corrections', async () => {
    const { sale } = await january()
    await seal('2026-01')
    const inside = { occurredAt: '2026-01-25T08:00:00Z' }
    const open = { type: 'OpenOpportunity', data: { title: 'Late' } } as const
    expect(await at.refusal(open, inside)).toEqual({ type: 'PeriodSealed', period: '2026-01' })
    await at.done(open, { occurredAt: '2025-12-31T08:00:00Z' })
    await at.done(open)
    const mending = { id: sale, reason: 'Misread', revenue: eur('1.08') }
    await at.done({ type: 'CorrectOpportunity', data: mending }, inside)
    const company = { id: at.company, zone: 'UTC' }
    const { items } = await lateEntries(at.forsat.store, { company, days: 30, limit: 50 })
    expect(items.map(({ type, period, daysLate }) => [type, period, daysLate])).toEqual([
      ['OpportunityOpened', undefined, 32],
      ['OpportunityCorrected', '2026-01', 7],
    ])
    const first = await lateEntries(at.forsat.store, { company, days: 30, limit: 1 })
    const rest = { company, days: 30, limit: 9, after: first.next }
    expect((await lateEntries(at.forsat.store, rest)).items).toEqual(items.slice(1))
  })
})

const recorded = async (store: EventStore): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = []
  for await (const page of store.readLog()) events.push(...page.map(readWithoutKeys))
  return events
}

const backwards = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(backwards)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, each]) => [name, backwards(each)]),
  )
}

describe('a history', () => {
  test('comes to the same in another zone, at another time, in whatever order its fields are kept', async () => {
    await january()
    const events = await recorded(at.forsat.store)
    const digested = (log: readonly RecordedEvent[]) => {
      const all = states()
      for (const event of log) all.apply(event)
      return all.digest(at.company)
    }
    const here = digested(events)
    vi.stubEnv('TZ', 'Pacific/Auckland')
    vi.stubEnv('LC_ALL', 'fa_IR.UTF-8')
    vi.useFakeTimers({ now: Date.parse('2031-07-01T00:00:00Z'), toFake: ['Date'] })
    const turned = events.map((event) => ({ ...event, event: backwards(event.event) }))
    expect(digested(turned as readonly RecordedEvent[])).toEqual(here)
    expect(here.records).toBeGreaterThan(3)
    expect(digested(events.slice(0, -1)).digest).not.toBe(here.digest)
  })

  test('that was sealed is read the same, and not by a program that rounds otherwise', async () => {
    await january()
    await seal('2026-01')
    await at.done({ type: 'OpenOpportunity', data: { title: 'Another' } })
    const { store } = at.forsat
    expect(await resealed(store)).toEqual({ compared: 1, broken: [] })
    const byLine: typeof reckoned = (content, by) =>
      reckoned(content, { ...by, vatRounding: 'line' })
    expect(await resealed(store, byLine)).toMatchObject({
      compared: 1,
      broken: [{ period: '2026-01', company: at.company }],
    })
  })
})

describe('the rules of approval', () => {
  const [seller, manager] = ['user:seller', 'user:manager']

  /** An offer that needed an approval, and was sent with one. */
  const approved = async (): Promise<void> => {
    await at.done({
      type: 'SetPolicies',
      data: { id: at.company, approval: { totalAbove: '1.00' } },
    })
    const { id } = await at.drafted(pins)
    const decide = (decision: 'request' | 'grant', actor: string) =>
      at.done({ type: 'DecideQuotationApproval', data: { id, decision } }, { actor })
    await decide('request', seller)
    await decide('grant', manager)
    await at.done({ type: 'SendQuotation', data: { id } }, { actor: seller })
  }

  /** The log as somebody would have it told. */
  const retold = (tell: (event: StoredEvent) => StoredEvent | undefined): EventStore => ({
    ...at.forsat.store,
    async *readLog() {
      for await (const page of at.forsat.store.readLog()) {
        yield page.flatMap((event) => tell(event) ?? [])
      }
    },
  })
  const isOf = (type: string) => (event: StoredEvent) => event.type.startsWith(`${type}.`)
  const granted = isOf('QuotationApprovalGranted')

  test('were kept where two agreed on what was sent', async () => {
    await approved()
    expect(await rulesBroken(at.forsat.store, at.company)).toEqual({ checked: 2, broken: [] })
  })

  test.each<[string, (event: StoredEvent) => StoredEvent | undefined]>([
    ['SENT_WITHOUT_APPROVAL', (event) => (granted(event) ? undefined : event)],
    [
      'APPROVER_IS_REQUESTER',
      (event) => (granted(event) ? { ...event, data: event.data.replace(manager, seller) } : event),
    ],
    [
      'APPROVAL_OF_OTHER_CONTENT',
      (event) =>
        isOf('QuotationDrafted')(event)
          ? { ...event, data: event.data.replace('"quantity":"1"', '"quantity":"2"') }
          : event,
    ],
    [
      'SENT_BY_APPROVER',
      (event) => (isOf('QuotationSent')(event) ? { ...event, actor: manager } : event),
    ],
  ])('%s is found in history', async (rule, tell) => {
    await approved()
    const { broken } = await rulesBroken(retold(tell), at.company)
    expect(broken.map((each) => each.rule)).toContain(rule)
  })
})

/**
 * Closing a period: what a company's history came to up to now, and what happened in the period. The
 * figures are worked out from the log alone, so anybody can work them out again.
 *
 * @module
 */
import { type Closing, type Money, sumByCurrency } from '@forsat/domain'
import { type Bucket, bucket, fromJalali, localDate } from '@forsat/domain/time'
import type { EventStore, RecordedEvent } from '@forsat/event-store'
import * as E from 'fp-ts/lib/Either.js'
import type { Context, Outcome } from '../context.ts'
import type { Forsat } from '../forsat.ts'
import type { Refusal } from '../refusal.ts'
import { type Reckoning, readWithoutKeys, states } from './states.ts'
import { ledgerOf } from './use-cases.ts'

/** Raised when folding is changed on purpose. */
const digestVersion = 1

/**
 * The days of a month, a quarter or a year; below 1700 it is one of the Jalali calendar.
 *
 * @example periodOf('1404-10') // { key: '1404-10', from: '2025-12-22', to: '2026-01-20' }
 */
export const periodOf = (text: string): Bucket | undefined => {
  const [, year = '', quarter, month] =
    /^(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?$/.exec(text) ?? []
  if (year === '') return undefined
  const calendar = Number(year) < 1700 ? 'jalali' : 'gregorian'
  const first = month ?? String(Number(quarter ?? 1) * 3 - 2).padStart(2, '0')
  const day = `${year}-${first}-01`
  const date = calendar === 'jalali' ? fromJalali(day) : day
  const unit = month === undefined ? (quarter === undefined ? 'year' : 'quarter') : 'month'
  return date === undefined ? undefined : bucket(date, unit, { calendar, weekStartsOn: 'monday' })
}

interface Sealing {
  readonly company: { readonly id: string; readonly zone: string }
  readonly period: Bucket
  readonly programVersion: string
}

/** What is sealed, as of the last event there is. */
const closingOf = async (
  store: EventStore,
  { company, period, programVersion }: Sealing,
): Promise<Closing | undefined> => {
  const all = states()
  const sums = { sent: noMoney(), confirmed: noMoney(), won: noMoney(), lost: noMoney() }
  const happened = new Map<string, number>()
  let last: RecordedEvent | undefined
  let events = 0
  for await (const page of store.readLog()) {
    for (const stored of page) {
      const event = readWithoutKeys(stored)
      last = event
      all.apply(event)
      if (event.company !== company.id) continue
      events += 1
      const day = localDate(event.occurredAt, company.zone)
      if (day < period.from || day > period.to) continue
      happened.set(event.event.type, (happened.get(event.event.type) ?? 0) + 1)
      const worth = worthOf(event)
      if (worth !== undefined) sums[worth.kind].push(worth.amount)
    }
  }
  if (last === undefined) return undefined
  const { digest, records } = all.digest(company.id)
  const summed = (amounts: readonly Money[]) =>
    [...sumByCurrency(amounts)].toSorted((a, b) => (a.currency < b.currency ? -1 : 1))
  return {
    period: period.key,
    from: period.from,
    to: period.to,
    upTo: last.id,
    programVersion,
    digestVersion,
    digest,
    counts: { events, records, happened: inOrder(happened) },
    totals: {
      sent: summed(sums.sent),
      confirmed: summed(sums.confirmed),
      won: summed(sums.won),
      lost: summed(sums.lost),
    },
  }
}

const inOrder = (counts: ReadonlyMap<string, number>) =>
  Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)))

const noMoney = (): Money[] => []

/** What an outcome is worth, by the event that tells it. */
const worthOf = ({
  event,
}: RecordedEvent):
  | { readonly kind: 'sent' | 'confirmed' | 'won' | 'lost'; readonly amount: Money }
  | undefined => {
  const { type } = event
  const data: {
    readonly total?: Money
    readonly totals?: { readonly total: Money }
    readonly revenue?: Money
    readonly expectedRevenue?: Money
  } = event.data
  const kind = kinds[type]
  const amount = {
    sent: data.totals?.total,
    confirmed: data.total,
    won: data.revenue,
    lost: data.expectedRevenue,
  }[kind ?? 'sent']
  return kind === undefined || amount === undefined ? undefined : { kind, amount }
}

const kinds: Readonly<Record<string, 'sent' | 'confirmed' | 'won' | 'lost'>> = {
  QuotationSent: 'sent',
  QuotationConfirmed: 'confirmed',
  OpportunityWon: 'won',
  OpportunityLost: 'lost',
}

/** Closes a period of a company for good. */
export const sealPeriod = async (
  { store, execute, audit }: Pick<Forsat, 'store' | 'execute' | 'audit'>,
  sealing: Sealing,
  context: Context,
): Promise<E.Either<Refusal, Outcome & { readonly digest: string }>> => {
  const closing = await closingOf(store, sealing)
  if (closing === undefined) return E.left({ type: 'NotFound' })
  const data = { id: ledgerOf(sealing.company.id), ...closing }
  const sealed = await execute({ type: 'SealPeriod', data }, context)
  if (E.isLeft(sealed)) return sealed
  await audit.keep()
  return E.right({ ...sealed.right, digest: closing.digest })
}

/** A closed period that today's program reads otherwise than the one that closed it. */
export interface SealBroken {
  readonly period: string
  readonly company: string
  readonly sealed: string
  readonly read: string
  /** Of the event that closed it, from 0. */
  readonly index: number
}

/** Folds the log once and compares what each closed period said then with what it is now. */
export const resealed = async (
  store: EventStore,
  reckon?: Reckoning,
): Promise<{ readonly compared: number; readonly broken: readonly SealBroken[] }> => {
  const seals = new Map<string, { readonly event: RecordedEvent; readonly closing: Closing }[]>()
  for await (const page of store.readLog()) {
    for (const stored of page) {
      if (!stored.type.startsWith('PeriodSealed.')) continue
      const event = readWithoutKeys(stored)
      const closing = event.event.data as Closing
      // One that was folded on purpose otherwise is another program's to compare.
      if (closing.digestVersion !== digestVersion) continue
      seals.set(closing.upTo, [...(seals.get(closing.upTo) ?? []), { event, closing }])
    }
  }
  const all = states(reckon)
  const broken: SealBroken[] = []
  let compared = 0
  for await (const page of seals.size === 0 ? [] : store.readLog()) {
    for (const stored of page) {
      all.apply(readWithoutKeys(stored))
      for (const { event, closing } of seals.get(stored.id) ?? []) {
        compared += 1
        const { company = '', position } = event
        const { digest } = all.digest(company)
        if (digest === closing.digest) continue
        const { period, digest: sealed } = closing
        broken.push({ period, company, sealed, read: digest, index: position - 1 })
      }
    }
  }
  return { compared, broken }
}

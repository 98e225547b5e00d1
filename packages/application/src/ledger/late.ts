/**
 * What was told late: of a period that was closed by then, or long after it happened. Neither is
 * wrong, and both are what an auditor looks at first.
 *
 * @module
 */
import { type SealedPeriod, sealedPeriodOf } from '@forsat/domain'
import { localDate } from '@forsat/domain/time'
import type { EventStore, RecordedEvent } from '@forsat/event-store'
import { readWithoutKeys } from './states.ts'

export interface LateEntry {
  readonly position: number
  readonly id: string
  readonly stream: string
  readonly type: string
  readonly occurredAt: string
  readonly recordedAt: string
  readonly actor: string
  readonly daysLate: number
  /** The period that was closed by then. */
  readonly period?: string
}

export interface LateRequest {
  readonly company: { readonly id: string; readonly zone: string }
  /** Told so many days after it happened. */
  readonly days: number
  readonly after?: number | undefined
  readonly limit: number
}

const dayMs = 86_400_000

export const lateEntries = async (
  store: EventStore,
  { company, days, after = 0, limit }: LateRequest,
): Promise<{ readonly items: readonly LateEntry[]; readonly next?: number }> => {
  const sealed: SealedPeriod[] = []
  const items: LateEntry[] = []
  for await (const page of store.readLog()) {
    for (const stored of page) {
      if (stored.company !== company.id) continue
      if (stored.type.startsWith('PeriodSealed.')) {
        sealed.push(readWithoutKeys(stored).event.data as SealedPeriod)
      }
      if (stored.position <= after) continue
      const ms = Date.parse(stored.recordedAt) - Date.parse(stored.occurredAt)
      const closed = sealedPeriodOf({ sealed }, localDate(stored.occurredAt, company.zone))
      if (closed === undefined && ms < days * dayMs) continue
      if (items.length === limit) return { items, next: items.at(-1)?.position ?? after }
      items.push(entryOf(readWithoutKeys(stored), ms, closed))
    }
  }
  return { items }
}

const entryOf = (
  { position, id, stream, event, occurredAt, recordedAt, actor }: RecordedEvent,
  ms: number,
  closed: SealedPeriod | undefined,
): LateEntry => ({
  position,
  id,
  stream,
  type: event.type,
  occurredAt,
  recordedAt,
  actor,
  daysLate: Math.floor(ms / dayMs),
  ...(closed === undefined ? {} : { period: closed.period }),
})

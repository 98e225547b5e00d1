/**
 * The company as a document names it: as it was when the document was issued.
 *
 * @module
 */
import type { Seller } from '@forsat/document'
import { aggregates, type CompanyEvent } from '@forsat/domain'
import type { EventStore, RecordedEvent, StoredEvent } from '@forsat/event-store'

/** The log, and how it is read here. */
export interface Log {
  readonly store: Pick<EventStore, 'readStream'>
  readonly read: (stored: StoredEvent) => RecordedEvent
}

/** As of an event of the log, by default as it is now; `undefined` if there was no company then. */
export const sellerAt = async (
  log: Log,
  id: string,
  position?: number,
): Promise<Seller | undefined> => {
  const { initialState, evolve } = aggregates.company.decider
  let state = initialState
  for await (const { event, occurredAt } of eventsUpTo(log, `company-${id}`, position)) {
    state = evolve(state, { ...(event as CompanyEvent), occurredAt })
  }
  if (state.entry.status === 'absent') return undefined
  const { name, identifiers, address, bankAccount, calendar, moneyUnit } = state.entry.fields
  return { name, identifiers, address, bankAccount, calendar, moneyUnit }
}

/** The events of a stream, as far as a position of the log where one is named. */
export async function* eventsUpTo(
  { store, read }: Log,
  stream: string,
  position = Number.POSITIVE_INFINITY,
): AsyncGenerator<RecordedEvent> {
  for await (const page of store.readStream(stream)) {
    for (const stored of page) {
      if (stored.position > position) return
      yield read(stored)
    }
  }
}

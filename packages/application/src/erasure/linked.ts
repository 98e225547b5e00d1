/**
 * The records that have to do with somebody, or ever had: their deals, what these were merged with,
 * and what was offered in them. Links that were changed long ago are found in the log alone.
 *
 * @module
 */
import { setImmediate } from 'node:timers/promises'
import { categoryOf, type EventStore, recordOf, type StoredEvent } from '@forsat/event-store'

/** A record, and the streams in which something was sealed with its own keys or its contact's. */
export interface Linked {
  readonly id: string
  readonly records: readonly string[]
}

type Log = Pick<EventStore, 'readLog' | 'readStream'>

/** Of a contact or an opportunity; itself is one of them. */
export const linkedTo = async (stream: string, log: Log): Promise<readonly Linked[]> => {
  const own = { id: recordOf(stream), records: [stream] }
  if (!['contact', 'opportunity'].includes(categoryOf(stream))) return [own]
  const { deals, offers, merges, offered } = await linksIn(stream, log)
  for (let size = -1; size < deals.size; ) {
    size = deals.size
    for (const [from, into] of merges) {
      if (deals.has(from) || deals.has(into)) deals.add(from).add(into)
    }
  }
  for (const [offer, deal] of offered) if (deals.has(deal)) offers.add(offer)
  deals.delete(own.id)
  return [
    own,
    ...[...deals].map((id) => ({ id, records: [`opportunity-${id}`] })),
    ...(await Promise.all([...offers].map((id) => offerIn(id, log)))),
  ]
}

interface Links {
  readonly deals: Set<string>
  readonly offers: Set<string>
  readonly merges: readonly (readonly [string, string])[]
  /** Which quotations were ever offered in which deal. */
  readonly offered: readonly (readonly [string, string])[]
}

/** One look through the whole log. */
const linksIn = async (stream: string, { readLog }: Log): Promise<Links> => {
  const subject = recordOf(stream)
  const deals = new Set(categoryOf(stream) === 'opportunity' ? [subject] : [])
  const offers = new Set<string>()
  const merges: [string, string][] = []
  const offered: [string, string][] = []
  const named = `"contactId":"${subject}"`
  for await (const page of readLog()) {
    for (const stored of page) {
      const category = categoryOf(stored.stream)
      if (category !== 'opportunity' && category !== 'quotation') continue
      const id = recordOf(stored.stream)
      // Canonical text: what is not in it, need not be parsed.
      if (stored.data.includes(named) && dataOf(stored)['contactId'] === subject) {
        const found = category === 'opportunity' ? deals : offers
        found.add(id)
      }
      if (stored.type.startsWith('OpportunityMerged.')) {
        merges.push([id, String(dataOf(stored)['into'])])
      }
      if (category === 'quotation' && stored.data.includes('"opportunityId":"')) {
        offered.push([id, String(dataOf(stored)['opportunityId'])])
      }
    }
    await setImmediate()
  }
  return { deals, offers, merges, offered }
}

const dataOf = ({ data }: StoredEvent): Record<string, unknown> =>
  JSON.parse(data) as Record<string, unknown>

const offerIn = async (id: string, { readStream }: Log): Promise<Linked> => {
  const delivery = `delivery-${id}`
  for await (const page of readStream(delivery, { to: 0 })) {
    if (page.length > 0) return { id, records: [`quotation-${id}`, delivery] }
  }
  return { id, records: [`quotation-${id}`] }
}

/** The days on which something was confirmed in these records. */
export const confirmationsIn = async (
  linked: readonly Linked[],
  { readStream }: Log,
): Promise<readonly string[]> => {
  const days: string[] = []
  for (const stream of linked.flatMap(({ records }) => records)) {
    if (categoryOf(stream) !== 'quotation') continue
    for await (const page of readStream(stream)) {
      for (const stored of page) {
        if (stored.type.startsWith('QuotationConfirmed.')) {
          days.push(String(dataOf(stored)['occurredOn']))
        }
      }
    }
  }
  return days
}

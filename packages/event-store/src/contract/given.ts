/**
 * Events and appends that mean nothing, to try stores with.
 *
 * @module
 */
import { canonical, dataCommitment, personalCommitment, randomBytes } from '@forsat/ledger'
import type { Append, EventStore, NewEvent, Revision, SealedPart, StoredEvent } from '../port.ts'
import { noStream } from '../port.ts'

let minted = 0

const here = String(process.pid).padStart(8, '0').slice(-8)

/** A ULID that was not given before, in this process or another. */
export const freshId = (): string => `01J8Z${here}${String(++minted).padStart(13, '0')}`

/** A stream that was not given before. */
export const freshStream = (): string => `opportunity-${freshId()}`

/** An event that nobody decided. */
export const eventOf = (
  data: unknown = { n: minted },
  given: Partial<Pick<NewEvent, 'id' | 'type' | 'occurredAt' | 'salt' | 'sealed'>> = {},
): NewEvent => {
  const { salt = randomBytes(32) } = given
  const text = canonical(data)
  return {
    id: freshId(),
    type: 'OpportunityNoted.v1',
    occurredAt: '2026-03-01T08:00:00.000Z',
    sealed: [],
    ...given,
    data: text,
    salt,
    commitment: dataCommitment(salt, text),
  }
}

/** A box that opens under no key: stores do not look inside. */
export const sealedPart = (subject = freshId()): SealedPart => ({
  subject,
  purpose: 'sales',
  keyId: 'k1',
  iv: randomBytes(12),
  ciphertext: randomBytes(40),
  tag: randomBytes(16),
  commitment: personalCommitment(randomBytes(32), '{}'),
})

export const appendOf = (
  stream: string,
  expectedRevision: Revision,
  events: readonly NewEvent[],
  given: Pick<Append, 'command'> & { readonly metadata?: Partial<Append['metadata']> } = {},
): Append => ({
  stream,
  expectedRevision,
  events,
  ...(given.command === undefined ? {} : { command: given.command }),
  metadata: {
    company: '01J8Z0000000000000000000C0',
    actor: 'user:01J8Z0000000000000000000X0',
    correlationId: '01J8Z0000000000000000000Y0',
    command: 'k'.repeat(43),
    ...given.metadata,
  },
})

/** Appends events to a new stream. */
export const begin = async (store: EventStore, events: readonly NewEvent[]): Promise<string> => {
  const stream = freshStream()
  await store.append(appendOf(stream, noStream, events))
  return stream
}

/** All pages as one list. */
export const all = async (
  pages: AsyncIterable<readonly StoredEvent[]>,
): Promise<readonly StoredEvent[]> => {
  const events: StoredEvent[] = []
  for await (const page of pages) events.push(...page)
  return events
}

/** The same with bytes as text, so that it compares. */
export const comparable = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (Array.isArray(value)) return value.map(comparable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, comparable(each)]))
}

/**
 * The access log: who took data out, opened what is sealed, or came with a key that opens nothing. It
 * is a log of its own beside the business's, in a store of its own and so with a tree of its own: it
 * may be kept for a shorter time, and says nothing of what happened in the business.
 *
 * @module
 */
import type { EventStore } from '@forsat/event-store'
import { canonical, dataCommitment, randomBytes, saltBytes, sha256, utf8 } from '@forsat/ledger'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import type { Context } from '../context.ts'
import { acting } from '../context.ts'
import { derivedId } from '../derived-id.ts'

/** What somebody did, by ids and names of programs alone. */
export const AccessNote = z.discriminatedUnion('what', [
  /** Data was taken out; written down before the first byte of it. */
  z.strictObject({ what: z.literal('export'), format: z.string() }),
  /** What is sealed was opened for somebody to see, of one record or of all that was exported. */
  z.strictObject({ what: z.literal('reveal'), of: z.string() }),
  /** Keys that open nothing; at most once a minute, with how many they were since. */
  z.strictObject({ what: z.literal('refusedKey'), count: z.int().min(1) }),
])
export type AccessNote = z.infer<typeof AccessNote>

export interface AccessEntry {
  readonly position: string
  readonly id: string
  readonly at: string
  readonly actor: string
  readonly onBehalfOf?: string | undefined
  readonly company?: string | undefined
  readonly note: AccessNote
}

export interface AccessLog {
  note(note: AccessNote, context: Pick<Context, 'actor' | 'onBehalfOf' | 'company'>): Promise<void>
  /** In their order; of one company those of its own and of nobody's. */
  entries(asked: {
    readonly company?: string | undefined
    readonly after?: number | undefined
    readonly limit?: number | undefined
  }): Promise<readonly AccessEntry[]>
  /** Counts a key that opens nothing. */
  refusedKey(): Promise<void>
}

interface Means {
  /** Opened when it is first needed: most who open a log look at nothing that must be told. */
  readonly store: () => Promise<EventStore>
  readonly clock: { now(): string }
  readonly ids: { next(): string }
}

/** Refused keys are told of so often at most, so that nobody fills the disk with them. */
const refusedEveryMs = 60_000

const storedType = 'AccessNoted.v1'

/** How often a note is tried again while others note something. */
const attempts = 50

export const accessLogBy = ({ store, clock, ids }: Means): AccessLog => {
  const note: AccessLog['note'] = async (told, context) => {
    const { actor, onBehalfOf } = acting(context)
    const { company } = context
    const log = await store()
    const stream = `access-${derivedId(company ?? '', 'access')}`
    const data = canonical(AccessNote.parse(told))
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const [id, salt] = [ids.next(), randomBytes(saltBytes)]
      const occurredAt = clock.now()
      const event = { id, type: storedType, occurredAt, data, salt, sealed: [] }
      const appended = await log.append({
        stream,
        expectedRevision: await lastOf(log, stream),
        events: [{ ...event, commitment: dataCommitment(salt, data) }],
        metadata: {
          actor,
          correlationId: id,
          command: sha256(utf8(id)),
          ...(company !== undefined && { company }),
          ...(onBehalfOf !== undefined && { onBehalfOf }),
        },
      })
      if (E.isRight(appended)) return
    }
    throw new Error('the access log could not be written')
  }

  let refused = 0
  let toldAt = Number.NEGATIVE_INFINITY
  return {
    note,
    entries: async ({ company, after = 0, limit = 1000 }) => {
      const entries: AccessEntry[] = []
      for await (const page of (await store()).readLog({ after })) {
        for (const stored of page) {
          if (company !== undefined && (stored.company ?? company) !== company) continue
          if (entries.length === limit) return entries
          entries.push({
            position: String(stored.position),
            id: stored.id,
            at: stored.recordedAt,
            actor: stored.actor,
            onBehalfOf: stored.onBehalfOf,
            company: stored.company,
            note: AccessNote.parse(JSON.parse(stored.data)),
          })
        }
      }
      return entries
    },
    refusedKey: async () => {
      refused += 1
      const now = Date.parse(clock.now())
      if (now - toldAt < refusedEveryMs) return
      const count = refused
      refused = 0
      toldAt = now
      await note({ what: 'refusedKey', count }, { actor: 'system:access' })
    },
  }
}

const lastOf = async (log: EventStore, stream: string): Promise<number> => {
  let last = -1
  for await (const page of log.readStream(stream)) last = page.at(-1)?.revision ?? last
  return last
}

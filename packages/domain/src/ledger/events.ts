/**
 * What can have happened to the log itself: a period was sealed, a backup was put back, the key that
 * signs changed, something was taken out, something was let go. Each company has a stream for its own;
 * what concerns the whole log stands in one that companies share.
 *
 * @module
 */
import * as z from 'zod'
import { Ulid } from '../id.ts'
import { message } from '../message.ts'
import { Money } from '../money/money.ts'
import { personal } from '../personal.ts'
import { FreeText, Line } from '../text/text.ts'
import { CalendarDate } from '../time/calendar-date.ts'
import { Instant } from '../time/instant.ts'

/** SHA-256 as base64url. */
const Digest = z.string().regex(/^[\w-]{43}$/, 'must be a SHA-256 in base64url')
const Count = z.int().min(0)
/** A person, a program or a customer: `user:01J8…`. */
const Actor = z.string().regex(/^[a-z]+:[!-~]{1,100}$/, 'must be a kind and an id')
/** A signed note, or a key to check one with: as it is written down everywhere else. */
const Note = z.string().min(1).max(4000)
const VerifierKey = z.string().regex(/^[!-~]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+$/, 'must be a key')
/** Whose tree a checkpoint is about: `forsat/01J8…/1`. */
export const Origin = z.string().regex(/^[!-*,-~]{1,100}$/, 'must be a name without + or spaces')

/** What a closing says of a period, so that anybody can look whether it still holds. */
export const Closing = z.strictObject({
  /** As its calendar names it: `1404-10`, `2026-Q1`, `2026`. */
  period: z.string().regex(/^\d{4}(?:-(?:0[1-9]|1[0-2]|Q[1-4]))?$/, 'must be a month or a year'),
  from: CalendarDate,
  /** Its last day. */
  to: CalendarDate,
  /** The last event that was known. */
  upTo: Ulid,
  programVersion: Line,
  /** Raised when folding is changed on purpose; older ones stay checkable. */
  digestVersion: z.int().min(1),
  /** Over the states of all records of the company, as they were after `upTo`. */
  digest: Digest,
  counts: z.strictObject({
    /** All events of the company up to `upTo`, and the records they make. */
    events: Count,
    records: Count,
    /** What happened in the period, by event. */
    happened: z.record(z.string().regex(/^[A-Z]\w{0,60}$/), z.int().min(1)),
  }),
  /** By currency. */
  totals: z.strictObject({
    sent: z.array(Money),
    confirmed: z.array(Money),
    won: z.array(Money),
    lost: z.array(Money),
  }),
})
export type Closing = z.infer<typeof Closing>

/** What was taken out of the log, and how it can be told again. */
export const Export = z.strictObject({
  format: z.enum(['jsonl', 'csv', 'cloudevents', 'ocel2', 'bundle']),
  sha256: Digest,
  rows: Count,
  filter: z.strictObject({
    from: Instant.optional(),
    to: Instant.optional(),
    streams: z.array(z.string().max(100)).max(100).optional(),
    /** Whether sealed fields were opened. */
    revealed: z.boolean().optional(),
  }),
  by: Actor,
  approvedBy: Actor.optional(),
})
export type Export = z.infer<typeof Export>

export const LedgerEvent = z.discriminatedUnion('type', [
  message('PeriodSealed', {
    ...Closing.shape,
    /** Digest of the period that was sealed before. */
    previous: Digest.optional(),
  }),
  /** A backup was put back: from here on another tree grows over the events that were kept. */
  message('LedgerRestored', {
    /** The last checkpoint that was signed before, as it was signed. */
    previousCheckpoint: Note,
    /** How many events of that tree are left. */
    keptSize: Count,
    origin: Origin,
    reason: personal(FreeText, 'record'),
    by: Actor,
    approvedBy: Actor,
  }),
  message('AuditKeyRotated', {
    from: VerifierKey,
    to: VerifierKey,
    reason: personal(FreeText, 'record').optional(),
    by: Actor,
    approvedBy: Actor,
  }),
  message('ExportProduced', Export.shape),
  /** Events below the floor may be gone from now on; their hashes stay. */
  message('RetentionApplied', { floor: Count, rule: Line, by: Actor, approvedBy: Actor }),
])
export type LedgerEvent = z.infer<typeof LedgerEvent>

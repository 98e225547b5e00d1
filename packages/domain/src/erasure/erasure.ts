/**
 * An erasure destroys the keys under which the personal data of somebody was sealed. What happened
 * stays in the history; what can no longer be read is who it happened to. The event comes first: data
 * that is missing without it was lost, not erased.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import { Ulid } from '../id.ts'
import { type DataOf, message } from '../message.ts'
import type { Purpose } from '../personal.ts'
import type { When } from '../refusal.ts'
import { Line } from '../text/text.ts'
import { CalendarDate, plusDays, within } from '../time/calendar-date.ts'

/** A key by the name it was made with; the name tells nothing of what it opens. */
const KeyId = z.string().regex(/^[\w-]{1,64}$/, 'must be the id of a key')

const purpose = z.enum(['sales', 'document'] satisfies Purpose[])

/** What may not be erased yet. Nothing but the document itself is read with these keys. */
export const Kept = z.strictObject({
  what: z.enum(['confirmedDocuments']),
  why: z.enum(['taxLaw']),
  /** The day from which on it may go. */
  until: CalendarDate,
  keys: z.array(KeyId),
})
export type Kept = z.infer<typeof Kept>

/** What any record with a person in it can have had happen to it. Nothing in it names the person. */
export const personalDataErased = message('PersonalDataErased', {
  /** The person's own record, and all that were ever linked to it. */
  subjects: z.array(Ulid).min(1),
  purposes: z.array(purpose).min(1),
  /** Which of the subjects' keys: whatever is sealed later has others. */
  keys: z.array(KeyId),
  /** The streams in which something was sealed with them. */
  records: z.array(z.string().regex(/^[a-z]+-[!-~]+$/, 'must be the name of a stream')),
  ground: Line,
  requestedBy: Line,
  approvedBy: Line.optional(),
  /** The day by which the last backup of the keys is gone too. */
  completeBy: CalendarDate,
  kept: z.array(Kept),
})
export type PersonalDataErased = z.infer<typeof personalDataErased>
type Fact = DataOf<PersonalDataErased, 'PersonalDataErased'>

/** A subject with its keys and the streams that hold what they sealed. */
export interface ErasedSubject {
  readonly id: Ulid
  readonly keys: readonly string[]
  readonly records: readonly string[]
}

export interface ErasePersonalData {
  readonly type: 'ErasePersonalData'
  readonly data: {
    readonly subjects: readonly ErasedSubject[]
    readonly purposes: readonly Purpose[]
    readonly kept: readonly Kept[]
  } & Pick<Fact, 'ground' | 'requestedBy' | 'approvedBy' | 'completeBy'> &
    When
}

/** Backups of keys are thrown away after so many days. */
const keyBackupDays = 30

/** The day from which on nobody can open anything any more, with whatever backup. */
export const backupsGoneBy = (erasedOn: CalendarDate): CalendarDate =>
  plusDays(erasedOn, keyBackupDays)

/** For so many years what was ordered must be provable, and to whom it was sold. */
const documentYears = 10

/** The day from which on nobody has to be able to tell who ordered something any longer. */
export const keptUntil = (confirmedOn: CalendarDate): CalendarDate => {
  const [year = '', month = '', day = ''] = confirmedOn.split('-')
  const then = String(Number(year) + documentYears).padStart(4, '0')
  if (then.length > 4) return within(`+${then}`)
  return month === '02' && day === '29' ? `${then}-03-01` : `${then}-${month}-${day}`
}

/** So many subjects an event: more would be larger than an event may be. */
const mostSubjects = 250

/** The erasure as it is told; where nothing is left to erase, nothing happens. */
export const erasing = ({ data }: ErasePersonalData): E.Either<never, PersonalDataErased[]> => {
  const { subjects, purposes, kept, ground, requestedBy, approvedBy, completeBy } = data
  const parts = Array.from({ length: Math.ceil(subjects.length / mostSubjects) }, (_, index) =>
    subjects.slice(index * mostSubjects, (index + 1) * mostSubjects),
  )
  return E.right(
    parts.map((part) => ({
      type: 'PersonalDataErased',
      data: {
        subjects: part.map(({ id }) => id),
        purposes: [...purposes],
        keys: part.flatMap(({ keys }) => keys),
        records: part.flatMap(({ records }) => records),
        ground,
        requestedBy,
        ...(approvedBy !== undefined && { approvedBy }),
        completeBy,
        kept: kept.map((each) => ({ ...each, keys: [...each.keys] })),
      },
    })),
  )
}

/**
 * Erasing somebody's data: what goes and what has to stay is looked up, the decision is recorded, and
 * only then the keys are destroyed. A crash in between leaves a decision that is carried out later.
 *
 * @module
 */
import { isDeepStrictEqual } from 'node:util'
import {
  backupsGoneBy,
  type ErasedSubject,
  type Kept,
  keptUntil,
  type PersonalDataErased,
  type Purpose,
  Ulid,
} from '@forsat/domain'
import { localDate } from '@forsat/domain/time'
import type { EventStore, RecordedEvent, StoredEvent, SubjectKeys } from '@forsat/event-store'
import type { Projections } from '@forsat/projections'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import type { Aggregate, Aggregates } from '../aggregate.ts'
import { companySettings } from '../company.ts'
import type { Acting, Outcome } from '../context.ts'
import { isHidden } from '../owner.ts'
import { issuesOf, notFound, type Refusal } from '../refusal.ts'
import type { Step } from '../request.ts'
import { confirmationsIn, linkedTo } from './linked.ts'
import { checkedReasons, Reasons } from './reasons.ts'

/** `subject` is a contact, an opportunity that names none, or a user. */
export const ErasePersonalData = z.strictObject({
  subject: Ulid.describe('Whose data: a contact, a user, or an opportunity without a contact.'),
  ...Reasons.shape,
})

/** What an erasure did, or would do. */
export interface Erasure {
  /** The person's own record and those linked to it. Empty where nothing was left to erase. */
  readonly erased: readonly string[]
  readonly kept: readonly Omit<Kept, 'keys'>[]
}

export type ErasedData = PersonalDataErased['data']

export interface Erasing {
  /** What it would do; nothing is recorded. */
  plan(data: object, context: Acting): Promise<E.Either<Refusal, Erasure>>
  erase(data: object, context: Acting): Promise<E.Either<Refusal, Outcome>>
  /** What came of it, as the events that it led to tell. */
  told(outcome: Outcome): Promise<Erasure>
}

interface Means {
  readonly store: EventStore
  readonly keys: SubjectKeys
  readonly read: (stored: StoredEvent) => RecordedEvent
  readonly aggregates: Aggregates
  readonly executeTogether: (
    steps: readonly Step[],
    context: Acting,
  ) => Promise<E.Either<Refusal, Outcome>>
  readonly finish: (erased: ErasedData) => Promise<void>
  readonly clock: { now(): string }
}

const commands = { contact: 'EraseContact', opportunity: 'EraseOpportunity', user: 'EraseUser' }
const roots = ['contact', 'opportunity', 'user'] as const

interface Planned {
  readonly root: Aggregate
  readonly command: string
  readonly data: {
    readonly subjects: readonly ErasedSubject[]
    readonly purposes: readonly Purpose[]
    readonly kept: readonly Kept[]
    readonly completeBy: string
  } & Reasons
}

export const erasingBy = (means: Means): Erasing => {
  const { store, keys, read, aggregates, executeTogether, finish, clock } = means

  /** The record of a person, where the caller may see it. */
  const rootOf = async (id: string, context: Acting): Promise<Aggregate | undefined> => {
    for (const category of roots) {
      const found = await aggregates.load(category, id)
      if (found.revision >= 0 && !isHidden(found, context)) return found
    }
    return undefined
  }

  const today = async ({ company = '' }: Aggregate, { occurredAt }: Acting): Promise<string> => {
    const settings = companySettings(await aggregates.load('company', company))
    return localDate(occurredAt ?? clock.now(), settings?.zone ?? 'UTC')
  }

  const earlierOn = async (stream: string): Promise<readonly ErasedData[]> => {
    const found: ErasedData[] = []
    for await (const page of store.readStream(stream)) {
      for (const stored of page) {
        if (stored.type.startsWith('PersonalDataErased.')) {
          found.push(read(stored).event.data as ErasedData)
        }
      }
    }
    return found
  }

  /** Earlier erasures that nobody has carried out yet. */
  const owedOn = async (stream: string): Promise<readonly ErasedData[]> => {
    const owed: ErasedData[] = []
    for (const each of await earlierOn(stream)) {
      const standing = await keys.standing(namesIn(each))
      const going = new Set([...each.keys, ...each.kept.flatMap((kept) => kept.keys)])
      if (standing.some(({ keyId }) => going.has(keyId))) owed.push(each)
    }
    return owed
  }

  const planned = async (data: object, context: Acting): Promise<E.Either<Refusal, Planned>> => {
    const parsed = ErasePersonalData.safeParse(data)
    if (!parsed.success) return E.left({ type: 'InvalidRequest', errors: issuesOf(parsed.error) })
    const { subject, ...asked } = parsed.data
    const root = await rootOf(subject, context)
    if (root === undefined) return notFound
    const reasons = checkedReasons(asked, root.personal)
    if (E.isLeft(reasons)) return reasons

    const earlier = await earlierOn(root.stream)
    const linked = await linkedTo(root.stream, store)
    const day = await today(root, context)
    const until = lastOf((await confirmationsIn(linked, store)).map(keptUntil))
    const isKept = until !== undefined && until > day
    const aside = [...keptIn(earlier)]
    // What an earlier erasure still owes is none of this one's.
    const known = new Set([...aside, ...earlier.flatMap((each) => each.keys)])
    const standing = async (purpose: Purpose) => {
      const named = await keys.standing(linked.map(({ id }) => ({ subject: id, purpose })))
      return named.filter(({ keyId }) => !known.has(keyId))
    }
    const [sales, documents] = [await standing('sales'), await standing('document')]
    const going = isKept ? sales : [...sales, ...documents]
    const due = isKept ? [] : aside
    const anew = isKept ? documents.map(({ keyId }) => keyId) : []
    const subjects = linked.map((each) => ({
      ...each,
      keys: [
        ...going.filter(({ subject: of }) => of === each.id).map(({ keyId }) => keyId),
        ...(each.id === root.id ? due : []),
      ],
    }))
    const kept: readonly Kept[] =
      isKept && anew.length + aside.length > 0
        ? [{ what: 'confirmedDocuments', why: 'taxLaw', until, keys: [...aside, ...anew] }]
        : []
    const nothing = subjects.every((each) => each.keys.length === 0) && anew.length === 0
    return E.right({
      root,
      command: commands[root.category as keyof typeof commands],
      data: {
        subjects: nothing ? [] : subjects,
        purposes: isKept ? ['sales'] : ['sales', 'document'],
        kept,
        completeBy: backupsGoneBy(day),
        ...reasons.right,
      },
    })
  }

  return {
    plan: async (data, context) =>
      E.map(({ data: { subjects, kept } }: Planned) => ({
        erased: subjects.map(({ id }) => id),
        kept: kept.map(shown),
      }))(await planned(data, context)),

    erase: async (data, context) => {
      const plan = await planned(data, context)
      if (E.isLeft(plan)) return plan
      const { root, command, data: decided } = plan.right
      for (const each of await owedOn(root.stream)) await finish(each)
      const asked = { type: command, data: { id: root.id, ...decided } }
      return executeTogether([{ command: asked }], context)
    },

    told: async ({ stream, events }) => {
      const ids = new Set(events.map(({ id }) => id))
      const found: ErasedData[] = []
      for await (const page of store.readStream(stream)) {
        for (const stored of page.filter(({ id }) => ids.has(id))) {
          found.push(read(stored).event.data as ErasedData)
        }
      }
      if (found.length > 0) {
        return {
          erased: found.flatMap(({ subjects }) => subjects),
          kept: found.flatMap(({ kept }) => kept.map(shown)).filter(isFirst),
        }
      }
      // Nothing was left to erase: what is kept, was kept before.
      const last = (await earlierOn(stream)).at(-1)
      return { erased: [], kept: (last?.kept ?? []).map(shown) }
    },
  }
}

const shown = ({ keys: _keys, ...kept }: Kept): Omit<Kept, 'keys'> => kept

/** The same thing kept is told once, in however many parts an erasure was recorded. */
const isFirst = (each: object, index: number, all: readonly object[]): boolean =>
  all.findIndex((other) => isDeepStrictEqual(other, each)) === index

const lastOf = (days: readonly string[]): string | undefined => days.toSorted().at(-1)

/** The keys that were put aside and have not gone since. */
const keptIn = (earlier: readonly ErasedData[]): ReadonlySet<string> => {
  const aside = new Set(earlier.flatMap(({ kept }) => kept.flatMap((each) => each.keys)))
  for (const id of earlier.flatMap((each) => each.keys)) aside.delete(id)
  return aside
}

/** Whose keys an erasure names. */
const namesIn = ({ subjects }: Pick<ErasedData, 'subjects'>) =>
  subjects.flatMap((subject) => [
    { subject, purpose: 'sales' },
    { subject, purpose: 'document' },
  ])

interface Destroying {
  readonly store: EventStore
  readonly keys: SubjectKeys
  readonly aggregates: Aggregates
  readonly projections: Pick<Projections, 'scrub'>
  readonly settle: () => Promise<boolean>
  readonly clock: { now(): string }
}

/** Makes unreadable what an erasure names. */
export const closeKeys = async (erased: ErasedData, keys: SubjectKeys): Promise<void> => {
  const names = namesIn(erased)
  const aside = erased.kept.flatMap((each) => each.keys)
  await keys.destroy(names, erased.keys)
  await keys.setAside(names, aside)
}

/** The same, and forgets what was read before: from then on nothing tells of the person. */
export const destroyKeys = async (
  erased: ErasedData,
  { keys, aggregates }: Pick<Destroying, 'keys' | 'aggregates'>,
): Promise<void> => {
  await closeKeys(erased, keys)
  for (const stream of erased.records) aggregates.forget(stream)
}

/** Takes away what could not be read any more: boxes, and whatever files still hold of the person. */
export const clearAway = async (
  erased: ErasedData,
  { store, projections, settle, clock }: Destroying,
): Promise<void> => {
  await store.discard(erased.keys)
  await store.commands.forget(clock.now())
  if (!(await settle())) throw new Error('the read models have not come as far as an erasure')
  await projections.scrub()
}

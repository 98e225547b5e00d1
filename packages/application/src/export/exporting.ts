/**
 * Taking the log out of the house: in an open format or as a bundle, as a stream, the same bytes for
 * the same question. That it was done stands in the log afterwards.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { parseInstant } from '@forsat/domain'
import {
  categoryOf,
  type EventStore,
  type LogEntry,
  recordOf,
  type SubjectKeys,
} from '@forsat/event-store'
import {
  type BundledEvent,
  type BundleFile,
  bundleFiles,
  cloudEvents,
  type Exported,
  type ExportFormat,
  eventTable,
  jsonLines,
  ocel,
  opened,
  type RevealedPart,
} from '@forsat/ledger'
import { isToldTo } from '@forsat/projections'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import type { Acting, Context, Outcome } from '../context.ts'
import { Moment } from '../input.ts'
import { ledgerOf } from '../ledger/use-cases.ts'
import { invalid, issuesOf, type Refusal } from '../refusal.ts'
import { verifierText } from './verifier.ts'

export const exportFormats = ['jsonl', 'csv', 'cloudevents', 'ocel2'] as const

const StreamChoice = z
  .string()
  .regex(/^[a-z]+(?:-[!-~]+)?$/, 'must be a stream, or the category of some')
  .max(100)

/** Which events; of all of them, nothing is said. */
export const ExportFilter = z.strictObject({
  from: Moment.optional().describe('Recorded then or later.'),
  to: Moment.optional().describe('Recorded then or before.'),
  streams: z.array(StreamChoice).min(1).max(100).optional(),
  reveal: z.boolean().optional().describe('Whether sealed fields are opened.'),
})
type Filter = z.output<typeof ExportFilter>

/** What was taken out. */
export interface Produced {
  readonly sha256: string
  readonly rows: number
}

/** A stream of what was asked for, and what is known of it once the stream has ended. */
export interface Export<Part> {
  readonly parts: AsyncIterable<Part>
  readonly produced: () => Promise<Produced>
}

export interface Exporting {
  /** `company` limits it to the events of one, and what companies share. */
  file(
    format: (typeof exportFormats)[number],
    filter: object,
    context: Context,
  ): E.Either<Refusal, Export<string>>
  /** The same as the files of a bundle; its sum is that of the manifest. */
  bundle(filter: object, context: Context): E.Either<Refusal, Export<BundleFile>>
}

interface Means {
  readonly store: EventStore
  readonly keys: SubjectKeys
  readonly execute: (
    command: { readonly type: 'RecordExport'; readonly data: RecordedExport },
    context: Context,
  ) => Promise<E.Either<Refusal, Outcome>>
  /** What the log was signed with so far. */
  readonly signed: () => Promise<{
    readonly checkpoints: readonly string[]
    readonly verifierKey?: string | undefined
  }>
  /** Told of who takes out what, before the first byte of it. */
  readonly onBegin: (
    what: { readonly format: string; readonly reveal: boolean },
    context: Context,
  ) => Promise<void>
}

interface RecordedExport {
  readonly id: string
  readonly format: (typeof exportFormats)[number] | 'bundle'
  readonly sha256: string
  readonly rows: number
  readonly filter: {
    readonly from?: string
    readonly to?: string
    readonly streams?: string[]
    readonly revealed?: boolean
  }
}

const formats: Readonly<Record<(typeof exportFormats)[number], () => ExportFormat>> = {
  jsonl: jsonLines,
  csv: eventTable,
  cloudevents: cloudEvents,
  ocel2: ocel,
}

export const exportingBy = (means: Means): Exporting => {
  const { store, keys, signed, onBegin } = means

  /** The log as it is now, event by event, with what of it is wanted. */
  async function* events(
    filter: Filter,
    company: string | undefined,
    head: number,
  ): AsyncGenerator<readonly BundledEvent[]> {
    const isWanted = wantedBy(filter, company)
    for await (const page of store.readEntries({ to: head })) {
      yield page.map((entry) =>
        isWanted(entry)
          ? { envelope: entry.envelope, shown: exported(entry, filter.reveal === true, keys) }
          : { envelope: entry.envelope },
      )
      await setImmediate()
    }
  }

  const recorded = async (
    format: RecordedExport['format'],
    { from, to, streams, reveal }: Filter,
    produced: Produced,
    context: Context,
  ): Promise<void> => {
    const told = {
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(streams !== undefined && { streams }),
      ...(reveal === true && { revealed: true }),
    }
    const data = { id: ledgerOf(context.company ?? ''), format, ...produced, filter: told }
    const outcome = await means.execute({ type: 'RecordExport', data }, context)
    if (E.isLeft(outcome)) throw new Error(`an export could not be recorded: ${outcome.left.type}`)
  }

  return {
    file: (format, asked, context) =>
      E.map((filter: Filter) =>
        streamOf(async function* (told: (produced: Produced) => void) {
          await onBegin({ format, reveal: filter.reveal === true }, context)
          const hash = createHash('sha256')
          const counted = (text: string): string => {
            hash.update(text, 'utf8')
            return text
          }
          const { begin, add, end } = formats[format]()
          let rows = 0
          yield counted(begin())
          for await (const page of events(filter, companyOf(context), await store.head())) {
            const shown = page.flatMap((event) => event.shown ?? [])
            rows += shown.length
            if (shown.length > 0) yield counted(shown.map(add).join(''))
          }
          yield counted(end())
          const produced = { sha256: hash.digest('base64url'), rows }
          await recorded(format, filter, produced, context)
          told(produced)
        }),
      )(checked(asked, context)),

    bundle: (asked, context) =>
      E.map((filter: Filter) =>
        streamOf(async function* (told: (produced: Produced) => void) {
          await onBegin({ format: 'bundle', reveal: filter.reveal === true }, context)
          const { checkpoints, verifierKey } = await signed()
          const company = companyOf(context)
          let rows = 0
          async function* counted() {
            for await (const page of events(filter, company, await store.head())) {
              rows += page.filter(({ shown }) => shown !== undefined).length
              yield page
            }
          }
          const { reveal: _opened, ...chosen } = filter
          let sha256 = ''
          for await (const file of bundleFiles({
            events: counted(),
            filter: { ...chosen, ...(company !== undefined && { company }) },
            checkpoints,
            verifier: await verifierText(),
            verifierKey,
          })) {
            sha256 = createHash('sha256').update(file.content, 'utf8').digest('base64url')
            yield file
          }
          const produced = { sha256, rows }
          await recorded('bundle', filter, produced, context)
          told(produced)
        }),
      )(checked(asked, context)),
  }
}

/** A stream, and a promise of what it tells at its end. */
const streamOf = <Part>(
  run: (told: (produced: Produced) => void) => AsyncGenerator<Part>,
): Export<Part> => {
  const { promise, resolve } = Promise.withResolvers<Produced>()
  return { parts: run(resolve), produced: () => promise }
}

/** Which company it is limited to: the caller's own, unless they see all. */
const companyOf = ({ company, companies }: Context): string | undefined =>
  companies === undefined ? undefined : company

const checked = (asked: object, context: Context): E.Either<Refusal, Filter> => {
  const parsed = ExportFilter.safeParse(asked)
  if (!parsed.success) return E.left({ type: 'InvalidRequest', errors: issuesOf(parsed.error) })
  const { from, to } = parsed.data
  if (from !== undefined && to !== undefined && to < from) {
    return invalid('/to', 'must not be before from')
  }
  return mayExport(context) ? E.right(parsed.data) : E.left({ type: 'Forbidden' })
}

const mayExport = ({ manages, company = '' }: Pick<Acting, 'manages' | 'company'>): boolean =>
  manages === undefined || manages.includes(company)

interface Known {
  readonly stream: string
  readonly rev: number
  readonly id: string
  readonly co?: string
  readonly recorded: string
}

const wantedBy = ({ from, to, streams }: Filter, company: string | undefined) => {
  const since = from === undefined ? undefined : parseInstant(from)
  const until = to === undefined ? undefined : parseInstant(to)
  const chosen = streams && new Set(streams)
  return ({ envelope, data }: LogEntry): boolean => {
    const { stream, co, recorded } = JSON.parse(envelope) as Known
    const told = () => ({
      company: co,
      category: categoryOf(stream),
      subject: recordOf(stream),
      data: JSON.parse(data) as object,
    })
    return (
      (company === undefined || isToldTo(company, told())) &&
      (since === undefined || recorded >= since) &&
      (until === undefined || recorded <= until) &&
      (chosen === undefined || chosen.has(stream) || chosen.has(categoryOf(stream)))
    )
  }
}

const exported = (
  { envelope, data, salt, sealed }: LogEntry,
  reveal: boolean,
  keys: SubjectKeys,
): Exported => {
  if (!reveal || sealed.length === 0) return { envelope, data, salt, revealed: [] }
  const { stream, rev: revision, id } = JSON.parse(envelope) as Known
  const revealed = sealed.flatMap((part): RevealedPart[] => {
    const { subject, purpose, keyId } = part
    const key = keys.find({ subject, purpose }, keyId)
    const inside = key && opened(part, { stream, revision, id, subject, purpose }, key.key)
    return inside === undefined ? [] : [{ subject, purpose, ...inside }]
  })
  return { envelope, data, salt, revealed }
}

/**
 * The register of erasures: what was erased and why, held against what is missing. Data that is gone
 * without an erasure was lost or taken away.
 *
 * @module
 */
import { setImmediate } from 'node:timers/promises'
import type { Kept } from '@forsat/domain'
import type {
  EventStore,
  LogEntry,
  RecordedEvent,
  StoredEvent,
  SubjectKeys,
} from '@forsat/event-store'
import type { ErasedData } from './erasing.ts'

/** An erasure, as it was recorded. */
export interface ErasureRecord {
  readonly position: string
  readonly id: string
  readonly stream: string
  readonly company: string | undefined
  readonly recordedAt: string
  readonly actor: string
  readonly subjects: readonly string[]
  readonly purposes: readonly string[]
  readonly ground: string
  readonly requestedBy: string
  readonly approvedBy: string | undefined
  readonly completeBy: string
  readonly kept: readonly Omit<Kept, 'keys'>[]
}

/** Something sealed that nobody can open, and that no erasure tells of. */
export interface MissingData {
  readonly code: 'ERASED_WITHOUT_RECORD'
  readonly position: string
  readonly company: string | undefined
  readonly subject: string
  readonly purpose: string
  /** What is gone: the key, or what it had sealed. */
  readonly missing: 'key' | 'box'
}

export interface ErasureRegister {
  readonly erasures: readonly ErasureRecord[]
  readonly findings: readonly MissingData[]
  /** Whether keys are there at all. Where not, nobody can tell what is erased and what is lost. */
  readonly keys: 'present' | 'absent'
  /** How many parts were sealed, how many of these can be opened, and how many were erased. */
  readonly parts: { readonly sealed: number; readonly readable: number; readonly erased: number }
}

interface Means {
  readonly store: EventStore
  readonly keys: SubjectKeys
  readonly read: (stored: StoredEvent) => RecordedEvent
}

/** Findings listed at most. */
const mostFindings = 1000

export const erasureRegister = async (
  company: string | undefined,
  { store, keys, read }: Means,
): Promise<ErasureRegister> => {
  const isAsked = (of: string | undefined) =>
    company === undefined || of === undefined || of === company
  const all = await erasuresIn(store, read)
  const erased = knownIn(all)
  const present = keys.present()
  const findings: MissingData[] = []
  const parts = { sealed: 0, readable: 0, erased: 0 }
  for await (const page of store.readEntries()) {
    for (const entry of page) {
      const envelope = JSON.parse(entry.envelope) as Envelope
      if (!isAsked(envelope.co)) continue
      for (const part of partsOf(entry, envelope, keys)) {
        parts.sealed += 1
        if (part.missing === undefined) parts.readable += 1
        else if (erased(part)) parts.erased += 1
        else if (present && findings.length < mostFindings) findings.push(finding(part, envelope))
      }
    }
    await setImmediate()
  }
  return {
    erasures: all.filter((each) => isAsked(each.company)).map(recordOf),
    findings,
    keys: present ? 'present' : 'absent',
    parts,
  }
}

interface Envelope {
  readonly co?: string
  readonly pii?: readonly { readonly s: string; readonly p: string }[]
}

interface Part {
  readonly position: number
  readonly subject: string
  readonly purpose: string
  /** With which key it was sealed, where the box is still there. */
  readonly keyId: string | undefined
  readonly missing: 'key' | 'box' | undefined
}

/** The sealed parts of an entry, as its envelope names them. */
const partsOf = (
  { position, sealed }: LogEntry,
  { pii = [] }: Envelope,
  keys: SubjectKeys,
): readonly Part[] =>
  pii.map(({ s: subject, p: purpose }) => {
    const box = sealed.find((each) => each.subject === subject && each.purpose === purpose)
    const name = { subject, purpose }
    if (box === undefined) return { position, ...name, keyId: undefined, missing: 'box' }
    const key = keys.find(name, box.keyId) ?? keys.aside(name, box.keyId)
    const missing = key === undefined ? 'key' : undefined
    return { position, ...name, keyId: box.keyId, missing }
  })

const finding = ({ position, subject, purpose, missing }: Part, { co }: Envelope): MissingData => ({
  code: 'ERASED_WITHOUT_RECORD',
  position: String(position),
  company: co,
  subject,
  purpose,
  missing: missing ?? 'key',
})

type Recorded = RecordedEvent & { readonly data: ErasedData }

const erasuresIn = async (store: EventStore, read: Means['read']): Promise<readonly Recorded[]> => {
  const found: Recorded[] = []
  for await (const page of store.readLog()) {
    for (const stored of page) {
      if (!stored.type.startsWith('PersonalDataErased.')) continue
      const recorded = read(stored)
      found.push({ ...recorded, data: recorded.event.data as ErasedData })
    }
    await setImmediate()
  }
  return found
}

/** Whether an erasure tells of what is missing: of its key, or, where that is unknown, of its subject. */
const knownIn = (erasures: readonly Recorded[]): ((part: Part) => boolean) => {
  const keys = new Set(erasures.flatMap(({ data }) => data.keys))
  const subjects = new Map<string, Recorded[]>()
  for (const erasure of erasures) {
    for (const subject of erasure.data.subjects) {
      subjects.set(subject, [...(subjects.get(subject) ?? []), erasure])
    }
  }
  return ({ position, subject, purpose, keyId }) => {
    if (keyId !== undefined) return keys.has(keyId)
    return (subjects.get(subject) ?? []).some(
      (erasure) => erasure.position > position && isFor(purpose, erasure.data),
    )
  }
}

const isFor = (purpose: string, { purposes }: ErasedData): boolean =>
  purposes.some((each) => each === purpose)

const recordOf = ({ data, position, ...recorded }: Recorded): ErasureRecord => ({
  position: String(position),
  id: recorded.id,
  stream: recorded.stream,
  company: recorded.company,
  recordedAt: recorded.recordedAt,
  actor: recorded.actor,
  subjects: data.subjects,
  purposes: data.purposes,
  ground: data.ground,
  requestedBy: data.requestedBy,
  approvedBy: data.approvedBy,
  completeBy: data.completeBy,
  kept: data.kept.map(({ keys: _keys, ...kept }) => kept),
})

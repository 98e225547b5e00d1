/**
 * Verifying a store as an auditor does: read anew from its file, against checkpoints that were held
 * elsewhere, and with the keys, where they are within reach, to look into sealed parts.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding, SubjectKeyName } from '@forsat/event-store'
import { openSqliteStore, type Verified } from '@forsat/event-store/sqlite'
import { type VerifiedCheckpoint, type Verifier, verifierOf } from '@forsat/ledger'
import { keyFiles } from '../key-files.ts'
import type { Places } from '../places.ts'
import { auditFilesIn } from './audit-files.ts'
import { type CheckCode, checkedNote, forkAmong } from './checking.ts'

export interface VerifyRequest {
  readonly depth: 'fast' | 'full'
  /** Signed notes; the store's own newest one is taken too. */
  readonly checkpoints: readonly string[]
  /** Whose signatures count; by default the store's own key. */
  readonly verifiers: readonly Verifier[]
  readonly clock: { now(): string }
}

export interface AuditFinding {
  readonly code: Finding['code'] | CheckCode
  /** From 0, as in proofs. */
  readonly index?: number
  readonly range?: readonly [number, number]
  readonly detail: string
}

export interface Verdict {
  readonly verdict: 'sound' | 'tampered' | 'undecided'
  readonly findings: readonly AuditFinding[]
  /** Why nobody can tell. */
  readonly undecided: readonly ('noCheckpoint' | 'noKeys')[]
  readonly head: Verified['head']
  readonly sealed?: Verified['sealed']
  /** Events that no checkpoint covers yet. */
  readonly unsignedTail: number
  /** The size of each checkpoint that was held against it. */
  readonly checkpoints: readonly number[]
}

export const verifyStore = async (
  places: Extract<Places, { kind: 'sqlite' }>,
  { depth, checkpoints, verifiers, clock }: VerifyRequest,
): Promise<Verdict> => {
  const files = auditFilesIn(places.keys)
  const own = verifierOf((await files.key())?.verifierKey ?? '')
  const trusted = verifiers.length > 0 ? verifiers : own === undefined ? [] : [own]
  const anchor = await files.anchor()
  const given = checkpoints.map((note) => checkedNote(note, trusted))
  // One's own newest checkpoint is worth something against slips; against forgers it is not.
  const anchored = anchor === undefined || own === undefined ? [] : [checkedNote(anchor, [own])]
  const checked = [...given, ...anchored]
  const held = checked.flatMap(({ checkpoint }) => (checkpoint === undefined ? [] : [checkpoint]))

  const hasKeys = existsSync(join(places.keys, 'subjects'))
  await using store = await openSqliteStore(places.store, { clock, readOnly: true })
  const { head, findings, sealed } = await store.verify({
    depth,
    heads: held,
    sealed: { ...(hasKeys ? { keys: keyFiles(places.keys) } : {}), erasures },
  })
  const all: readonly AuditFinding[] = [
    ...checked.flatMap((each) => each.findings),
    ...forked(held),
    ...findings.map(({ position, ...finding }) => ({
      ...finding,
      ...(position === undefined ? {} : { index: position - 1 }),
    })),
  ]
  const undecided = [
    ...(held.length === 0 ? (['noCheckpoint'] as const) : []),
    ...((sealed?.locked ?? 0) > 0 ? (['noKeys'] as const) : []),
  ]
  const signed = Math.max(0, ...held.map(({ size }) => size))
  return {
    verdict: all.length > 0 ? 'tampered' : undecided.length > 0 ? 'undecided' : 'sound',
    findings: all,
    undecided,
    head,
    ...(sealed === undefined ? {} : { sealed }),
    unsignedTail: Math.max(0, head.size - signed),
    checkpoints: held.map(({ size }) => size),
  }
}

const forked = (held: readonly VerifiedCheckpoint[]): readonly AuditFinding[] => {
  const [one, other] = forkAmong(held) ?? []
  if (one === undefined || other === undefined) return []
  const detail = `${one.origin} was signed twice at ${one.size}, with different roots`
  return [{ code: 'FORK_PROVEN', range: [one.size, other.size], detail }]
}

/** Whose keys an event says were destroyed, for which purposes. */
const erasures = (event: {
  readonly type: string
  readonly data: string
}): readonly SubjectKeyName[] => {
  if (!event.type.startsWith('PersonalDataErased.')) return []
  const { subjects = [], purposes = [] } = JSON.parse(event.data) as {
    readonly subjects?: readonly string[]
    readonly purposes?: readonly string[]
  }
  return subjects.flatMap((subject) => purposes.map((purpose) => ({ subject, purpose })))
}

/**
 * Verifying a store as an auditor does: read anew from its file, against checkpoints that were held
 * elsewhere, and with the keys, where they are within reach, to look into sealed parts.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type EventStore, type Finding, recorder, type SubjectKeyName } from '@forsat/event-store'
import { openSqliteStore, type Verified } from '@forsat/event-store/sqlite'
import { type VerifiedCheckpoint, type Verifier, verifierOf } from '@forsat/ledger'
import { createProjections } from '@forsat/projections'
import { keyFiles } from '../key-files.ts'
import { resealed } from '../ledger/closing.ts'
import { rulesBroken } from '../ledger/rules.ts'
import type { Places } from '../places.ts'
import { codecs, readerOf } from '../reading.ts'
import { auditFilesIn } from './audit-files.ts'
import { type CheckCode, checkedNote, forkAmong } from './checking.ts'

export interface VerifyRequest {
  /** To replay is to look at every row, and at what today's program makes of them. */
  readonly depth: 'fast' | 'full' | 'replay'
  /** Signed notes; the store's own newest one is taken too. */
  readonly checkpoints: readonly string[]
  /** Whose signatures count; by default the store's own key. */
  readonly verifiers: readonly Verifier[]
  readonly clock: { now(): string }
}

type ReplayCode = 'STATE_DIGEST_DIFFERS' | 'READ_MODEL_DRIFT' | 'RULE_BROKEN'

export interface AuditFinding {
  readonly code: Finding['code'] | CheckCode | ReplayCode
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
  /** Closed periods that were compared with what today's program makes of them. */
  readonly periods?: number
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
    depth: depth === 'fast' ? 'fast' : 'full',
    heads: held,
    sealed: { ...(hasKeys ? { keys: keyFiles(places.keys) } : {}), erasures },
  })
  // What was tampered with need not be readable.
  const replayed =
    depth === 'replay' && findings.length === 0
      ? await replayedFindings(store, places, clock)
      : undefined
  const all: readonly AuditFinding[] = [
    ...(replayed?.findings ?? []),
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
    ...(replayed === undefined ? {} : { periods: replayed.periods }),
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

/** What today's program makes of the history, against what was sealed and what is kept. */
const replayedFindings = async (
  store: EventStore,
  places: Extract<Places, { kind: 'sqlite' }>,
  clock: { now(): string },
): Promise<{ readonly findings: readonly AuditFinding[]; readonly periods: number }> => {
  const { compared, broken } = await resealed(store)
  const rules = await rulesBroken(store)
  return {
    periods: compared,
    findings: [
      ...broken.map(
        ({ period, index }): AuditFinding => ({
          code: 'STATE_DIGEST_DIFFERS',
          index,
          detail: `the history of ${period} reads otherwise today than when it was closed`,
        }),
      ),
      ...rules.broken.map(
        ({ rule, index, stream }): AuditFinding => ({
          code: 'RULE_BROKEN',
          index,
          detail: `${rule} in ${stream}`,
        }),
      ),
      ...(await driftOf(store, places, clock)),
    ],
  }
}

/** How long read models that are behind may take to catch up. */
const patienceMs = 600_000

/** Whether the kept read models are what the log makes of them; none is kept, none has drifted. */
const driftOf = async (
  store: EventStore,
  { readModels: path, keys }: Extract<Places, { kind: 'sqlite' }>,
  clock: { now(): string },
): Promise<readonly AuditFinding[]> => {
  if (!existsSync(path)) return []
  const read = readerOf(recorder({ keys: keyFiles(keys), codecs }))
  await using projections = await createProjections({ store, read, path, now: () => clock.now() })
  await projections.waitFor(await store.head(), { timeoutMs: patienceMs })
  const kept = await projections.digest()
  using past = await projections.replay()
  const fresh = await past.digest()
  return Object.entries(fresh.projections)
    .filter(([name, digest]) => kept.projections[name] !== digest)
    .map(([name]) => ({
      code: 'READ_MODEL_DRIFT',
      detail: `${name} is not what the log makes of it: forsat rebuild ${name}`,
    }))
}

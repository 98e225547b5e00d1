/**
 * Signing the log: only what is durable, and only a tree that holds the one that was signed before.
 * One name never signs two histories.
 *
 * @module
 */
import { type Finding, type LogTree, StoreDamaged } from '@forsat/event-store'
import {
  type Checkpoint,
  consistencyText,
  inclusionText,
  openCheckpoint,
  signedCheckpoint,
  type TreeHead,
  utf8,
  verifierOf,
} from '@forsat/ledger'
import * as E from 'fp-ts/lib/Either.js'
import { invalid, notFound, type Refusal } from '../refusal.ts'
import type { AuditFiles, AuditKey } from './audit-files.ts'

/** A checkpoint, and what to check it with. */
export interface SignedCheckpoint extends TreeHead {
  readonly note: string
  readonly verifierKey: string
}

/** A proof as a file, and what to check it with. */
export interface Proof {
  readonly text: string
  readonly verifierKey: string
}

export interface Audit {
  /** The newest checkpoint; signed now, if the log has grown since the last. */
  checkpoint(): Promise<E.Either<Refusal, SignedCheckpoint>>
  /**
   * That an event is in the log, by its index from 0; `at` an earlier size, `bare` without the envelope
   * itself.
   */
  inclusion(
    index: number,
    options?: { readonly at?: number | undefined; readonly bare?: boolean },
  ): Promise<E.Either<Refusal, Proof>>
  /** That the log of `to` events, by default all, holds that of `from` events unchanged. */
  consistency(from: number, to?: number): Promise<E.Either<Refusal, Proof>>
  /** Signs what was appended since, where there is a key. */
  keep(): Promise<void>
}

/** Why a log is not the one that its anchor was signed for; nothing where it is, or none was signed. */
export const anchorFaults = async (
  tree: LogTree,
  files: AuditFiles,
): Promise<readonly Finding[]> => {
  const [key, note] = [await files.key(), await files.anchor()]
  if (key === undefined || note === undefined) return []
  const anchor = anchorOf(key, note)
  if (anchor === undefined) {
    return [
      { code: 'BAD_CHECKPOINT', detail: 'the newest checkpoint beside the keys is not signed' },
    ]
  }
  const { size } = await tree.head()
  if (size < anchor.size) {
    const detail = `it has ${size} events, and ${anchor.size} were signed: an older copy was put back. ${howToGoOn}`
    return [{ code: 'LOG_SHRUNK', range: [size, anchor.size], detail }]
  }
  if ((await tree.root(anchor.size)) === anchor.root) return []
  const detail = `its first ${anchor.size} events are not those that were signed. ${howToGoOn}`
  return [{ code: 'ROOT_MISMATCH', range: [0, anchor.size], detail }]
}

const howToGoOn = 'To go on with it, declare it: forsat audit restore'

const anchorOf = (key: AuditKey, note: string): Checkpoint | undefined => {
  const verifier = verifierOf(key.verifierKey)
  const opened = verifier && openCheckpoint(note, [verifier])
  return typeof opened === 'object' ? opened : undefined
}

const keyMissing = E.left({ type: 'AuditKeyMissing' as const })

export const auditOf = (
  tree: LogTree | undefined,
  files: AuditFiles,
  report: (message: string) => void,
): Audit => {
  const signer = async () => {
    const key = await files.key()
    return key === undefined || tree === undefined ? undefined : { key, tree }
  }

  /** Signs a tree of this size, newest or not; the newest is kept as the anchor. */
  const sign = async (
    { key, tree: of }: { readonly key: AuditKey; readonly tree: LogTree },
    head: TreeHead,
  ): Promise<SignedCheckpoint> => {
    const faults = await anchorFaults(of, files)
    if (faults.length > 0) throw new StoreDamaged('that is to be signed', faults)
    const note = await files.anchor()
    const anchor = note === undefined ? undefined : anchorOf(key, note)
    if (note !== undefined && anchor?.size === head.size) {
      return { ...head, note, verifierKey: key.verifierKey }
    }
    const signed = signedCheckpoint(
      { ...head, origin: key.origin },
      { name: key.origin, key: key.key },
    )
    if (head.size > (anchor?.size ?? -1)) await files.keepAnchor(signed)
    return { ...head, note: signed, verifierKey: key.verifierKey }
  }

  /** The head at a size that the log has reached. */
  const headAt = async (of: LogTree, size: number | undefined): Promise<TreeHead | undefined> => {
    const head = await of.head()
    if (size === undefined || size === head.size) return head
    return size > head.size ? undefined : { size, root: await of.root(size) }
  }

  return {
    checkpoint: async () => {
      const signing = await signer()
      return signing === undefined
        ? keyMissing
        : E.right(await sign(signing, await signing.tree.head()))
    },
    inclusion: async (index, { at, bare = false } = {}) => {
      const signing = await signer()
      if (signing === undefined) return keyMissing
      const head = await headAt(signing.tree, at)
      if (head === undefined) return invalid('/at', 'is more than the log has')
      const entry = index < head.size ? await signing.tree.entry(index) : undefined
      if (entry === undefined) return notFound
      const proof = await signing.tree.inclusion(index, head.size)
      const { note: checkpoint, verifierKey } = await sign(signing, head)
      const shown = bare ? undefined : utf8(entry)
      const text = inclusionText({ index, proof, checkpoint, entry: shown })
      return E.right({ text, verifierKey })
    },
    consistency: async (from, to) => {
      const signing = await signer()
      if (signing === undefined) return keyMissing
      const head = await headAt(signing.tree, to)
      if (head === undefined) return invalid('/to', 'is more than the log has')
      if (from < 1 || from > head.size) return invalid('/from', 'must be from 1 to the later size')
      const proof = await signing.tree.consistency(from, head.size)
      const { note: checkpoint, verifierKey } = await sign(signing, head)
      return E.right({ text: consistencyText({ old: from, proof, checkpoint }), verifierKey })
    },
    keep: async () => {
      const signing = await signer()
      if (signing === undefined) return
      const [fault] = await anchorFaults(signing.tree, files)
      if (fault === undefined) await sign(signing, await signing.tree.head())
      else report(`the log is not signed: ${fault.detail}`)
    },
  }
}

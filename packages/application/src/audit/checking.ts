/**
 * Checking what somebody was given, with nothing but a key: proofs, checkpoints, a payload against its
 * commitment. No log and no network is needed.
 *
 * @module
 */
import {
  checkpointIn,
  consistencyIn,
  dataCommitment,
  fromBase64url,
  inclusionIn,
  leafHash,
  openCheckpoint,
  type TreeHead,
  type VerifiedCheckpoint,
  type Verifier,
  verifyConsistency,
  verifyInclusion,
} from '@forsat/ledger'
import * as z from 'zod'

export type CheckCode =
  | 'BAD_CHECKPOINT'
  | 'BAD_PROOF'
  | 'FORK_PROVEN'
  | 'COMMITMENT_MISMATCH'
  | 'LOG_SHRUNK'

export interface Checked {
  readonly findings: readonly { readonly code: CheckCode; readonly detail: string }[]
  /** What holds, where nothing was found. */
  readonly checkpoint?: VerifiedCheckpoint
  readonly index?: number
  /** The envelope that was proven. */
  readonly entry?: string
}

/** The checkpoint of a note, or why it says nothing. */
export const checkedNote = (note: string, verifiers: readonly Verifier[]): Checked => {
  const opened = openCheckpoint(note, verifiers)
  if (typeof opened === 'object') return { findings: [], checkpoint: opened }
  return found('BAD_CHECKPOINT', whyBad[opened])
}

const whyBad = {
  malformed: 'this is no checkpoint',
  forged: 'the signature is not of this text',
  unsigned: 'nobody whose key is known has signed it',
}

const found = (code: CheckCode, detail: string): Checked => ({ findings: [{ code, detail }] })

/** What a checkpoint says, whoever signed it: where only its size is asked. */
export const checkedHead = (note: string): TreeHead | undefined =>
  checkpointIn(note.slice(0, note.lastIndexOf('\n\n') + 1))

/** A proof of either kind, or a checkpoint alone. `earlier` is what a proof of growth begins at. */
export const checkFile = (
  text: string,
  verifiers: readonly Verifier[],
  { payload, earlier }: { readonly payload?: string; readonly earlier?: TreeHead } = {},
): Checked => {
  if (text.startsWith('c2sp.org/tlog-proof@')) return checkInclusion(text, verifiers, payload)
  if (/^old \d/.test(text)) return checkGrowth(text, verifiers, earlier)
  return checkedNote(text, verifiers)
}

const checkInclusion = (
  text: string,
  verifiers: readonly Verifier[],
  payload: string | undefined,
): Checked => {
  const proof = inclusionIn(text)
  if (proof === undefined) return found('BAD_PROOF', 'this is no proof')
  if (proof.entry === undefined) return found('BAD_PROOF', 'the entry itself is not in the file')
  const { checkpoint, findings } = checkedNote(proof.checkpoint, verifiers)
  if (checkpoint === undefined) return { findings }
  if (!verifyInclusion({ ...proof, leaf: leafHash(proof.entry) }, checkpoint)) {
    return found('BAD_PROOF', 'the entry is not in the log of the checkpoint')
  }
  const entry = Buffer.from(proof.entry).toString('utf8')
  if (payload !== undefined && !opensTo(entry, payload)) {
    return found('COMMITMENT_MISMATCH', 'the payload is not what the entry was committed to')
  }
  return { findings: [], checkpoint, index: proof.index, entry }
}

const checkGrowth = (
  text: string,
  verifiers: readonly Verifier[],
  earlier: TreeHead | undefined,
): Checked => {
  const proof = consistencyIn(text)
  if (proof === undefined) return found('BAD_PROOF', 'this is no proof')
  const { checkpoint, findings } = checkedNote(proof.checkpoint, verifiers)
  if (checkpoint === undefined) return { findings }
  if (earlier?.size !== proof.old) {
    return found('BAD_PROOF', `the checkpoint of ${proof.old} is needed to check it`)
  }
  return verifyConsistency(earlier, checkpoint, proof.proof)
    ? { findings: [], checkpoint }
    : found('BAD_PROOF', 'the later log does not hold the earlier one')
}

/** What the API and exports give of one event beside its envelope. */
const Payload = z.object({ data: z.string(), salt: z.base64url() })

const opensTo = (entry: string, payload: string): boolean => {
  try {
    const { data, salt } = Payload.parse(JSON.parse(payload))
    const envelope = z.object({ data: z.string() }).parse(JSON.parse(entry))
    return dataCommitment(fromBase64url(salt), data) === envelope.data
  } catch {
    return false
  }
}

/** Two checkpoints of one name and size with different roots: the pair is the evidence. */
export const forkAmong = (
  checkpoints: readonly VerifiedCheckpoint[],
): readonly [VerifiedCheckpoint, VerifiedCheckpoint] | undefined => {
  const seen = new Map<string, VerifiedCheckpoint>()
  for (const each of checkpoints) {
    const name = `${each.origin}\n${each.size}`
    const known = seen.get(name)
    if (known !== undefined && known.root !== each.root) return [known, each]
    seen.set(name, each)
  }
  return undefined
}

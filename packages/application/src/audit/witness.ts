/**
 * A witness: somebody elsewhere who remembers the last checkpoint of a log and signs the next one only
 * if it holds that. The signature names a moment, so whatever it covers existed by then.
 *
 * @module
 */
import {
  consistencyIn,
  cosigned,
  freshSigningKey,
  openCheckpoint,
  type Signer,
  signingKeyOf,
  type TreeHead,
  type Verifier,
  verifierKey,
  verifyConsistency,
} from '@forsat/ledger'
import type { CheckCode } from './checking.ts'

export interface WitnessRequest {
  /** A proof of growth from the size seen last, or, the first time, a checkpoint. */
  readonly asked: string
  /** The checkpoint that was signed last. */
  readonly last: string | undefined
  readonly verifiers: readonly Verifier[]
  readonly signer: Signer
  /** In whole seconds since 1970. */
  readonly seconds: number
}

/** The checkpoint with a line of one's own, or what is wrong with it. */
export const witnessed = ({
  asked,
  last,
  verifiers,
  signer,
  seconds,
}: WitnessRequest): { readonly note: string } | { readonly code: CheckCode } => {
  const proof = consistencyIn(asked)
  const note = proof?.checkpoint ?? asked
  const next = openCheckpoint(note, verifiers)
  if (typeof next === 'string') return { code: 'BAD_CHECKPOINT' }
  const before = last === undefined ? undefined : openCheckpoint(last, verifiers)
  if (typeof before === 'string') return { code: 'BAD_CHECKPOINT' }
  if (before !== undefined && before.origin === next.origin) {
    if (next.size < before.size) return { code: 'LOG_SHRUNK' }
    const isSame = next.size === before.size
    if (isSame && next.root !== before.root) return { code: 'FORK_PROVEN' }
    if (!isSame && !holds(before, next, proof)) return { code: 'BAD_PROOF' }
  }
  return { note: cosigned(note, signer, seconds) }
}

const holds = (
  before: TreeHead,
  next: TreeHead,
  proof: ReturnType<typeof consistencyIn>,
): boolean => proof?.old === before.size && verifyConsistency(before, next, proof.proof)

/** A fresh key of a witness, as PKCS#8 in PEM. */
export const freshWitnessKey = freshSigningKey

/** Who signs with the key in a PEM, and what others check that with. */
export const witnessIn = (
  pem: string,
  name: string,
): (Signer & { readonly verifierKey: string }) | undefined => {
  const key = signingKeyOf(pem)
  if (key === undefined || !/^[^+\s]+$/.test(name)) return undefined
  const { publicKey } = key
  return { name, key, verifierKey: verifierKey({ name, kind: 'cosigner', publicKey }) }
}

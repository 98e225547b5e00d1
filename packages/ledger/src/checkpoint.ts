/**
 * A checkpoint: size and root of a log at one moment, signed. Three lines and no more, so that it can
 * be printed; whatever else there is to say goes into the log itself.
 *
 * @module
 */
import { fromBase64, toBase64 } from './crypto.ts'
import { type Hash, hashBytes, hashOfBytes, type TreeHead } from './merkle.ts'
import {
  type NoteFault,
  openNote,
  type Signature,
  type Signer,
  signedNote,
  type Verifier,
} from './note.ts'

export interface Checkpoint extends TreeHead {
  /** Whose log this is. One origin never signs two histories. */
  readonly origin: string
}

/** A checkpoint that was checked against the keys of those who may sign it. */
export interface VerifiedCheckpoint extends Checkpoint {
  readonly signatures: readonly Signature[]
}

const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${hashText(root)}\n`

export const signedCheckpoint = (checkpoint: Checkpoint, signer: Signer): string =>
  signedNote(checkpointText(checkpoint), signer)

/** The checkpoint that a text of three lines says; `undefined` where it says none. */
export const checkpointIn = (text: string): Checkpoint | undefined => {
  const [origin = '', size = '', root = '', end, ...more] = text.split('\n')
  const hash = hashIn(root)
  if (origin === '' || end !== '' || more.length > 0 || hash === undefined) return undefined
  if (!/^(?:0|[1-9]\d{0,15})$/.test(size) || !Number.isSafeInteger(Number(size))) return undefined
  return { origin, size: Number(size), root: hash }
}

/** Takes a signed note for what it says, if one of the verifiers signed it as the log. */
export const openCheckpoint = (
  note: string,
  verifiers: readonly Verifier[],
): VerifiedCheckpoint | NoteFault => {
  const opened = openNote(note, verifiers)
  if (typeof opened === 'string') return opened
  const checkpoint = checkpointIn(opened.text)
  if (checkpoint === undefined) return 'malformed'
  const isSigned = opened.signatures.some(({ verifier }) => verifier.kind === 'log')
  return isSigned ? { ...checkpoint, signatures: opened.signatures } : 'unsigned'
}

/** A hash as proofs and checkpoints write it. */
export const hashText = (hash: Hash): string => toBase64(hashBytes(hash))

export const hashIn = (text: string): Hash | undefined => {
  const bytes = fromBase64(text)
  return bytes && hashOfBytes(bytes)
}

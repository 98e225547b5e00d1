/**
 * Proofs as files: small texts that others' programs read too. One says that an entry is in a log
 * (`.tlog-proof`, C2SP), one that a later log holds an earlier one (the body that witnesses are asked
 * with). Both end with the signed checkpoint that they lead to.
 *
 * @module
 */
import { hashIn, hashText } from './checkpoint.ts'
import { fromBase64, toBase64 } from './crypto.ts'
import type { Hash } from './merkle.ts'

/** That an entry is in the log of the checkpoint. */
export interface InclusionProof {
  readonly index: number
  readonly proof: readonly Hash[]
  /** A signed note. */
  readonly checkpoint: string
  /** The entry itself, so that the proof can be checked with nothing beside it. */
  readonly entry?: Uint8Array | undefined
}

/** That the log of the checkpoint holds the one that had so many entries. */
export interface ConsistencyProof {
  readonly old: number
  readonly proof: readonly Hash[]
  readonly checkpoint: string
}

const header = 'c2sp.org/tlog-proof@v1'

export const inclusionText = ({ index, proof, checkpoint, entry }: InclusionProof): string =>
  [
    header,
    ...(entry === undefined ? [] : [`extra ${toBase64(entry)}`]),
    `index ${index}`,
    ...proof.map(hashText),
    '',
    checkpoint,
  ].join('\n')

export const inclusionIn = (text: string): InclusionProof | undefined => {
  const parts = divided(text)
  const [first, ...lines] = parts?.lines ?? []
  if (parts === undefined || first !== header) return undefined
  const [extra] = lines
  const entry = extra?.startsWith('extra ') ? fromBase64(extra.slice(6)) : undefined
  const [index, ...proof] = extra?.startsWith('extra ') ? lines.slice(1) : lines
  if (extra?.startsWith('extra ') && entry === undefined) return undefined
  const read = { index: numberIn('index', index), proof: hashesIn(proof) }
  if (read.index === undefined || read.proof === undefined) return undefined
  return { index: read.index, proof: read.proof, checkpoint: parts.checkpoint, entry }
}

export const consistencyText = ({ old, proof, checkpoint }: ConsistencyProof): string =>
  [`old ${old}`, ...proof.map(hashText), '', checkpoint].join('\n')

export const consistencyIn = (text: string): ConsistencyProof | undefined => {
  const parts = divided(text)
  if (parts === undefined) return undefined
  const [first, ...lines] = parts.lines
  const [old, proof] = [numberIn('old', first), hashesIn(lines)]
  return old === undefined || proof === undefined
    ? undefined
    : { old, proof, checkpoint: parts.checkpoint }
}

/** What stands before the first blank line, and the checkpoint behind it. */
const divided = (text: string) => {
  const end = text.indexOf('\n\n')
  return end === -1
    ? undefined
    : { lines: text.slice(0, end).split('\n'), checkpoint: text.slice(end + 2) }
}

const numberIn = (name: string, line = ''): number | undefined => {
  const [, digits] = /^\w+ (0|[1-9]\d{0,15})$/.exec(line) ?? []
  return line.startsWith(`${name} `) && Number.isSafeInteger(Number(digits))
    ? Number(digits)
    : undefined
}

/** More than the largest tree has. */
const mostHashes = 63

const hashesIn = (lines: readonly string[]): readonly Hash[] | undefined => {
  const hashes = lines.flatMap((line) => hashIn(line) ?? [])
  return hashes.length === lines.length && lines.length <= mostHashes ? hashes : undefined
}

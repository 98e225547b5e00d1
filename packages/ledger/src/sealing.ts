/**
 * Sealing of personal fields: a box that opens under one key, at one place in the log. Whoever
 * destroys the key has erased the fields, while every hash of the ledger stays what it was.
 *
 * @module
 */
import { canonical } from './canonical.ts'
import { personalCommitment, saltBytes } from './commitment.ts'
import { base64url, decrypt, encrypt, fromBase64url } from './crypto.ts'

/** Where a box belongs. It is sealed in, so that a box that was moved to another row does not open. */
export interface BoxPlace {
  readonly stream: string
  readonly revision: number
  /** The event's id. */
  readonly id: string
  readonly subject: string
  readonly purpose: string
}

/** Personal fields, sealed with AES-256-GCM. */
export interface SealedBox {
  readonly iv: Uint8Array
  readonly ciphertext: Uint8Array
  readonly tag: Uint8Array
  /** To the fields, base64url; the salt lies inside the box. */
  readonly commitment: string
}

export type Fields = Readonly<Record<string, unknown>>

/** `iv` (12 bytes) and `salt` (32 bytes) are fresh random bytes, each used once. */
export const seal = (
  fields: Fields,
  place: BoxPlace,
  {
    key,
    iv,
    salt,
  }: { readonly key: Uint8Array; readonly iv: Uint8Array; readonly salt: Uint8Array },
): SealedBox => {
  const canonicalFields = canonical(fields)
  const inside = `${head}${canonicalFields}${middle}${base64url(salt)}${end}`
  return {
    iv,
    ...encrypt(inside, { key, iv, context: contextOf(place) }),
    commitment: personalCommitment(salt, canonicalFields),
  }
}

/**
 * The fields of a box, or `undefined` where it does not open or holds something else than was
 * committed to. Authentication alone would not do: a ciphertext can be built to open under two keys.
 */
export const open = (box: SealedBox, place: BoxPlace, key: Uint8Array): Fields | undefined =>
  opened(box, place, key)?.fields

/** The same with the salt, for who is to check the commitment. */
export const opened = (
  box: SealedBox,
  place: BoxPlace,
  key: Uint8Array,
): { readonly fields: Fields; readonly salt: Uint8Array } | undefined => {
  const inside = decrypt(box, { key, iv: box.iv, context: contextOf(place) })
  if (inside === undefined || !inside.startsWith(head) || !inside.endsWith(end)) return undefined
  const canonicalFields = inside.slice(head.length, -tailLength)
  const salt = fromBase64url(inside.slice(-tailLength + middle.length, -end.length))
  if (salt.length !== saltBytes) return undefined
  if (personalCommitment(salt, canonicalFields) !== box.commitment) return undefined
  return { fields: JSON.parse(canonicalFields) as Fields, salt }
}

// The inside of a box is the canonical text of {fields, salt}. Its parts stand at known places, so
// that opening hashes the very text that was committed to instead of writing it anew.
const head = '{"fields":'
const middle = ',"salt":"'
const end = '"}'
const saltLength = Math.ceil((saltBytes * 4) / 3)
const tailLength = middle.length + saltLength + end.length

// A list of names and a number: plain JSON of it is canonical.
const contextOf = ({ stream, revision, id, subject, purpose }: BoxPlace): string =>
  JSON.stringify([stream, revision, id, subject, purpose])

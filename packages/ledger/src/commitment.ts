/**
 * Commitments: salted hashes that bind a ledger to what it does not show. With the salt anybody can
 * check what was committed to; without it a hash of a mail address cannot be guessed.
 *
 * @module
 */
import { sha256, utf8 } from './crypto.ts'

/** Salts are 32 random bytes. */
export const saltBytes = 32

/** To the plain part of an event: SHA-256 over the name of the form, a zero byte, salt and text. */
export const dataCommitment = (salt: Uint8Array, canonicalText: string): string =>
  commitment(dataForm, salt, canonicalText)

/** To the personal fields of one subject and purpose, given as canonical text. */
export const personalCommitment = (salt: Uint8Array, canonicalFields: string): string =>
  commitment(personalForm, salt, canonicalFields)

/** What a record had come to, as canonical text: the same digest wherever and whenever it is folded. */
export const stateDigest = (canonicalState: string): string =>
  sha256(Buffer.concat([stateForm, utf8(canonicalState)]))

/** What many records had come to: over the names of their streams, in order, and their digests. */
export const statesDigest = (canonicalList: string): string =>
  sha256(Buffer.concat([statesForm, utf8(canonicalList)]))

const stateForm = Buffer.from('ledger/state/v1\0', 'utf8')
const statesForm = Buffer.from('ledger/states/v1\0', 'utf8')
const dataForm = Buffer.from('ledger/data/v1\0', 'utf8')
const personalForm = Buffer.from('ledger/pii/v1\0', 'utf8')

const commitment = (form: Uint8Array, salt: Uint8Array, text: string): string => {
  if (salt.length !== saltBytes) throw new RangeError(`a salt has ${saltBytes} bytes`)
  const start = form.length + saltBytes
  const bytes = Buffer.allocUnsafe(start + Buffer.byteLength(text, 'utf8'))
  bytes.set(form)
  bytes.set(salt, form.length)
  bytes.write(text, start, 'utf8')
  return sha256(bytes)
}

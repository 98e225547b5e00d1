/**
 * The bytes and ciphers that a ledger needs: the one door of this package to the machine.
 *
 * @module
 */
import { createCipheriv, createDecipheriv, hash, randomFillSync } from 'node:crypto'

// Asking the system costs more than sealing a box, so a stock is drawn at once. Each byte is handed
// out once, and the stock does not keep it.
const stock = new Uint8Array(8192)
let left = 0

/** Fresh bytes that nobody can guess. */
export const randomBytes = (size: number): Uint8Array => {
  if (size > stock.length) return randomFillSync(new Uint8Array(size))
  if (size > left) {
    randomFillSync(stock)
    left = stock.length
  }
  const bytes = stock.slice(left - size, left)
  stock.fill(0, left - size, left)
  left -= size
  return bytes
}

/** SHA-256 as base64url. Text comes out faster than a buffer: allocating one costs more than the hash. */
export const sha256 = (bytes: Uint8Array): string => hash('sha256', bytes, 'base64url')

export const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8')

export const base64url = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')

export const fromBase64url = (text: string): Uint8Array => Buffer.from(text, 'base64url')

const cipher = 'aes-256-gcm'
const options = { authTagLength: 16 }

/** AES-256-GCM. A key that has not 32 bytes or a nonce that has not 12 is a defect and throws. */
export const encrypt = (
  text: string,
  { key, iv, context }: { key: Uint8Array; iv: Uint8Array; context: string },
): { readonly ciphertext: Uint8Array; readonly tag: Uint8Array } => {
  const sealing = createCipheriv(cipher, key, nonce(iv), options)
  sealing.setAAD(Buffer.from(context, 'utf8'))
  const ciphertext = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()])
  return { ciphertext, tag: sealing.getAuthTag() }
}

/** The text, or `undefined` where key, context or bytes are not those it was sealed with. */
export const decrypt = (
  { ciphertext, tag }: { ciphertext: Uint8Array; tag: Uint8Array },
  { key, iv, context }: { key: Uint8Array; iv: Uint8Array; context: string },
): string | undefined => {
  const opening = createDecipheriv(cipher, key, nonce(iv), options)
  opening.setAAD(Buffer.from(context, 'utf8'))
  try {
    opening.setAuthTag(tag)
    return opening.update(ciphertext, undefined, 'utf8') + opening.final('utf8')
  } catch {
    return undefined
  }
}

/** GCM takes nonces of other lengths, by a way that is not worth its weakness. */
const nonce = (iv: Uint8Array): Uint8Array => {
  if (iv.length !== 12) throw new RangeError('a nonce has 12 bytes')
  return iv
}

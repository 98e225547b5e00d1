/**
 * The bytes and ciphers that a ledger needs: the one door of this package to the machine.
 *
 * @module
 */
import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  randomFillSync,
  sign,
  verify,
} from 'node:crypto'

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

/** SHA-256 as bytes, where it is cut or put together with others. */
export const sha256Bytes = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer')

/** SHA-256 of bytes, or of a text in UTF-8, as text of one character a byte. */
export const hashOfText = (bytes: string | Uint8Array): string => hash('sha256', bytes, 'latin1')

const node = Buffer.alloc(65, 1)

/** SHA-256 of a one and two hashes, all as text of one character a byte. */
export const hashOfNode = (first: string, second: string): string => {
  node.write(first, 1, 32, 'latin1')
  node.write(second, 33, 32, 'latin1')
  return hash('sha256', node, 'latin1')
}

export const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8')

export const base64url = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')

export const fromBase64url = (text: string): Uint8Array => Buffer.from(text, 'base64url')

export const toBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')

/** The bytes, or `undefined` where this is not how they are written: padded, and in one way only. */
export const fromBase64 = (text: string): Uint8Array | undefined => {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

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

/** A key that signs. */
export interface SigningKey {
  readonly sign: (message: string) => Uint8Array
  /** The 32 bytes that others check with. */
  readonly publicKey: Uint8Array
}

/** A fresh Ed25519 key, as PKCS#8 in PEM. */
export const freshSigningKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' })

/** The key that 32 bytes stand for: the way of published test keys. */
export const signingKeyFromSeed = (seed: Uint8Array): SigningKey =>
  signingKeyIn(
    createPrivateKey({
      key: Buffer.concat([pkcs8Head, seed]),
      format: 'der',
      type: 'pkcs8',
    }),
  )

/** What PKCS#8 says before the 32 bytes of an Ed25519 key. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The key in a PEM, or `undefined` where there is no Ed25519 key in it. */
export const signingKeyOf = (pem: string): SigningKey | undefined => {
  const key = privateKeyIn(pem)
  return key?.asymmetricKeyType === 'ed25519' ? signingKeyIn(key) : undefined
}

const signingKeyIn = (key: KeyObject): SigningKey => {
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' })
  return {
    publicKey: fromBase64url(x),
    sign: (message) => sign(null, utf8(message), key),
  }
}

const privateKeyIn = (pem: string): KeyObject | undefined => {
  try {
    return createPrivateKey(pem)
  } catch {
    return undefined
  }
}

/** Whether the signature is of this message by the key of these 32 bytes. */
export const isSignedBy = (
  publicKey: Uint8Array,
  message: string,
  signature: Uint8Array,
): boolean => {
  const key = createPublicKey({
    format: 'jwk',
    key: { kty: 'OKP', crv: 'Ed25519', x: base64url(publicKey) },
  })
  return verify(null, utf8(message), key, signature)
}

/**
 * Signed notes (C2SP): a text that a person can read, and below it a line for each who signed. Ed25519
 * signs the text as it stands; a cosigner signs it together with the moment of signing.
 *
 * @module
 */
import { fromBase64, isSignedBy, type SigningKey, sha256Bytes, toBase64, utf8 } from './crypto.ts'

/** Signs as what: the log itself, or somebody who looked at it. */
export type SignerKind = 'log' | 'cosigner'

/** Whoever may have signed, and how that is checked. */
export interface Verifier {
  /** Without spaces and without a plus. */
  readonly name: string
  readonly kind: SignerKind
  /** 32 bytes of Ed25519. */
  readonly publicKey: Uint8Array
}

export interface Signer {
  readonly name: string
  readonly key: SigningKey
}

/** One byte before each public key says how it signs. */
const types: Readonly<Record<SignerKind, number>> = { log: 1, cosigner: 4 }

const keyBytes = ({ kind, publicKey }: Verifier): Uint8Array =>
  Buffer.concat([Uint8Array.of(types[kind]), publicKey])

const idLength = 4

/** Tells keys of one name apart; it proves nothing. */
const keyId = (verifier: Verifier): Uint8Array =>
  sha256Bytes(Buffer.concat([utf8(`${verifier.name}\n`), keyBytes(verifier)])).subarray(0, idLength)

/** A verifier as one line of text, to be published where the log itself is not. */
export const verifierKey = (verifier: Verifier): string =>
  `${verifier.name}+${Buffer.from(keyId(verifier)).toString('hex')}+${toBase64(keyBytes(verifier))}`

/** The verifier that such a line names; `undefined` where it names none that is known here. */
export const verifierOf = (text: string): Verifier | undefined => {
  const [, name, id, key] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(text.trim()) ?? []
  const bytes = key === undefined ? undefined : fromBase64(key)
  const kind = (['log', 'cosigner'] as const).find((each) => types[each] === bytes?.[0])
  if (name === undefined || bytes?.length !== 33 || kind === undefined) return undefined
  const verifier: Verifier = { name, kind, publicKey: bytes.subarray(1) }
  return Buffer.from(keyId(verifier)).toString('hex') === id ? verifier : undefined
}

/** The text with the signer's line below it. */
export const signedNote = (text: string, { name, key }: Signer): string =>
  `${text}\n${signatureLine({ name, kind: 'log', publicKey: key.publicKey }, key.sign(text))}`

/** Adds the line of another signer of the same text, whatever stands there already. */
export const signedToo = (note: string, signer: Signer): string =>
  `${note}${signedNote(textOf(note), signer).slice(textOf(note).length + 1)}`

/** Adds the line of somebody who looked, at a moment in whole seconds since 1970. */
export const cosigned = (note: string, { name, key }: Signer, seconds: number): string => {
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(seconds))
  const signature = Buffer.concat([time, key.sign(timed(textOf(note), seconds))])
  return `${note}${signatureLine({ name, kind: 'cosigner', publicKey: key.publicKey }, signature)}`
}

/** What a cosigner signs. */
const timed = (text: string, seconds: number | bigint): string =>
  `cosignature/v1\ntime ${seconds}\n${text}`

const signatureLine = (verifier: Verifier, signature: Uint8Array): string =>
  `— ${verifier.name} ${toBase64(Buffer.concat([keyId(verifier), signature]))}\n`

const textOf = (note: string): string => note.slice(0, note.lastIndexOf('\n\n') + 1)

export interface Signature {
  readonly verifier: Verifier
  /** Of a cosigner: seconds since 1970. */
  readonly seconds?: number
}

export interface OpenedNote {
  readonly text: string
  /** Those by known verifiers, all of them good. */
  readonly signatures: readonly Signature[]
}

/**
 * Why a note says nothing: it is none, somebody known did not sign this text, or nobody known signed
 * at all.
 */
export type NoteFault = 'malformed' | 'forged' | 'unsigned'

/** Lines by others are let be: anybody may have signed too. */
export const openNote = (note: string, verifiers: readonly Verifier[]): OpenedNote | NoteFault => {
  const text = textOf(note)
  const lines = note.slice(text.length + 1).split('\n')
  // Control characters could make a reader see another text than was signed.
  // oxlint-disable-next-line no-control-regex -- these are what the rule is about
  if (text === '\n' || text === '' || /[\u0000-\u0009\u000B-\u001F]/.test(note)) return 'malformed'
  if (!note.isWellFormed() || lines.pop() !== '' || lines.length === 0) return 'malformed'
  const parsed = lines.map(lineOf)
  const signatures: Signature[] = []
  for (const line of parsed) {
    if (line === undefined) return 'malformed'
    const verifier = verifiers.find(
      (each) => each.name === line.name && Buffer.from(keyId(each)).equals(line.id),
    )
    if (verifier === undefined) continue
    const signature = checked(text, verifier, line.signature)
    if (signature === undefined) return 'forged'
    signatures.push(signature)
  }
  return signatures.length === 0 ? 'unsigned' : { text, signatures }
}

interface SignatureLine {
  readonly name: string
  readonly id: Uint8Array
  readonly signature: Uint8Array
}

const lineOf = (line: string): SignatureLine | undefined => {
  const [, name, base64 = ''] = /^— ([^+\s]+) (\S+)$/u.exec(line) ?? []
  const bytes = fromBase64(base64)
  if (name === undefined || bytes === undefined || bytes.length <= idLength) return undefined
  return { name, id: bytes.subarray(0, idLength), signature: bytes.subarray(idLength) }
}

const checked = (text: string, verifier: Verifier, bytes: Uint8Array): Signature | undefined => {
  const { kind, publicKey } = verifier
  if (kind === 'log') {
    return bytes.length === 64 && isSignedBy(publicKey, text, bytes) ? { verifier } : undefined
  }
  if (bytes.length !== 72) return undefined
  const seconds = Buffer.from(bytes.subarray(0, 8)).readBigUInt64BE()
  return isSignedBy(publicKey, timed(text, seconds), bytes.subarray(8))
    ? { verifier, seconds: Number(seconds) }
    : undefined
}

/**
 * A cursor says where a list goes on. It is sealed: it shows nothing of the rows, and one that was
 * not made here, or for another question, is no cursor. The same place always has the same cursor.
 *
 * @module
 */
import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto'
import * as z from 'zod'

/** What is sealed: the question, and the place. */
const Content = z.tuple([z.string(), z.union([z.string(), z.number(), z.null()]), z.int()])

/** Where a page ended: the last row's sort value, and the key that no other row has. */
export interface Place {
  readonly value: string | number | null
  readonly began: number
}

export interface Cursors {
  /** `question` is all that tells one list from another: its name, company, filters and order. */
  make(question: unknown, place: Place): string
  open(question: unknown, cursor: string): Place | undefined
}

const ivBytes = 12
const tagBytes = 16

export const cursors = (key: Uint8Array): Cursors => {
  const mac = (text: string) => createHmac('sha256', key).update(text).digest()
  const cipherKey = mac('cursor')
  const fingerprint = (question: unknown) =>
    createHash('sha256').update(JSON.stringify(question)).digest('base64url').slice(0, 16)

  return {
    make: (question, { value, began }) => {
      const text = JSON.stringify([fingerprint(question), value, began])
      const iv = mac(text).subarray(0, ivBytes)
      const cipher = createCipheriv('aes-256-gcm', cipherKey, iv)
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
    },
    open: (question, cursor) => {
      if (!/^[\w-]+$/.test(cursor)) return undefined
      const bytes = Buffer.from(cursor, 'base64url')
      if (bytes.length <= ivBytes + tagBytes) return undefined
      const decipher = createDecipheriv('aes-256-gcm', cipherKey, bytes.subarray(0, ivBytes))
      decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
      try {
        const sealed = bytes.subarray(ivBytes + tagBytes)
        const text = Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8')
        const [of, value, began] = Content.parse(JSON.parse(text))
        return of === fingerprint(question) ? { value, began } : undefined
      } catch {
        return undefined
      }
    },
  }
}

/**
 * Keys of personal data in memory; with them goes everything that was sealed.
 *
 * @module
 */
import { base64url, randomBytes } from '@forsat/ledger'
import type { SubjectKey, SubjectKeyName, SubjectKeys } from './port.ts'

export interface MemoryKeys extends SubjectKeys {
  /** Erases what was sealed for this subject and purpose. */
  destroy(name: SubjectKeyName): void
}

export const memoryKeys = (): MemoryKeys => {
  const keys = new Map<string, SubjectKey>()
  const nameOf = ({ subject, purpose }: SubjectKeyName) => `${subject}/${purpose}`
  const made = (name: string): SubjectKey => {
    const known = keys.get(name)
    if (known !== undefined) return known
    const key = { id: base64url(randomBytes(9)), key: randomBytes(32) }
    keys.set(name, key)
    return key
  }
  return {
    ensure: async (names) => names.map((name) => made(nameOf(name))),
    find: (name, keyId) => {
      const key = keys.get(nameOf(name))
      return key?.id === keyId ? key : undefined
    },
    destroy: (name) => {
      keys.delete(nameOf(name))
    },
  }
}

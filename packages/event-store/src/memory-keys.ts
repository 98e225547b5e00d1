/**
 * Keys of personal data in memory; with them goes everything that was sealed.
 *
 * @module
 */
import { base64url, randomBytes } from '@forsat/ledger'
import type { NamedKey, SubjectKey, SubjectKeyName, SubjectKeys } from './port.ts'

export const memoryKeys = (): SubjectKeys => {
  const current = new Map<string, SubjectKey>()
  const putAside = new Map<string, SubjectKey>()
  const nameOf = ({ subject, purpose }: SubjectKeyName) => `${subject}/${purpose}`
  const placeOf = (key: NamedKey) => `${nameOf(key)}/${key.keyId}`

  const made = (name: string): SubjectKey => {
    const known = current.get(name)
    if (known !== undefined) return known
    const key = { id: base64url(randomBytes(9)), key: randomBytes(32) }
    current.set(name, key)
    return key
  }

  /** Takes a key out of use, where it is still the current one. */
  const taken = (named: NamedKey): SubjectKey | undefined => {
    const key = current.get(nameOf(named))
    if (key?.id !== named.keyId) return undefined
    current.delete(nameOf(named))
    return key
  }

  return {
    ensure: async (names) => names.map((name) => made(nameOf(name))),
    find: (name, keyId) => {
      const key = current.get(nameOf(name))
      return key?.id === keyId ? key : undefined
    },
    standing: async (names) =>
      names.flatMap(({ subject, purpose }) => {
        const key = current.get(nameOf({ subject, purpose }))
        return key === undefined ? [] : [{ subject, purpose, keyId: key.id }]
      }),
    destroy: async (keys) => {
      for (const key of keys) {
        taken(key)
        putAside.delete(placeOf(key))
      }
    },
    setAside: async (keys) => {
      for (const named of keys) {
        const key = taken(named)
        if (key !== undefined) putAside.set(placeOf(named), key)
      }
    },
    aside: (name, keyId) => putAside.get(placeOf({ ...name, keyId })),
  }
}

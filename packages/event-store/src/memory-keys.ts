/**
 * Keys of personal data in memory; with them goes everything that was sealed.
 *
 * @module
 */
import { base64url, randomBytes } from '@forsat/ledger'
import type { SubjectKey, SubjectKeyName, SubjectKeys } from './port.ts'

export const memoryKeys = (): SubjectKeys => {
  const current = new Map<string, SubjectKey>()
  const putAside = new Map<string, SubjectKey>()
  const nameOf = ({ subject, purpose }: SubjectKeyName) => `${subject}/${purpose}`

  const made = (name: string): SubjectKey => {
    const known = current.get(name)
    if (known !== undefined) return known
    const key = { id: base64url(randomBytes(9)), key: randomBytes(32) }
    current.set(name, key)
    return key
  }

  return {
    ensure: async (names) => names.map((name) => made(nameOf(name))),
    find: (name, keyId) => {
      const key = current.get(nameOf(name))
      return key?.id === keyId ? key : undefined
    },
    present: () => true,
    standing: async (names) =>
      names.flatMap((name) => {
        const key = current.get(nameOf(name))
        return key === undefined ? [] : [{ ...name, keyId: key.id }]
      }),
    destroy: async (names, ids) => {
      for (const name of names.map(nameOf)) {
        const key = current.get(name)
        if (key !== undefined && ids.includes(key.id)) current.delete(name)
        for (const id of ids) putAside.delete(`${name}/${id}`)
      }
    },
    setAside: async (names, ids) => {
      for (const name of names.map(nameOf)) {
        const key = current.get(name)
        if (key === undefined || !ids.includes(key.id)) continue
        current.delete(name)
        putAside.set(`${name}/${key.id}`, key)
      }
    },
    aside: (name, keyId) => putAside.get(`${nameOf(name)}/${keyId}`),
  }
}

import { hash } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The id of a stream that follows from what it is for, so that all who look for it meet there. */
export const derivedId = (...parts: readonly string[]): string => {
  const digest = hash('sha256', parts.join('\n'), 'hex')
  let bits = BigInt(`0x${digest.slice(0, 32)}`)
  let id = ''
  for (let place = 0; place < 26; place += 1) {
    id = `${alphabet[Number(bits & 31n)]}${id}`
    bits >>= 5n
  }
  return id
}

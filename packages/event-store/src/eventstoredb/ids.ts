/**
 * The same 128 bits in two writings: a ULID, as we name events, and a UUID, as the server does.
 *
 * @module
 */

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const values = new Map(alphabet.split('').map((letter, value) => [letter, BigInt(value)]))
const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export const isUlid = (text: string): boolean => ulid.test(text)
export const isUuid = (text: string): boolean => uuid.test(text)

/** Throws for what is no ULID, and for the one of zeros alone, which the server refuses. */
export const uuidOf = (id: string): string => {
  if (!isUlid(id)) throw new TypeError(`${id} is not a ULID`)
  let bits = 0n
  for (const letter of id) bits = (bits << 5n) | (values.get(letter) ?? 0n)
  if (bits === 0n) throw new TypeError('an event id of zeros alone is refused by the server')
  const hex = bits.toString(16).padStart(32, '0')
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)]
  return `${parts.join('-')}-${hex.slice(20)}`
}

export const ulidOf = (id: string): string => {
  if (!isUuid(id)) throw new TypeError(`${id} is not a UUID`)
  let bits = BigInt(`0x${id.replaceAll('-', '')}`)
  let text = ''
  for (let place = 0; place < 26; place += 1) {
    text = `${alphabet[Number(bits & 31n)]}${text}`
    bits >>= 5n
  }
  return text
}

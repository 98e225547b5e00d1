/**
 * The two names that carry a second part: streams (`opportunity-01J8Z…`) and stored types
 * (`OpportunityWon.v1`).
 *
 * @module
 */

/** The part of a stream before the first dash. */
export const categoryOf = (stream: string): string => stream.slice(0, stream.indexOf('-'))

/** The part of a stream behind the first dash: the record's own id. */
export const recordOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1)

/** A category, a dash and what is behind it: printable ASCII, as every store takes it. */
export const isStream = (stream: string): boolean => /^[a-z][a-z0-9]*-[!-~]+$/.test(stream)

export interface StoredType {
  readonly name: string
  readonly version: number
}

const storedTypes = new Map<string, StoredType>()

/** The name and the version of a stored type. */
export const storedTypeOf = (type: string): StoredType => {
  const known = storedTypes.get(type)
  if (known !== undefined) return known
  const [, name, version] = /^([A-Z][A-Za-z0-9]*)\.v([1-9]\d{0,8})$/.exec(type) ?? []
  if (name === undefined) throw new TypeError(`${type} is not a name with a version`)
  const parts = { name, version: Number(version) }
  storedTypes.set(type, parts)
  return parts
}

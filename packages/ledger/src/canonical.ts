/**
 * Canonical JSON (RFC 8785): one value, one text, so that a hash of the text is a hash of the value.
 *
 * Strict, because in a ledger what is dropped in silence is a lost fact: whatever JSON does not have
 * (`undefined`, a `Date`, a hole in an array, half of a surrogate pair) throws.
 *
 * @module
 */

/** Deeper than any event of ours; what is deeper is an attack or a cycle. */
const deepest = 64

/**
 * The canonical text of a JSON value.
 *
 * @example canonical({ b: 1, a: [true, 'x'] }) // '{"a":[true,"x"],"b":1}'
 */
export const canonical = (value: unknown): string => write(value, 0)

const write = (value: unknown, depth: number): string => {
  switch (typeof value) {
    case 'string':
      return text(value)
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} is not a JSON number`)
      // ECMAScript writes numbers as the RFC asks, and -0 as 0.
      return String(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      if (depth === deepest) throw new RangeError(`JSON deeper than ${deepest} levels`)
      return Array.isArray(value) ? array(value, depth + 1) : object(value, depth + 1)
    case 'bigint':
    case 'function':
    case 'symbol':
    case 'undefined':
      break
  }
  throw new TypeError(`${typeof value} is not a JSON value`)
}

const text = (value: string): string => {
  if (!value.isWellFormed()) throw new TypeError('text with half of a surrogate pair')
  return JSON.stringify(value)
}

const array = (items: readonly unknown[], depth: number): string => {
  const parts: string[] = []
  for (let index = 0; index < items.length; index++) {
    if (!Object.hasOwn(items, index)) throw new TypeError('an array with a hole')
    parts.push(write(items[index], depth))
  }
  if (Reflect.ownKeys(items).length !== items.length + 1)
    throw new TypeError('an array with a name')
  return `[${parts.join(',')}]`
}

const object = (members: object, depth: number): string => {
  const prototype: unknown = Object.getPrototypeOf(members)
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError('an object that is not plain')
  }
  // Sorted by UTF-16 code units, as the RFC asks and `toSorted` does.
  const names = Object.keys(members).toSorted()
  if (Reflect.ownKeys(members).length !== names.length) throw new TypeError('a hidden member')
  const parts = names.map(
    (name) => `${text(name)}:${write((members as Record<string, unknown>)[name], depth)}`,
  )
  return `{${parts.join(',')}}`
}

/**
 * JSON as a request may hold it: read once, with nothing lost or guessed on the way. What `JSON.parse`
 * passes over in silence is refused here: a key that stands twice, text that is not Unicode.
 *
 * @module
 */
import { composed, type InputIssue } from '@forsat/application'

/** How deep lists and objects may lie in each other. */
const maxDepth = 64

export type Read =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly issue: InputIssue }

const refused = (pointer: string, detail: string): Read => ({
  ok: false,
  issue: { pointer, detail },
})

/** Reads bytes as one JSON object, its text in Unicode NFC. */
export const readJson = (bytes: Uint8Array): Read => {
  const text = decoded(bytes)
  if (text === undefined) return refused('', 'must be JSON in valid UTF-8')
  const value = parsed(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refused('', value === undefined ? 'must be valid JSON' : 'must be a JSON object')
  }
  const misplaced = misplacedKey(text)
  if (misplaced !== undefined) return { ok: false, issue: misplaced }
  const odd = oddText(value, '')
  if (odd !== undefined) {
    return refused(odd, 'must be well-formed Unicode without the character U+0000')
  }
  return { ok: true, value: composed(value) }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

const decoded = (bytes: Uint8Array): string | undefined => {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** One step of a JSON pointer. */
export const step = (key: PropertyKey): string =>
  `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`

interface Level {
  readonly pointer: string
  /** The keys seen so far; a list has none. */
  readonly keys: Set<string> | undefined
  /** The key or index of what comes next. */
  at: string | number
  /** Whether the next text is a key. */
  awaitsKey: boolean
}

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs

/** A key that stands twice or names a prototype, or a level too many; in a text known to be JSON. */
const misplacedKey = (text: string): InputIssue | undefined => {
  const levels: Level[] = []
  for (const [token] of text.matchAll(tokens)) {
    const level = levels.at(-1)
    switch (token) {
      case '{':
      case '[': {
        if (levels.length === maxDepth) {
          return { pointer: '', detail: `must not be nested deeper than ${maxDepth} levels` }
        }
        const pointer = level === undefined ? '' : `${level.pointer}${step(level.at)}`
        const isObject = token === '{'
        levels.push({ pointer, keys: isObject ? new Set() : undefined, at: 0, awaitsKey: isObject })
        break
      }
      case '}':
      case ']':
        levels.pop()
        break
      case ',':
        if (level?.keys !== undefined) level.awaitsKey = true
        else if (level !== undefined) level.at = Number(level.at) + 1
        break
      case ':':
        break
      default: {
        if (level?.keys === undefined || !level.awaitsKey) break
        const key = JSON.parse(token) as string
        const pointer = `${level.pointer}${step(key)}`
        if (level.keys.has(key)) return { pointer, detail: 'must stand only once' }
        if (key === '__proto__') return { pointer, detail: 'is not a known field' }
        level.keys.add(key)
        level.at = key
        level.awaitsKey = false
      }
    }
  }
  return undefined
}

const isOdd = (text: string): boolean => !text.isWellFormed() || text.includes('\0')

/** Where the first key or text stands that is not Unicode as people write it. */
const oddText = (value: unknown, pointer: string): string | undefined => {
  if (typeof value === 'string') return isOdd(value) ? pointer : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, each] of Object.entries(value)) {
    const inside = `${pointer}${step(key)}`
    if (isOdd(key)) return inside.toWellFormed()
    const found = oddText(each, inside)
    if (found !== undefined) return found
  }
  return undefined
}

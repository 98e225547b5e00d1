/**
 * Which streams of the database are ours, and which of them are bookkeeping.
 *
 * @module
 */
import { sha256, utf8 } from '@forsat/ledger'
import { categoryOf } from '../names.ts'

const bookkeeping: readonly string[] = ['command', 'policy', 'discarded']

/** Streams that hold no history: what is remembered of commands, and how far policies have come. */
export const isBookkeeping = (stream: string): boolean => bookkeeping.includes(categoryOf(stream))

export const commandStream = (scope: string, key: string): string =>
  `command-${sha256(utf8(JSON.stringify([scope, key])))}`

export const policyStream = (policy: string): string => `policy-${policy}`

/** When a command was remembered, where an event says so. */
export const rememberedAt = (stream: string, data: unknown): string | undefined => {
  if (categoryOf(stream) !== 'command') return undefined
  const at = typeof data === 'object' && data !== null && 'at' in data ? data.at : undefined
  return typeof at === 'string' ? at : undefined
}

/** In which it is written down whose sealed parts are gone. */
export const discardedStream = 'discarded-keys'

/** The keys that an event says are gone. */
export const discardedKeys = (stream: string, data: unknown): readonly string[] => {
  if (stream !== discardedStream) return []
  const keys = typeof data === 'object' && data !== null && 'keys' in data ? data.keys : undefined
  return Array.isArray(keys) ? keys.map(String) : []
}

/** The expression for all streams of history under a prefix. */
export const historyUnder = (prefix: string): string =>
  `^${escaped(prefix)}(?!${bookkeeping.map((category) => `${category}-`).join('|')})`

export const escaped = (text: string): string => text.replaceAll('.', '\\.')

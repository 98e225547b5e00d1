/**
 * What is asked again and again of tables that are seldom written, remembered until somebody writes
 * them. What this process writes it says itself; of others SQLite tells by a number that changes with
 * their commits.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { prepared } from './database.ts'

interface Memory {
  version: unknown
  /** By read model, and by what was asked. */
  readonly answers: Map<string, Map<string, unknown>>
}

/** Only of connections that were looked at: of others nobody would notice what is written. */
const memories = new WeakMap<DatabaseSync, Memory>()

/** How many answers are kept of a read model. */
const most = 500

/** Forgets what others have written since the last look. In the transaction that is then read in. */
export const lookForOthers = (db: DatabaseSync): void => {
  const version = prepared(db, 'PRAGMA data_version').get()?.['data_version']
  const memory = memories.get(db)
  if (memory === undefined) memories.set(db, { version, answers: new Map() })
  else if (memory.version !== version) {
    memory.version = version
    memory.answers.clear()
  }
}

/** Says that a read model was written on this connection; without a name, that any may have been. */
export const written = (db: DatabaseSync, readModel?: string): void => {
  const answers = memories.get(db)?.answers
  if (readModel === undefined) answers?.clear()
  else answers?.delete(readModel)
}

/** The answer as it was, or as it is found now. It is shared, and so never to be changed. */
export const remembered = <Answer>(
  db: DatabaseSync,
  readModel: string,
  question: string,
  ask: () => Answer,
): Answer => {
  const memory = memories.get(db)
  if (memory === undefined) return ask()
  const known = memory.answers.get(readModel) ?? new Map<string, unknown>()
  memory.answers.set(readModel, known)
  if (known.has(question)) return known.get(question) as Answer
  const answer = ask()
  if (known.size >= most) known.clear()
  known.set(question, answer)
  return answer
}

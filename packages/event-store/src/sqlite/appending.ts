/**
 * How an append is judged and written, inside a transaction.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import * as E from 'fp-ts/lib/Either.js'
import { envelopeOf, judge, type KnownLog, type Standing } from '../admission.ts'
import { type Append, type Appended, type AppendRefusal, noStream } from '../port.ts'
import type { CommandTable } from './bookkeeping.ts'
import type { EndOfLog } from './end-of-log.ts'
import type { GrowingTree } from './growing-tree.ts'
import type { KnownEnds } from './known-ends.ts'

export interface AppendingOptions {
  readonly db: DatabaseSync
  readonly end: EndOfLog
  readonly ends: KnownEnds
  readonly tree: GrowingTree
  readonly commands: CommandTable
  readonly clock: { now(): string }
}

export const appending = ({ db, end, ends, tree, commands, clock }: AppendingOptions) => {
  const findById = db.prepare('SELECT pos, recorded, env FROM event WHERE id = ?')
  const lastOf = db.prepare('SELECT rev FROM event WHERE stream = ? ORDER BY rev DESC LIMIT 1')
  const insertEvent = db.prepare(
    `INSERT INTO event (pos, id, stream, rev, type, company, occurred, recorded, actor, on_behalf_of,
       corr, cause, sealed, data, salt, env, leaf)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const insertSealed = db.prepare(
    `INSERT INTO event_sealed (pos, subject, purpose, key_id, iv, ct, tag, commitment)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )

  const known: KnownLog = {
    revisionOf: (stream) => {
      const last = ends.lastOf(stream)
      if (last !== undefined) return last
      const row = lastOf.get(stream) as { readonly rev: number } | undefined
      return row?.rev ?? noStream
    },
    find: (id) => {
      const row = findById.get(id) as
        | { readonly pos: number; readonly recorded: string; readonly env: string }
        | undefined
      return row && standing(row)
    },
    command: commands.find,
  }

  const write = (append: Append): Appended => {
    const { stream, expectedRevision, metadata, events, command } = append
    const last = end.now()
    const now = clock.now()
    const recordedAt = now > last.recordedAt ? now : last.recordedAt
    let position = last.position
    let revision = expectedRevision
    for (const [index, event] of events.entries()) {
      position += 1
      revision += 1
      const envelope = envelopeOf(append, index, position, recordedAt)
      insertEvent.run(
        position,
        event.id,
        stream,
        revision,
        event.type,
        metadata.company ?? null,
        event.occurredAt,
        recordedAt,
        metadata.actor,
        metadata.onBehalfOf ?? null,
        metadata.correlationId,
        metadata.causationId ?? null,
        event.sealed.length,
        event.data,
        event.salt,
        envelope,
        tree.add(envelope, position),
      )
      for (const part of event.sealed) {
        const { subject, purpose, keyId, iv, ciphertext, tag, commitment } = part
        insertSealed.run(position, subject, purpose, keyId, iv, ciphertext, tag, commitment)
      }
    }
    if (command !== undefined) commands.insert(command)
    end.moved({ position, recordedAt })
    ends.keep(stream, revision)
    ends.keepHead(position)
    return { stream, revision, position, recordedAt, repeated: false }
  }

  /** All that may refuse an append is asked before the first row is written. */
  return (append: Append): E.Either<AppendRefusal, Appended> => {
    const judged = judge(append, known)
    return E.isLeft(judged) ? judged : E.right(judged.right ?? write(append))
  }
}

const standing = (row: {
  readonly pos: number
  readonly recorded: string
  readonly env: string
}): Standing => ({ position: row.pos, recordedAt: row.recorded, envelope: row.env })

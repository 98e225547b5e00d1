/**
 * Who did something, as answers tell it: names are looked up on reading, the log has none.
 *
 * @module
 */

import type { DatabaseSync } from 'node:sqlite'
import { isErased } from '@forsat/domain'
import type { UserDocument } from '../catalogue/catalogue-documents.ts'
import { prepared } from '../database.ts'
import { remembered } from '../remembered.ts'
import { Actor } from '../views/values.ts'

export type Actors = (actor: string) => Actor

const kinds = Actor.shape.kind

/** Where nobody can be looked up. */
export const nameless: Actors = (actor) => actorOf(actor, () => undefined)

export const actorsIn = (db: DatabaseSync): Actors => {
  const known = new Map<string, Actor>()

  const nameOf = (id: string): string | undefined => {
    const name = remembered(db, 'catalogue', `user ${id}`, () => nameIn(db, id))
    return isErased(name) ? undefined : name
  }

  return (actor) => {
    const made = known.get(actor) ?? actorOf(actor, nameOf)
    known.set(actor, made)
    return made
  }
}

const nameIn = (db: DatabaseSync, id: string): UserDocument['name'] | undefined => {
  const row = prepared(db, 'SELECT doc FROM user WHERE id = ?').get(id)
  return row && (JSON.parse(String(row['doc'])) as UserDocument).name
}

const actorOf = (actor: string, nameOf: (userId: string) => string | undefined): Actor => {
  const colon = actor.indexOf(':')
  const kind = kinds.safeParse(actor.slice(0, colon)).data ?? 'system'
  const id = actor.slice(colon + 1)
  const name = kind === 'user' ? nameOf(id) : undefined
  return { id, kind, ...(name !== undefined && { name }) }
}

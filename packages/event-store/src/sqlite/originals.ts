/**
 * The log of a file as something to copy from, while it is in use.
 *
 * @module
 */
import type { Original, Originals } from '../original.ts'
import type { CommandRecord } from '../port.ts'
import { openSqliteStore } from '../sqlite.ts'
import { connect } from './connection.ts'

interface Proof {
  readonly salt: Uint8Array
  readonly env: string
}

/** What an envelope says that its event does not. */
interface Envelope {
  readonly data: string
  readonly cmd: string
  readonly trace?: string
  readonly pii?: readonly { readonly c: string; readonly s: string; readonly p: string }[]
}

export const originalsInFile = async (
  path: string,
  clock: { now(): string },
): Promise<Originals> => {
  const store = await openSqliteStore(path, { clock, readOnly: true })
  const db = connect(path, { readOnly: true })
  const proofOf = db.prepare('SELECT salt, env FROM event WHERE pos = ?')
  return {
    async *after(position) {
      for await (const page of store.readLog({ after: position })) {
        yield page.map((stored): Original => {
          const { salt, env } = proofOf.get(stored.position) as unknown as Proof
          const { data: commitment, cmd: command, trace, pii = [] } = JSON.parse(env) as Envelope
          const personal = pii.map(({ c, s, p }) => ({ commitment: c, subject: s, purpose: p }))
          return { stored, salt, commitment, command, trace, personal }
        })
      }
    },
    commands: async () =>
      db
        .prepare('SELECT scope, key, request_hash AS requestHash, outcome FROM command ORDER BY at')
        .all() as unknown as readonly CommandRecord[],
    policies: async () =>
      db.prepare('SELECT name AS policy, position FROM policy').all() as unknown as Awaited<
        ReturnType<Originals['policies']>
      >,
    [Symbol.asyncDispose]: async () => {
      db.close()
      await store[Symbol.asyncDispose]()
    },
  }
}

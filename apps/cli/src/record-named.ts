/**
 * Records as people name them: by id, by the number of an offer, or by the id of another system.
 *
 * @module
 */
import type { Session } from './session.ts'
import { Stop } from './shell.ts'

const kinds = ['opportunities', 'quotations', 'contacts'] as const

/** A record with a history of its own, called as its routes call it. */
export interface NamedRecord {
  readonly kind: (typeof kinds)[number]
  readonly id: string
  readonly stream: string
}

const categories = { opportunities: 'opportunity', quotations: 'quotation', contacts: 'contact' }

const named = (kind: NamedRecord['kind'], id: string): NamedRecord => ({
  kind,
  id,
  stream: `${categories[kind]}-${id}`,
})

export const recordNamed = async (
  { forsat: { query }, scope, texts }: Session,
  asked: string,
): Promise<NamedRecord> => {
  const firstOf = async (
    kind: NamedRecord['kind'],
    filters: object,
  ): Promise<NamedRecord | undefined> => {
    const list = await query[kind].list(scope, { filters, limit: 1 })
    const [found] = list._tag === 'Right' ? list.right.items : []
    return found && named(kind, found.id)
  }
  const [, system, key] = /^([a-z0-9][a-z0-9._-]*):(.+)$/s.exec(asked) ?? []
  if (system !== undefined && key !== undefined) {
    const filters = { externalId: { system, id: key } }
    for (const kind of kinds) {
      const found = await firstOf(kind, filters)
      if (found !== undefined) return found
    }
  }
  const id = asked.toUpperCase()
  for (const kind of kinds) {
    if ((await query[kind].get(id, scope)) !== undefined) return named(kind, id)
  }
  // Nothing else that people have in hand looks like the number of an offer.
  const numbered = await firstOf('quotations', { number: asked })
  if (numbered !== undefined) return numbered
  throw new Stop(1, texts.history.unknown(asked))
}

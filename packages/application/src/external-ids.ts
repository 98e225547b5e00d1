/**
 * The ids that other systems know records by: each stands for one record of its kind alone.
 *
 * @module
 */
import type { ExternalId } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { EntryKind } from './facts.ts'
import type { Refusal } from './refusal.ts'
import type { Setting } from './use-case.ts'

type Listed = readonly ExternalId[] | null | undefined

/** Why the ids cannot be had, if they cannot: one of them stands for another than `own`. */
export const idTaken = async (
  ids: Listed,
  holderOf: (id: ExternalId) => Promise<string | undefined>,
  own: string | undefined,
): Promise<E.Left<Refusal> | undefined> => {
  for (const id of ids ?? []) {
    const by = await holderOf(id)
    if (by !== undefined && by !== own)
      return { _tag: 'Left', left: { type: 'ExternalIdTaken', ...id, by } }
  }
  return undefined
}

/** What stands in a list twice counts once. */
export const idsOnce = (ids: readonly ExternalId[]): ExternalId[] => [
  ...new Map(ids.map((each) => [`${each.system}:${each.id}`, each])).values(),
]

/** The fields of an entry of the catalogue, where no other has one of their ids. */
export const withOwnIds = async <Fields extends { readonly externalIds?: Listed }>(
  kind: EntryKind,
  fields: Fields,
  { company, companies, facts }: Setting,
  own: string | undefined,
): Promise<E.Either<Refusal, Fields>> => {
  const { externalIds } = fields
  const scope = { company: company.id, companies, everywhere: companies === undefined }
  const taken = await idTaken(externalIds, (id) => facts.entryBy(kind, id, scope), own)
  if (taken !== undefined) return taken
  return E.right(externalIds ? { ...fields, externalIds: idsOnce(externalIds) } : fields)
}

/**
 * What may be said of anything: the ids that other systems know it by, each of which stands for one
 * record of its kind alone, and fields of the company's own.
 *
 * @module
 */
import { AttributeChanges, type Attributes, type ExternalId, ownFields } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { EntryKind } from './facts.ts'
import { mergedInto } from './merge-patch.ts'
import { invalid, type Refusal } from './refusal.ts'
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

/** What may be changed of them: a merge patch. */
export const ownChanges = {
  externalIds: ownFields.externalIds.nullable().optional(),
  attributes: AttributeChanges.nullable().optional(),
}

export interface Owning {
  readonly attributes?: Attributes | null | undefined
}

/** The fields that were asked for, with those of the company's own merged into those there are. */
export const withAttributes = <
  Fields extends { readonly attributes?: AttributeChanges | null | undefined },
>(
  fields: Fields,
  known: Attributes | undefined,
): E.Either<Refusal, Fields & Owning> => {
  if (fields.attributes === undefined) return E.right(fields as Fields & Owning)
  const attributes = mergedInto(known, fields.attributes)
  if (attributes === null && known === undefined) {
    // Nothing is left of what was never there: that is no change.
    const { attributes: _nothing, ...others } = fields
    return E.right(others as Fields & Owning)
  }
  if (attributes && !ownFields.attributes.safeParse(attributes).success) {
    return invalid('/attributes', 'must have at most 50 fields')
  }
  return E.right({ ...fields, attributes })
}

export interface Known {
  /** The entry that asks; one that is made may have no id yet. */
  readonly id: string | undefined
  readonly attributes?: Attributes | undefined
}

/** An entry of the catalogue that is there, as it asks for changes of its own fields. */
export const entryOf = (
  id: string,
  entry: {
    readonly status: string
    readonly fields?: { readonly attributes?: Attributes | undefined }
  },
): Known => ({ id, attributes: entry.fields?.attributes })

/** The fields of an entry of the catalogue, where no other has one of their ids. */
export const withOwnFields = async <
  Fields extends {
    readonly externalIds?: Listed
    readonly attributes?: AttributeChanges | null | undefined
  },
>(
  kind: EntryKind,
  fields: Fields,
  { company, companies, facts }: Setting,
  own: Known,
) => {
  const { externalIds } = fields
  const scope = { company: company.id, companies, everywhere: companies === undefined }
  const taken = await idTaken(externalIds, (id) => facts.entryBy(kind, id, scope), own.id)
  if (taken !== undefined) return taken
  const listed = externalIds ? { ...fields, externalIds: idsOnce(externalIds) } : fields
  return withAttributes(listed, own.attributes)
}

/**
 * Where a contact is written to. Its own address of a kind comes first, then those of the people and
 * places below it, then the same one step up, as far as the company it belongs to: a sub-company is a
 * customer of its own, so nobody's search enters one from above or leaves one. Whatever kind is not
 * found there goes to the general address; an archived one is never found.
 *
 * @module
 */
import type { Ulid } from '../id.ts'
import type { Address } from './address.ts'
import type { AddressKind } from './events.ts'

/** A contact, as far as the search must know it. */
export interface Holder {
  readonly id: Ulid
  readonly parentId?: Ulid | undefined
  readonly isCompany: boolean
  readonly archived: boolean
  /** In the order in which they were added. */
  readonly addresses: readonly Pick<Address, 'id' | 'kind' | 'archived' | 'preferred'>[]
}

/** An address, and whose it is. */
export interface Found {
  readonly holderId: Ulid
  readonly addressId: Ulid
}

/** The address for each of these kinds, where there is one; the oldest contacts are asked first. */
export const addressesFor = <Kind extends AddressKind>(
  kinds: readonly Kind[],
  contactId: Ulid,
  holders: readonly Holder[],
): Partial<Readonly<Record<Kind, Found>>> => {
  const asked = order(contactId, holders)
  // Of who only works there the general address is their own, and never the company's.
  const general = firstOf(
    'contact',
    asked.filter(({ isBelow }) => !isBelow),
  )
  const found = kinds.map((kind) => [
    kind,
    (kind === 'contact' ? undefined : firstOf(kind, asked)) ?? general,
  ])
  return Object.fromEntries(found.filter(([, address]) => address !== undefined))
}

/** Every address that may be chosen for the contact. */
export const addressesWithin = (contactId: Ulid, holders: readonly Holder[]): readonly Found[] =>
  order(contactId, holders).flatMap(({ holder }) =>
    usable(holder).map(({ id }) => ({ holderId: holder.id, addressId: id })),
  )

/** Whose numbers stand on a document for the contact: those of the company it belongs to. */
export const commercialEntity = (contactId: Ulid, holders: readonly Holder[]): Ulid =>
  upwards(contactId, holders).at(-1)?.id ?? contactId

interface Step {
  readonly holder: Holder
  /** Not the contact itself, nor one that it belongs to. */
  readonly isBelow: boolean
}

/** Each holder once, in the order in which they are asked. */
const order = (contactId: Ulid, holders: readonly Holder[]): readonly Step[] => {
  const line = upwards(contactId, holders)
  const seen = new Set(line.map(({ id }) => id))
  const below = (holder: Holder): readonly Step[] =>
    holders
      .filter((each) => each.parentId === holder.id && !each.isCompany && !each.archived)
      .filter(({ id }) => !seen.has(id))
      .flatMap((each) => {
        seen.add(each.id)
        return [{ holder: each, isBelow: true }, ...below(each)]
      })
  return line.flatMap((holder) => [{ holder, isBelow: false }, ...below(holder)])
}

/** The contact and those it belongs to, up to the first company. */
const upwards = (contactId: Ulid, holders: readonly Holder[]): readonly Holder[] => {
  const line: Holder[] = []
  for (let next: Ulid | undefined = contactId; next !== undefined; ) {
    const holder = holders.find(({ id }) => id === next)
    if (holder === undefined || line.includes(holder)) return line
    line.push(holder)
    next = holder.isCompany ? undefined : holder.parentId
  }
  return line
}

const usable = ({ addresses }: Holder) => addresses.filter(({ archived }) => !archived)

/** Of several of one holder the marked one, else the oldest. */
const firstOf = (kind: AddressKind, asked: readonly Step[]): Found | undefined => {
  for (const { holder } of asked) {
    const all = usable(holder).filter((address) => address.kind === kind)
    const first = all.find(({ preferred }) => preferred) ?? all[0]
    if (first !== undefined) return { holderId: holder.id, addressId: first.id }
  }
  return undefined
}

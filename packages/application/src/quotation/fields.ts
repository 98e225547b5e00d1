/**
 * The header of an offer as it arrives: every record it names is looked up.
 *
 * @module
 */
import { addressesWithin, type ExternalId } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import { isCurrency, placed } from '../input.ts'
import { idsOnce, idTaken } from '../own-fields.ts'
import { invalid, type Refusal } from '../refusal.ts'
import type { Setting } from '../use-case.ts'

interface Named {
  readonly opportunityId?: string | null | undefined
  readonly salespersonId?: string | null | undefined
  readonly teamId?: string | null | undefined
  readonly invoiceAddressId?: string | null | undefined
  readonly deliveryAddressId?: string | null | undefined
  readonly externalIds?: readonly ExternalId[] | null | undefined
  readonly tags?: readonly string[] | null | undefined
  readonly currency?: string | undefined
  readonly language?: string | undefined
}

/** The fields that were asked for; `contactId` is whom the offer is for, `own` the quotation that asks. */
export const checkedFields = async <Fields extends Named>(
  fields: Fields,
  setting: Setting,
  contactId: string | undefined,
  own: string | undefined,
): Promise<E.Either<Refusal, Fields>> => {
  const { company, facts } = setting
  const { salespersonId, teamId, currency, opportunityId } = fields
  if (salespersonId && !(await facts.colleague(salespersonId, company.id))) {
    return invalid('/salespersonId', 'is no user of this company')
  }
  if (teamId && !(await facts.team(teamId, company.id))) {
    return invalid('/teamId', 'is no team of this company')
  }
  if (opportunityId && (await facts.survivor(opportunityId, company.id)) === undefined) {
    return invalid('/opportunityId', 'is no opportunity of this company')
  }
  if (currency !== undefined && !isCurrency(currency)) {
    return invalid('/currency', 'must be a currency of ISO 4217')
  }
  const address = await missingAddress(fields, setting, contactId)
  if (address !== undefined) {
    return invalid(`/${address}`, 'is no address that could be used for the customer')
  }
  const taken = await idTaken(
    fields.externalIds,
    (external) => facts.quotationBy(external, company.id),
    own,
  )
  if (taken !== undefined) return taken
  return placed({ ...fields, ...listedOnce(fields) })
}

/** The lists that are sets: what stands in one twice counts once. */
const listedOnce = ({ tags, externalIds }: Named) => ({
  ...(tags && { tags: [...new Set(tags)] }),
  ...(externalIds && { externalIds: idsOnce(externalIds) }),
})

const missingAddress = async (
  fields: Named,
  { company, facts }: Setting,
  contactId: string | undefined,
): Promise<'invoiceAddressId' | 'deliveryAddressId' | undefined> => {
  const names = ['invoiceAddressId', 'deliveryAddressId'] as const
  const chosen = names.filter((name) => typeof fields[name] === 'string')
  if (chosen.length === 0) return undefined
  const holders = contactId ? await facts.holders(contactId, company.id) : []
  const allowed = contactId ? addressesWithin(contactId, holders) : []
  const isUsable = (id: unknown) => allowed.some(({ addressId }) => addressId === id)
  return chosen.find((name) => !isUsable(fields[name]))
}

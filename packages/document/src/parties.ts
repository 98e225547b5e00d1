/**
 * The two sides of a quotation as blocks of its head.
 *
 * @module
 */

import { isDeepStrictEqual } from 'node:util'
import { type AddressText, type Erased, isErased, type Party } from '@forsat/domain'
import type { DocumentFacts, Seller } from './facts.ts'
import { code, type Run, said } from './run.ts'
import type { Speech } from './speech.ts'

export interface Block {
  readonly title: string
  readonly name?: Run | undefined
  readonly lines: readonly Run[]
}

export const sellerOf = (
  { name, address, identifiers, bankAccount }: Seller,
  speech: Speech,
): Block => ({
  title: speech.text.seller,
  name: [said(name)],
  lines: [
    ...(address === undefined ? [] : [[said(address)]]),
    ...identified(identifiers, speech),
    ...(bankAccount === undefined ? [] : [[`${speech.text.bankAccount}: `, said(bankAccount)]]),
  ],
})

export const customerOf = (
  { customer }: Pick<DocumentFacts, 'customer'>,
  speech: Speech,
): readonly Block[] => {
  const { text } = speech
  if (customer === undefined) return []
  if (isErased(customer)) return [{ title: text.customer, name: [text.erased], lines: [] }]
  const { name, identifiers, phone, email } = customer
  return [
    {
      title: text.customer,
      name: [said(name)],
      lines: [
        ...identified(identifiers, speech),
        ...(phone === undefined ? [] : [[`${text.phone}: `, code(phone)]]),
        ...(email === undefined ? [] : [[`${text.email}: `, code(email)]]),
      ],
    },
  ]
}

const identified = (identifiers: Party['identifiers'], { text }: Speech): readonly Run[] =>
  (identifiers ?? []).map(({ kind, value }) => {
    const name = Object.hasOwn(text.identifiers, kind) ? text.identifiers[kind] : undefined
    return [...(name === undefined ? [said(kind)] : [name]), ': ', code(value)]
  })

/** One block where both are the same. */
export const addressesOf = (
  { invoiceAddress, deliveryAddress }: DocumentFacts,
  speech: Speech,
): readonly Block[] => {
  const { text } = speech
  if (invoiceAddress !== undefined && isDeepStrictEqual(invoiceAddress, deliveryAddress)) {
    return [addressBlock(text.bothAddresses, invoiceAddress, speech)]
  }
  return [
    ...(invoiceAddress ? [addressBlock(text.invoiceAddress, invoiceAddress, speech)] : []),
    ...(deliveryAddress ? [addressBlock(text.deliveryAddress, deliveryAddress, speech)] : []),
  ]
}

const addressBlock = (title: string, address: AddressText | Erased, speech: Speech): Block => {
  const { text, country } = speech
  if (isErased(address)) return { title, lines: [[text.erased]] }
  const { name, street, city, region, postalCode, country: land, phone } = address
  const places = [city, region, land === undefined ? undefined : country(land)]
    .filter((place) => place !== undefined)
    .flatMap((place, index) => (index === 0 ? [said(place)] : [text.listSeparator, said(place)]))
  return {
    title,
    name: name === undefined ? undefined : [said(name)],
    lines: [
      [said(street)],
      places,
      ...(postalCode === undefined ? [] : [[`${text.postalCode}: `, code(postalCode)]]),
      ...(phone === undefined ? [] : [[`${text.phone}: `, code(phone)]]),
    ],
  }
}

/**
 * What a customer sees of a version through its link: nothing that is the seller's own business.
 *
 * @module
 */
import type { CompanyDocument } from '../catalogue/catalogue-documents.ts'
import type { PublicQuotationView } from '../views/quotation.ts'
import { optionsOf } from './option-document.ts'
import type { QuotationDocument } from './quotation-document.ts'
import { linesOf, standingStatus } from './quotation-view.ts'
import { daysLeft, type Moment } from './standing.ts'
import type { VersionDocument } from './version-document.ts'

/** `undefined` for a version that was never issued. */
export const publicView = (
  document: QuotationDocument,
  version: number,
  seller: CompanyDocument,
  moment: Moment,
): PublicQuotationView | undefined => {
  const found = [document.current, ...document.past].find((each) => each.version === version)
  if (found?.issue === undefined || document.status === 'deleted') return undefined
  const { number, validUntil, sentOn, customer } = found.issue
  const status = statusOf(document, found, moment.now)
  const { acceptance } = document
  const accepted = acceptance?.version === version ? acceptance : undefined
  return {
    number,
    version,
    status,
    ...wordsOf(found),
    seller: sellerOf(seller),
    calendar: seller.calendar,
    moneyUnit: seller.moneyUnit,
    zone: seller.zone,
    ...(customer !== undefined && { customer }),
    lines: linesOf(found).map((line) => withoutProduct(line)),
    options: optionsOf(found).map((option) => withoutProduct(option)),
    totals: found.totals,
    sentOn,
    ...(validUntil !== undefined && { validUntil }),
    ...(status !== 'superseded' && daysLeft(status, validUntil, moment.today)),
    open: status === 'sent' && accepted === undefined,
    ...(accepted && { acceptance: { at: accepted.at, name: accepted.name } }),
  }
}

const statusOf = (
  document: QuotationDocument,
  { version, ended }: VersionDocument,
  now: string,
): PublicQuotationView['status'] => {
  if (version === document.current.version) return standingStatus(document, now)
  return ended === undefined || ended === 'discarded' ? 'superseded' : ended
}

const wordsOf = ({ fields }: VersionDocument) => {
  const { language, currency, pricesIncludeTax, subject, customerReference } = fields
  const { terms, paymentTerms, deliveryTerms } = fields
  return {
    language,
    currency,
    pricesIncludeTax,
    ...(subject !== undefined && { subject }),
    ...(customerReference !== undefined && { customerReference }),
    ...(terms !== undefined && { terms }),
    ...(paymentTerms !== undefined && { paymentTerms }),
    ...(deliveryTerms !== undefined && { deliveryTerms }),
  }
}

const sellerOf = ({ name, address, identifiers }: CompanyDocument) => ({
  name,
  ...(address !== undefined && { address }),
  ...(identifiers !== undefined && { identifiers }),
})

const withoutProduct = (line: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(line).filter(([name]) => name !== 'productId'))

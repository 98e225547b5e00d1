import { readdirSync, readFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { StoredShape } from '../codec.ts'
import { quotationCodec } from './codec.ts'

/** One event of each stored type, as the log keeps it. Never edited: only added to. */
const samples: readonly StoredShape[] = JSON.parse(
  readFileSync(new URL('samples.json', import.meta.url), 'utf8'),
)

/** One event of each retired type, beside the step that leads out of it. Never edited. */
const history = new URL('history/', import.meta.url)
const retired: readonly StoredShape[] = readdirSync(history)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(new URL(file, history), 'utf8')))

describe('retired events of a quotation', () => {
  test.for(retired)('$type can be read for ever, as its newest shape', (sample) => {
    const event = quotationCodec.decode(sample)
    expect(quotationCodec.read(sample)).toEqual(event)
    const written = { type: sample.type.replace('.v1', '.v2'), data: sample.data }
    expect(E.map(quotationCodec.encode)(event)).toEqual(E.right(written))
  })

  test('are these', () => {
    const types = retired.map(({ type }) => type)
    expect(types.toSorted()).toEqual([
      'QuotationApprovalGranted.v1',
      'QuotationApprovalRefused.v1',
      'QuotationApprovalRequested.v1',
      'QuotationDrafted.v1',
      'QuotationSent.v1',
    ])
  })
})

describe('stored events of a quotation', () => {
  test.for(samples)('$type can be read for ever', (sample) => {
    const event = quotationCodec.decode(sample)
    expect(event).toEqual(E.right(expect.anything()))
    expect(E.map(quotationCodec.encode)(event)).toEqual(E.right(sample))
  })

  test('have a sample of every type that is written now', () => {
    const sampled = samples.map(({ type }) => type)
    expect(Object.values(quotationCodec.storedTypes).toSorted()).toEqual(sampled.toSorted())
  })

  test('keep what names a person, and every free note, sealed under the contact', () => {
    const sealed = Object.fromEntries(
      Object.entries(quotationCodec.personal).map(([type, fields]) => [type, Object.keys(fields)]),
    )
    const described = ['customerReference', 'subject', 'internalNote']
    const parties = ['customer', 'invoiceAddress', 'deliveryAddress']
    expect(sealed).toEqual({
      QuotationDrafted: [...described, ...parties, 'words'],
      QuotationRevised: described,
      QuotationCustomerChanged: [],
      QuotationAddressed: parties,
      QuotationLineAdded: ['text'],
      QuotationLineRevised: ['text'],
      QuotationLineRemoved: [],
      OptionOffered: [],
      OptionRevised: [],
      OptionWithdrawn: [],
      QuotationTemplateApplied: [],
      QuotationTemplateRemoved: [],
      QuotationApprovalRequested: ['note'],
      QuotationApprovalGranted: ['note'],
      QuotationApprovalRefused: ['note'],
      OptionAccepted: [],
      OptionDeclined: [],
      QuotationSent: ['to', ...parties],
      QuotationExtended: ['note'],
      QuotationVersionOpened: [],
      QuotationVersionDiscarded: [],
      QuotationLinkIssued: [],
      QuotationLinkRevoked: [],
      QuotationAccepted: ['name', 'title', 'customerReference', 'note'],
      QuotationDeclined: ['note'],
      QuotationExpired: [],
      QuotationConfirmed: ['overrideNote', 'note'],
      QuotationCancelled: ['reason'],
      QuotationReinstated: [],
      QuotationReturnedToDraft: [],
      QuotationCorrected: ['reason', ...described, ...parties],
      QuotationDeleted: [],
    })
    const marks = Object.values(quotationCodec.personal).flatMap((fields) => Object.values(fields))
    expect(new Set(marks.map(({ subject }) => subject))).toEqual(new Set(['contact']))
  })
})

/**
 * What may happen in the sample company, in any order: histories that laws of read models are tested
 * with. Most of what is asked is refused, as in life.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import type {
  DeliveryCommand,
  OpportunityCommand,
  QuotationCommand,
  TemplateCommand,
} from '@forsat/domain'
import fc from 'fast-check'
import { deliveryCommand, firstAttempt, templateCommand } from './sample-deliveries.ts'
import { idOf, on, rials, type SampleLog, sampleLog, sara } from './sample-log.ts'
import {
  ali,
  confirmQuotation,
  draftQuotation,
  foundsAcme,
  item,
  option,
  policiesOfAct,
  quotationId,
  sendQuotation,
} from './sample-offers.ts'

const when = on('2026-01-10')

/** A question, and the record it is put to. */
export type Step =
  | { readonly sale: number; readonly command: OpportunityCommand }
  | { readonly offer: number; readonly command: QuotationCommand }
  | { readonly delivery: number; readonly command: DeliveryCommand }
  | { readonly template: number; readonly command: TemplateCommand }

const label = fc.constantFrom('web', 'Web', 'fair', 'نمایشگاه')
const tags = fc.subarray(['new', 'large', 'late'])
const reason = fc.constantFrom('R1', 'R2').map((kind) => ({
  id: idOf(kind, 1),
  name: kind,
  archived: false,
  requiresNote: false,
}))
const openStage = fc
  .nat(1)
  .map((n) => ({ id: idOf('S', n), name: 'Proposal', won: false as const }))
const wonStage = { id: idOf('S', 9), name: 'Signed', won: true as const }
const cause = 'person' as const

const opening = fc
  .record({
    title: fc.constantFrom('Desks', 'Chairs'),
    source: label,
    expectedRevenue: fc.nat(1000).map(rials),
    tags,
    emailPresent: fc.constant(false),
    phonePresent: fc.constant(false),
  })
  .map((fields): OpportunityCommand => ({ type: 'OpenOpportunity', data: { ...fields, ...when } }))

const opportunityCommand: fc.Arbitrary<OpportunityCommand> = fc.oneof(
  opening,
  fc
    .record({ source: fc.option(label), tags })
    .map(
      (changes): OpportunityCommand => ({ type: 'ReviseOpportunity', data: { changes, ...when } }),
    ),
  openStage.map(
    (stage): OpportunityCommand => ({ type: 'StageOpportunity', data: { stage, ...when } }),
  ),
  fc.constantFrom<OpportunityCommand>(
    { type: 'AssignOpportunity', data: { salespersonId: sara, ...when } },
    { type: 'NoteOpportunity', data: { text: 'called', ...when } },
    { type: 'WinOpportunity', data: { cause, stage: wonStage, ...when } },
    { type: 'WithdrawOpportunity', data: { reason: 'entered twice', ...when } },
  ),
  reason.map(
    (each): OpportunityCommand => ({
      type: 'LoseOpportunity',
      data: { reason: each, requireReason: true, quoted: [], quotationSent: false, cause, ...when },
    }),
  ),
  openStage.map(
    (stage): OpportunityCommand => ({ type: 'ReopenOpportunity', data: { stage, cause, ...when } }),
  ),
)

/** Each ends in the next one at most, so that no merge comes back to where it began. */
const merging = fc.nat(2).map(
  (n): Step => ({
    sale: n,
    command: {
      type: 'MergeOpportunity',
      data: { id: idOf('A', n), into: idOf('A', n + 1), survivor: { outcome: 'open' }, ...when },
    },
  }),
)

const line = fc
  .tuple(fc.nat(2), fc.nat(1000))
  .map(([n, price]) => item(n, price, { quantity: '2' }))
const note = { line: { id: idOf('N', 9), kind: 'note' as const }, text: 'رنگ سفید' }
const vatRounding = 'total' as const
const moved = { street: 'بلوار چمران ۱۵۰', city: 'شیراز' }

const editing: fc.Arbitrary<QuotationCommand> = fc.oneof(
  fc.record({ opportunity: fc.nat(3), line, tags }).map(({ opportunity, line: each, tags: some }) =>
    draftQuotation({
      opportunityId: idOf('A', opportunity),
      lines: [{ line: each }, note],
      options: [option(1), option(2, 300)],
      tags: some,
    }),
  ),
  fc.constantFrom<QuotationCommand>(
    { type: 'AddressQuotation', data: { invoiceAddress: moved, ...when } },
    {
      type: 'AddressQuotation',
      data: { customer: { name: 'علی' }, deliveryAddress: null, ...when },
    },
  ),
  fc.record({ tags, subject: fc.option(label), contactId: fc.constantFrom(ali, idOf('B', 2)) }).map(
    (changes): QuotationCommand => ({
      type: 'ReviseQuotation',
      data: { changes, digits: 0, vatRounding, ...when },
    }),
  ),
  line.map(
    (each): QuotationCommand => ({
      type: 'AddQuotationLine',
      data: { line: each, position: 0, vatRounding, ...when },
    }),
  ),
  line.map(
    ({ id, unitPrice }): QuotationCommand => ({
      type: 'ReviseQuotationLine',
      data: {
        lineId: id,
        changes: { unitPrice, taxRate: '10' },
        position: 1,
        vatRounding,
        ...when,
      },
    }),
  ),
  line.map(
    ({ id }): QuotationCommand => ({
      type: 'RemoveQuotationLine',
      data: { lineId: id, vatRounding, ...when },
    }),
  ),
)

const optionId = fc.nat(2).map((n) => idOf('Z', n))
const offering: fc.Arbitrary<QuotationCommand> = fc.oneof(
  fc.nat(2).map(
    (n): QuotationCommand => ({
      type: 'OfferOption',
      data: { option: option(n), position: 0, vatRounding, ...when },
    }),
  ),
  fc.tuple(optionId, fc.nat(1000)).map(
    ([id, price]): QuotationCommand => ({
      type: 'ReviseOption',
      data: {
        optionId: id,
        changes: { unitPrice: rials(price), maxQuantity: '3', unit: null, taxRate: '10' },
        position: 1,
        vatRounding,
        ...when,
      },
    }),
  ),
  optionId.map(
    (id): QuotationCommand => ({
      type: 'WithdrawOption',
      data: { optionId: id, vatRounding, ...when },
    }),
  ),
)

const templating: fc.Arbitrary<QuotationCommand> = fc.oneof(
  fc.tuple(fc.constantFrom('replace', 'append'), fc.nat(2)).map(
    ([mode, n]): QuotationCommand => ({
      type: 'ApplyQuotationTemplate',
      data: {
        templateId: idOf('M', n),
        templateRevision: n,
        name: `Office ${n}`,
        mode,
        validityDays: 15,
        lines: [{ line: item(20 + n), templateLineId: idOf('M', 30) }],
        options: [{ option: option(20 + n), templateLineId: idOf('M', 31) }],
        words: { terms: 'نقد' },
        vatRounding,
        ...when,
      },
    }),
  ),
  fc.constant<QuotationCommand>({ type: 'RemoveQuotationTemplate', data: when }),
  fc.constantFrom('request', 'grant', 'refuse').map(
    (decision): QuotationCommand => ({
      type: 'DecideQuotationApproval',
      data: { decision, by: `user:${decision === 'request' ? ali : sara}`, ...when },
    }),
  ),
)

const answering: fc.Arbitrary<QuotationCommand> = fc.oneof(
  fc.tuple(optionId, fc.constantFrom('1', '2', '4'), fc.constantFrom(1, 1, 2)).map(
    ([id, quantity, version]): QuotationCommand => ({
      type: 'AcceptOption',
      data: { version, optionId: id, quantity, ...when },
    }),
  ),
  optionId.map(
    (id): QuotationCommand => ({
      type: 'DeclineOption',
      data: { version: 1, optionId: id, ...when },
    }),
  ),
)

const issuing = fc.constantFrom<QuotationCommand>(
  sendQuotation(1, 1),
  sendQuotation(1, 1, { validUntil: '2026-03-01', by: 'mail', to: ['ali@example.com'] }),
  {
    type: 'ExtendQuotation',
    data: {
      validUntil: '2026-02-01',
      expiresAt: '2026-02-01T20:30:00.000Z',
      note: 'asked for',
      mayBeLate: true,
      ...when,
    },
  },
  { type: 'OpenQuotationVersion', data: when },
  { type: 'DiscardQuotationVersion', data: when },
  { type: 'IssueQuotationLink', data: { link: { nonce: 'A'.repeat(22), tokenHash: '' }, ...when } },
  { type: 'RevokeQuotationLink', data: when },
  { type: 'CorrectQuotation', data: { reason: 'typing', subject: 'میز', ...when } },
  { type: 'ReturnQuotationToDraft', data: when },
)

const ending = fc.constantFrom<QuotationCommand>(
  {
    type: 'AcceptQuotation',
    data: {
      seen: { version: 1, total: rials(1000) },
      name: 'علی',
      onAccept: 'record',
      orderNumber: 'S-1',
      policies: policiesOfAct,
      rates: [],
      ...when,
    },
  },
  { type: 'DeclineQuotation', data: { note: 'too dear', ...when } },
  { type: 'ExpireQuotation', data: when },
  confirmQuotation(1),
  confirmQuotation(1, { override: true, note: 'still meant' }),
  { type: 'CancelQuotation', data: { cause: 'person', reason: 'mistake', ...when } },
  {
    type: 'CancelQuotation',
    data: { cause: 'opportunityLost', opportunityId: idOf('A', 1), ...when },
  },
  { type: 'ReinstateQuotation', data: when },
  { type: 'DeleteQuotation', data: when },
)

const offerCommand = fc.oneof(
  { weight: 2, arbitrary: editing },
  { weight: 1, arbitrary: offering },
  { weight: 1, arbitrary: templating },
  { weight: 2, arbitrary: answering },
  { weight: 4, arbitrary: issuing },
  { weight: 1, arbitrary: ending },
)

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ sale: fc.nat(3), command: opportunityCommand }) },
  { weight: 1, arbitrary: merging },
  { weight: 12, arbitrary: fc.record({ offer: fc.nat(2), command: offerCommand }) },
  { weight: 4, arbitrary: fc.record({ delivery: fc.nat(1), command: deliveryCommand }) },
  { weight: 1, arbitrary: fc.record({ template: fc.nat(2), command: templateCommand }) },
)

const begun: readonly Step[] = [
  ...[0, 1].map((sale) => ({
    sale,
    command: {
      type: 'OpenOpportunity' as const,
      data: { title: 'Desks', emailPresent: false, phonePresent: false, ...when },
    },
  })),
  ...[0, 1].map((offer) => ({
    offer,
    command: draftQuotation({
      opportunityId: idOf('A', offer),
      lines: [{ line: item(1) }, note],
      options: [option(1)],
    }),
  })),
  { offer: 0, command: sendQuotation(1, 1, { by: 'mail', to: ['ali@example.com'] }) },
  { delivery: 0, command: firstAttempt },
  {
    offer: 0,
    command: {
      type: 'AcceptOption',
      data: { version: 1, optionId: idOf('Z', 1), quantity: '2', ...when },
    },
  },
]

/** Questions to a few records, most of which were begun before. */
export const history: fc.Arbitrary<readonly Step[]> = fc
  .array(step, { maxLength: 40, size: 'max' })
  .map((asked) => [...begun, ...asked])

/** A log of its own begins with the company. Half a day passes from question to question. */
export const told = async (asked: readonly Step[], known?: SampleLog): Promise<SampleLog> => {
  const log = known ?? sampleLog()
  if (known === undefined) await foundsAcme(log)
  for (const each of asked) {
    const occurredAt = new Date(Date.parse(log.now) + 12 * 3_600_000).toISOString()
    const link = { nonce: 'A'.repeat(22), tokenHash: hashOf(occurredAt) }
    log.now = occurredAt
    const { data } = each.command
    const question = {
      ...each.command,
      data: {
        ...data,
        ...('link' in data && { link }),
        occurredAt,
        ...('occurredOn' in data && { occurredOn: occurredAt.slice(0, 10) }),
      },
    }
    if ('sale' in each) await log.ask(idOf('A', each.sale), question as OpportunityCommand)
    else if ('offer' in each) await log.offer(quotationId(each.offer), question as QuotationCommand)
    else if ('delivery' in each) {
      await log.deliver(quotationId(each.delivery), question as DeliveryCommand)
    } else await log.keep(idOf('M', each.template), question as TemplateCommand)
  }
  return log
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

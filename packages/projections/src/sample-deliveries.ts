/**
 * What may become of the sample company's offers on their way, and of the templates they begin from:
 * questions for histories that laws of read models are tested with.
 *
 * @module
 */
import type { DeliveryCommand, TemplateCommand } from '@forsat/domain'
import fc from 'fast-check'
import { idOf, on } from './sample-log.ts'
import { ali, lamp } from './sample-offers.ts'

const when = on('2026-01-10')
const { occurredAt } = when
const version = fc.constantFrom(1, 1, 1, 2)
const to = ['ali@example.com']

const turn = fc.record({
  version,
  send: fc.constantFrom(1, 1, 2),
  attempt: fc.constantFrom(1, 1, 2),
})

interface Turn {
  readonly version: number
  readonly send: number
  readonly attempt: number
}

const attempting = (turnOf: Turn, isLast: boolean): DeliveryCommand => ({
  type: 'AttemptDelivery',
  data: {
    ...turnOf,
    contactId: ali,
    messageId: `<${turnOf.send}@example.com>`,
    to,
    until: '2026-01-12T08:00:00.000Z',
    ...(isLast ? {} : { nextAt: '2026-01-13T08:00:00.000Z' }),
    occurredAt,
  },
})

/** Of the first mail. */
export const firstAttempt = attempting({ version: 1, send: 1, attempt: 1 }, false)

export const deliveryCommand: fc.Arbitrary<DeliveryCommand> = fc.oneof(
  fc.tuple(turn, fc.boolean()).map(([each, isLast]) => attempting(each, isLast)),
  turn.map((each): DeliveryCommand => ({ type: 'RecordDelivery', data: { ...each, occurredAt } })),
  fc.tuple(turn, fc.constantFrom('deferred', 'refused', 'unknown'), fc.boolean()).map(
    ([each, code, final]): DeliveryCommand => ({
      type: 'FailDelivery',
      data: { ...each, code, final, detail: '450 later', occurredAt },
    }),
  ),
  version.map(
    (of): DeliveryCommand => ({
      type: 'BounceDelivery',
      data: { version: of, detail: 'full', occurredAt },
    }),
  ),
  version.map((of): DeliveryCommand => ({ type: 'ViewQuotation', data: { version: of, ...when } })),
  version.map(
    (of): DeliveryCommand => ({
      type: 'AskAboutQuotation',
      data: { version: of, contactId: ali, text: 'سر هم می‌شوند؟', occurredAt },
    }),
  ),
)

const item = { id: idOf('M', 30), kind: 'item' as const, productId: lamp }

const described = fc.record({
  name: fc.constantFrom('Office', 'دفتر'),
  validityDays: fc.nat(30),
  lines: fc.subarray([item]),
  externalIds: fc.subarray([{ system: 'erp', id: '17' }]),
})

export const templateCommand: fc.Arbitrary<TemplateCommand> = fc.oneof(
  described.map(
    (fields): TemplateCommand => ({
      type: 'CreateTemplate',
      data: { ...fields, options: [], occurredAt },
    }),
  ),
  described.map(
    (changes): TemplateCommand => ({
      type: 'ReviseTemplate',
      data: { changes: { ...changes, validityDays: null }, occurredAt },
    }),
  ),
  fc.constant<TemplateCommand>({ type: 'ArchiveTemplate', data: { occurredAt } }),
)

import { describe, expect, test } from 'vitest'
import {
  accept,
  after,
  ask,
  at,
  cancel,
  cancelled,
  confirm,
  confirmed,
  dayAfter,
  declined,
  drafted,
  eur,
  expired,
  expiresAt,
  fact,
  fallen,
  firstDay,
  given,
  lastDay,
  lastInstant,
  loss,
  on,
  oneOffer,
  opened,
  sale,
  sent,
  sentAgain,
  tooExpensive,
} from './examples.ts'

const late = on(dayAfter, expiresAt)
const discarded = fact('QuotationVersionDiscarded', { version: 2 })
const acceptance = fact('QuotationAccepted', {
  version: 1,
  total: oneOffer.totals.total,
  name: 'Leila Karimi',
  occurredOn: firstDay,
})

describe('confirming', () => {
  test('makes an order of what was seen', () => {
    given(drafted, sent).when(confirm()).thenEvents(confirmed)
  })

  test('is possible to the last instant of the last day (O03 a)', () => {
    given(drafted, sent)
      .when(confirm(on(lastDay, lastInstant)))
      .thenEvents({ ...confirmed, data: { ...confirmed.data, occurredOn: lastDay } } as never)
  })

  test('is turned down from the instant after, with the date (O03 b)', () => {
    const tooLate = { type: 'QuotationExpired', validUntil: lastDay } as const
    given(drafted, sent).when(confirm(late)).thenFails(tooLate)
    given(drafted, sent, at(expiresAt, expired)).when(confirm(late)).thenFails(tooLate)
  })

  test('is possible later with an override and a note, which the event keeps (O03 c, e)', () => {
    given(drafted, sent)
      .when(confirm({ ...late, override: true, note: 'Signed on the phone' }))
      .thenEvents(
        fact('QuotationConfirmed', {
          version: 1,
          number: 'Q-1',
          orderNumber: 'S-1',
          opportunityId: sale,
          net: oneOffer.totals.net,
          total: oneOffer.totals.total,
          basis: 'override',
          overrideNote: 'Signed on the phone',
          missedDate: lastDay,
          policies: { onConfirm: 'win', onConfirmSiblings: 'leave', lateConfirm: 'manager' },
          rates: [],
          occurredOn: dayAfter,
        }),
      )
    given(drafted, sent)
      .when(confirm({ ...late, override: true }))
      .thenFails({ type: 'OverrideNoteMissing', validUntil: lastDay })
    const never = { onConfirm: 'win', onConfirmSiblings: 'leave', lateConfirm: 'refuse' } as const
    given(drafted, sent)
      .when(confirm({ ...late, override: true, note: 'Please', policies: never }))
      .thenFails({ type: 'QuotationExpired', validUntil: lastDay })
  })

  test('is bound to the version and the total that were seen', () => {
    const { total } = oneOffer.totals
    given(drafted, sent, opened, sentAgain)
      .when(confirm())
      .thenFails({ type: 'QuotationSuperseded', version: 2 })
    given(drafted, sent)
      .when(confirm({ seen: { version: 1, total: eur('1.00') } }))
      .thenFails({ type: 'QuotationChanged', version: 1, total })
    given(drafted, sent, opened)
      .when(confirm({ seen: { version: 2, total } }))
      .thenFails({ type: 'QuotationChanged', version: 1, total })
    given(drafted, sent)
      .when(confirm({ seen: { version: 1, total: { ...total, amount: '1320' } } }))
      .thenEvents(confirmed)
  })

  test('puts away the draft of a next version in the same moment', () => {
    given(drafted, sent, opened).when(confirm()).thenEvents(discarded, confirmed)
  })

  test('needs an offer that stands, and a sale that is not lost', () => {
    given(drafted).when(confirm()).thenFails({ type: 'QuotationNotSent' })
    given(drafted, sent, declined).when(confirm()).thenFails({ type: 'QuotationDeclined' })
    given(drafted, sent, cancelled).when(confirm()).thenFails({ type: 'QuotationCancelled' })
    given(drafted, sent, confirmed).when(confirm()).thenFails({
      type: 'QuotationAlreadyConfirmed',
      orderNumber: 'S-1',
    })
    const back = fact('QuotationReturnedToDraft', { version: 2 })
    given(drafted, sent, back).when(confirm()).thenFails({ type: 'QuotationNotSent' })
    given(drafted, sent)
      .when(confirm({ opportunity: { id: sale, outcome: 'lost' } }))
      .thenFails({ type: 'OpportunityLost', opportunityId: sale })
  })
})

describe('accepting', () => {
  const byAcceptance = fact('QuotationConfirmed', {
    ...(confirmed.data as Extract<typeof confirmed, { type: 'QuotationConfirmed' }>['data']),
    basis: 'acceptance',
  })

  test('confirms at once, where that is the policy', () => {
    given(drafted, sent).when(accept()).thenEvents(acceptance, byAcceptance)
  })

  test('is recorded for staff to confirm, and holds past the date', () => {
    given(drafted, sent)
      .when(accept({ onAccept: 'record' }))
      .thenEvents(acceptance)
    given(drafted, sent, acceptance)
      .when(accept({ onAccept: 'record' }))
      .thenFails({ type: 'QuotationAlreadyAccepted' })
    given(drafted, sent, acceptance)
      .when(confirm(late))
      .thenEvents({
        ...byAcceptance,
        data: { ...byAcceptance.data, occurredOn: dayAfter },
      } as typeof byAcceptance)
    given(drafted, sent, acceptance).when(ask('ExpireQuotation', late)).thenNothing()
  })

  test('is of the version that stands, and in time', () => {
    given(drafted, sent, opened, sentAgain)
      .when(accept())
      .thenFails({ type: 'QuotationSuperseded', version: 2 })
    given(drafted, sent)
      .when(accept(late))
      .thenFails({ type: 'QuotationExpired', validUntil: lastDay })
  })
})

describe('declining', () => {
  test('keeps the reason as it is called then', () => {
    given(drafted, sent)
      .when(
        ask('DeclineQuotation', {
          reason: { id: tooExpensive, name: 'Too expensive' },
          note: 'Half the price elsewhere',
        }),
      )
      .thenEvents(
        fact('QuotationDeclined', {
          version: 1,
          reasonId: tooExpensive,
          reason: 'Too expensive',
          note: 'Half the price elsewhere',
          occurredOn: firstDay,
        }),
      )
  })

  test('is not the answer of a customer who has accepted', () => {
    given(drafted, sent, acceptance)
      .when(ask('DeclineQuotation', { version: 1 }))
      .thenFails({ type: 'QuotationAlreadyAccepted' })
    given(drafted, sent, acceptance).when(ask('DeclineQuotation', {})).thenEvents(declined)
  })

  test('puts away the draft of a next version', () => {
    given(drafted, sent, opened).when(ask('DeclineQuotation', {})).thenEvents(discarded, declined)
  })

  test('is no answer to what is not on offer', () => {
    const decline = (version?: number) => ask('DeclineQuotation', { version })
    given(drafted).when(decline()).thenFails({ type: 'QuotationNotSent' })
    given(drafted, sent, opened, sentAgain)
      .when(decline(1))
      .thenFails({ type: 'QuotationSuperseded', version: 2 })
  })
})

describe('cancelling', () => {
  test('says what it was before', () => {
    given(drafted, sent).when(cancel()).thenEvents(cancelled)
    given(drafted, sent, confirmed)
      .when(cancel())
      .thenEvents({ ...cancelled, data: { ...cancelled.data, from: 'confirmed' } } as never)
    given(drafted, sent)
      .when(cancel(late))
      .thenEvents({
        ...cancelled,
        data: { ...cancelled.data, from: 'expired', occurredOn: dayAfter },
      } as never)
    given(drafted, sent, declined).when(cancel()).thenFails({ type: 'QuotationDeclined' })
    given(drafted, sent, cancelled).when(cancel()).thenFails({ type: 'QuotationCancelled' })
  })

  const falling = ask('CancelQuotation', {
    cause: 'opportunityLost',
    causedBy: loss,
    opportunityId: sale,
  })

  test('by policy ends drafts and offers that are still valid, and lets all others be', () => {
    given(drafted, sent).when(falling).thenEvents(fallen)
    given(drafted, sent, confirmed).when(falling).thenNothing()
    given(drafted, sent, declined).when(falling).thenNothing()
    given(drafted, sent, at(expiresAt, expired))
      .when({ ...falling, data: { ...falling.data, ...late } } as typeof falling)
      .thenNothing()
  })

  test('by a loss is taken back with it: the same number, version, link and date', () => {
    const reinstate = ask('ReinstateQuotation', { causedBy: loss })
    const back = fact('QuotationReinstated', {
      version: 1,
      to: 'sent',
      causedBy: loss,
      occurredOn: firstDay,
    })
    given(drafted, sent, fallen).when(reinstate).thenEvents(back)
    expect(after(drafted, sent, fallen, back)).toEqual(after(drafted, sent))
    given(drafted, sent, cancelled).when(reinstate).thenNothing()
    given(drafted, sent).when(reinstate).thenNothing()
  })
})

describe('expiring', () => {
  test('is recorded from the first instant after the last day (O01)', () => {
    given(drafted, sent)
      .when(ask('ExpireQuotation', on(lastDay, lastInstant)))
      .thenNothing()
    given(drafted, sent).when(ask('ExpireQuotation', late)).thenEvents(expired)
    given(drafted, sent, at(expiresAt, expired)).when(ask('ExpireQuotation', late)).thenNothing()
  })

  test('is recorded although the next version was begun since', () => {
    given(drafted, sent, at('2026-02-13T08:00:00.000Z', opened))
      .when(ask('ExpireQuotation', late))
      .thenEvents(expired)
  })

  test('is recorded although the offer came back only after its date', () => {
    const back = fact('QuotationReinstated', { version: 1, to: 'sent', occurredOn: dayAfter })
    const history = [
      at('2026-02-01T08:30:00.000Z', drafted),
      at('2026-02-01T08:30:00.000Z', sent),
      at('2026-02-02T08:30:00.000Z', fallen),
      at('2026-02-12T08:30:00.000Z', back),
    ]
    given(...history)
      .when(ask('ExpireQuotation', on(dayAfter, expiresAt)))
      .thenEvents(expired)
    given(...history, at(expiresAt, expired))
      .when(cancel(on(dayAfter, '2026-02-12T08:00:00.000Z')))
      .thenFails({ type: 'OccurredTooEarly', last: '2026-02-12T08:30:00.000Z' })
  })

  test('never touches drafts and finished ones (O01 e)', () => {
    for (const history of [
      [drafted],
      [drafted, sent, confirmed],
      [drafted, sent, declined],
      [drafted, sent, cancelled],
    ]) {
      given(...history)
        .when(ask('ExpireQuotation', late))
        .thenNothing()
    }
  })
})

describe('correcting', () => {
  test('mends what an issued document says beside its figures, for a reason', () => {
    const correct = ask('CorrectQuotation', { reason: 'Typed wrongly', customerReference: 'PO 7' })
    given(drafted, sent, confirmed)
      .when(correct)
      .thenEvents(
        fact('QuotationCorrected', { customerReference: 'PO 7', reason: 'Typed wrongly' }),
      )
    given(drafted).when(correct).thenFails({ type: 'QuotationNotSent' })
    given(drafted, sent)
      .when(ask('CorrectQuotation', { reason: 'Nothing at all', tags: [] }))
      .thenNothing()
  })
})

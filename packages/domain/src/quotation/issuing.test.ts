import { describe, expect, test } from 'vitest'
import {
  after,
  ask,
  at,
  cancelled,
  confirmed,
  dayAfter,
  declined,
  drafted,
  eur,
  expired,
  expiresAt,
  fact,
  firstDay,
  given,
  lastDay,
  link,
  nextLink,
  on,
  opened,
  send,
  sent,
  sentAgain,
} from './examples.ts'

describe('sending', () => {
  test('issues the draft as a version with a number, figures, a date and a link', () => {
    given(drafted).when(send()).thenEvents(sent)
  })

  test('takes the place of the version before in the same moment (O04 b)', () => {
    given(drafted, sent, opened)
      .when(send({ link: nextLink }))
      .thenEvents(sentAgain)
    expect(after(drafted, sent, opened, sentAgain)).toMatchObject({
      status: 'sent',
      number: 'Q-1',
      current: { version: 2, issue: { number: 'Q-1-v2' } },
    })
  })

  test('keeps the number, whatever a series would give now', () => {
    given(drafted, sent, opened)
      .when(send({ number: 'Q-77', link: nextLink }))
      .thenEvents(sentAgain)
  })

  test('is not done past its own date, which a draft may well have (O01 f)', () => {
    given(drafted)
      .when(send({ validUntil: '2026-01-31', validity: 'typed' }))
      .thenFails({ type: 'ExpiryInPast', validUntil: '2026-01-31', today: firstDay })
  })

  test('needs to know where to write to (O16 f)', () => {
    for (const kind of ['invoice', 'delivery'] as const) {
      given(drafted)
        .when(send({ [`${kind}Address`]: undefined }))
        .thenFails({ type: 'AddressMissing', kind })
    }
  })

  test('needs something to offer, somebody to offer it to, and a total that is none of debt', () => {
    const empty = fact('QuotationLineRemoved', { lineId: '11'.padStart(26, '0') })
    given(drafted, empty).when(send()).thenFails({ type: 'QuotationEmpty' })
    const nobody = { ...drafted, data: { ...drafted.data, contactId: undefined } } as typeof drafted
    given(nobody).when(send()).thenFails({ type: 'ContactMissing' })
    const reduced = fact('QuotationLineRevised', {
      lineId: '11'.padStart(26, '0'),
      unitPrice: eur('-1.00'),
    })
    given(drafted, reduced)
      .when(send())
      .thenFails({ type: 'TotalNegative', total: eur('-3.30') })
  })

  test('is done once with a version, and never with a finished one', () => {
    given(drafted, sent).when(send()).thenFails({ type: 'QuotationNotDraft', status: 'sent' })
    given(drafted, sent, declined).when(send()).thenFails({ type: 'QuotationDeclined' })
    given(drafted, cancelled).when(send()).thenFails({ type: 'QuotationCancelled' })
  })

  test('comes after what is known to have happened before', () => {
    const back = fact('QuotationReturnedToDraft', { version: 2 })
    given(drafted, at('2026-02-05T10:00:00.000Z', sent), at('2026-02-06T10:00:00.000Z', back))
      .when(send(on('2026-02-05')))
      .thenFails({ type: 'OccurredTooEarly', last: '2026-02-06T10:00:00.000Z' })
  })
})

describe('versions', () => {
  test('the next one is drafted beside the one that stands, without the date typed for that', () => {
    const typed = fact('QuotationRevised', { validUntil: lastDay })
    given(drafted, typed, sent).when(ask('OpenQuotationVersion', {})).thenEvents(opened)
    expect(after(drafted, typed, sent, opened)).toMatchObject({
      status: 'sent',
      current: { version: 1, content: { described: { validUntil: lastDay } } },
      draft: { version: 2, content: { described: { opportunityId: expect.any(String) } } },
    })
    expect(after(drafted, typed, sent, opened)).not.toHaveProperty(
      'draft.content.described.validUntil',
    )
  })

  test('a discarded one leaves the one that stands as it was (O04 g)', () => {
    const discarded = fact('QuotationVersionDiscarded', { version: 2 })
    given(drafted, sent, opened).when(ask('DiscardQuotationVersion', {})).thenEvents(discarded)
    expect(after(drafted, sent, opened, discarded)).toEqual({
      ...after(drafted, sent),
      lastVersion: 2,
    })
    given(drafted, sent).when(ask('DiscardQuotationVersion', {})).thenFails({
      type: 'NoVersionOpen',
    })
  })

  test('none is begun before the offer that it follows', () => {
    const moment = '2026-02-03T10:00:00.000Z'
    given(at('2026-02-01T08:30:00.000Z', drafted), at(moment, sent))
      .when(ask('OpenQuotationVersion', on('2026-02-02')))
      .thenFails({ type: 'OccurredTooEarly', last: moment })
  })

  test('there is one draft at a time, and none beside a draft or a finished one', () => {
    const open = ask('OpenQuotationVersion', {})
    given(drafted, sent, opened).when(open).thenFails({ type: 'VersionAlreadyOpen', version: 2 })
    given(drafted).when(open).thenFails({ type: 'QuotationNotSent' })
    given(drafted, sent, confirmed).when(open).thenFails({
      type: 'QuotationAlreadyConfirmed',
      orderNumber: 'S-1',
    })
  })

  test('back in draft, an issued version stays as it was and the next one is written', () => {
    const back = ask('ReturnQuotationToDraft', {})
    given(drafted, sent)
      .when(back)
      .thenEvents(fact('QuotationReturnedToDraft', { version: 2 }))
    given(drafted, sent, opened)
      .when(back)
      .thenEvents(
        fact('QuotationVersionDiscarded', { version: 2 }),
        fact('QuotationReturnedToDraft', { version: 3 }),
      )
    given(drafted, sent, cancelled)
      .when(back)
      .thenEvents(fact('QuotationReturnedToDraft', { version: 2 }))
    given(drafted, sent, confirmed).when(back).thenFails({
      type: 'QuotationAlreadyConfirmed',
      orderNumber: 'S-1',
    })
    given(drafted, sent, declined).when(back).thenFails({ type: 'QuotationDeclined' })
    given(drafted).when(back).thenFails({ type: 'QuotationNotSent' })
  })
})

describe('extending', () => {
  const extend = (validUntil: string, mayBeLate = false, when = on(firstDay)) =>
    ask('ExtendQuotation', {
      validUntil,
      expiresAt: `${validUntil}T20:30:00.000Z`,
      note: 'Asked for a week',
      mayBeLate,
      ...when,
    })
  const longer = fact('QuotationExtended', {
    version: 1,
    validUntil: '2026-02-18',
    expiresAt: '2026-02-18T20:30:00.000Z',
    note: 'Asked for a week',
  })

  test('moves the last day to a later one', () => {
    given(drafted, sent).when(extend('2026-02-18')).thenEvents(longer)
    given(drafted, sent).when(extend(lastDay)).thenFails({
      type: 'ExtensionTooShort',
      validUntil: lastDay,
    })
  })

  test('brings one whose date is over back only where that is allowed', () => {
    const late = on(dayAfter)
    given(drafted, sent)
      .when(extend('2026-02-18', false, late))
      .thenFails({
        type: 'QuotationExpired',
        validUntil: lastDay,
      })
    given(drafted, sent, at(expiresAt, expired))
      .when(extend('2026-02-18', true, late))
      .thenEvents(longer)
    expect(after(drafted, sent, at(expiresAt, expired), longer)).toMatchObject({ status: 'sent' })
  })
})

describe('the link', () => {
  const reissued = fact('QuotationLinkIssued', { version: 1, link: nextLink })

  test('is made anew, and the one before is dead', () => {
    given(drafted, sent)
      .when(ask('IssueQuotationLink', { link: nextLink }))
      .thenEvents(reissued)
    expect(after(drafted, sent, reissued)).toMatchObject({ link: nextLink })
    given(drafted).when(ask('IssueQuotationLink', { link })).thenFails({ type: 'QuotationNotSent' })
  })

  test('is revoked once', () => {
    const revoked = fact('QuotationLinkRevoked', { version: 1 })
    given(drafted, sent).when(ask('RevokeQuotationLink', {})).thenEvents(revoked)
    given(drafted, sent, revoked).when(ask('RevokeQuotationLink', {})).thenNothing()
  })
})

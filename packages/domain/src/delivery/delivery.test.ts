import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { fold, type Occurred } from '../decider.ts'
import { specification } from '../specification.ts'
import type { DeliveryCommand } from './command.ts'
import { delivery } from './delivery.ts'
import type { DeliveryEvent } from './events.ts'
import { type Due, dueMail, type Standing } from './outbox.ts'

const { given } = specification(delivery)

const start = '2026-02-01T08:30:00.000Z'
const until = '2026-02-01T08:35:00.000Z'
const nextAt = '2026-02-01T08:40:00.000Z'
const to = ['sara@example.com']
const first = { version: 1, send: 1, attempt: 1 }
const second = { ...first, attempt: 2 }
const anew = { version: 1, send: 2, attempt: 1 }

type Turned = typeof first

const mail = (turn: Turned, occurredAt = start): DeliveryCommand => ({
  type: 'AttemptDelivery',
  data: { ...turn, messageId: '<1@example.com>', to, until, nextAt, occurredAt },
})
const attempted = (turn: Turned): Occurred<DeliveryEvent> => ({
  type: 'DeliveryAttempted',
  data: { ...turn, messageId: '<1@example.com>', to, until, nextAt },
})
const record = (turn: Turned): DeliveryCommand => ({
  type: 'RecordDelivery',
  data: { ...turn, occurredAt: start },
})
const delivered = (turn: Turned): DeliveryEvent => ({ type: 'QuotationDelivered', data: turn })
const failing = (
  turn: Turned,
  code: 'deferred' | 'refused' | 'unknown' | 'withdrawn',
): DeliveryEvent => ({
  type: 'DeliveryFailed',
  data: { ...turn, code, final: code !== 'deferred' },
})
const fail = (...told: Parameters<typeof failing>): DeliveryCommand => ({
  type: 'FailDelivery',
  data: { ...failing(...told).data, occurredAt: start } as never,
})
const bounce: DeliveryCommand = {
  type: 'BounceDelivery',
  data: { version: 1, detail: 'Mailbox full', occurredAt: start },
}
const bounced: DeliveryEvent = {
  type: 'DeliveryBounced',
  data: { version: 1, detail: 'Mailbox full' },
}
const overtaken = { type: 'DeliveryOvertaken' } as const

describe('a mail', () => {
  it('is taken on by one alone', () => {
    given().when(mail(first)).thenEvents(attempted(first))
    given(attempted(first)).when(mail(first)).thenFails({ type: 'DeliveryUnderWay', until })
    given(attempted(first)).when(mail(anew)).thenFails({ type: 'DeliveryUnderWay', until })
    given(attempted(first)).when(mail(first, until)).thenFails(overtaken)
    given(attempted(first), delivered(first)).when(mail(first)).thenFails(overtaken)
  })

  it('is tried again once it certainly did not go, and never after a last try', () => {
    given(attempted(first), failing(first, 'deferred'))
      .when(mail(second))
      .thenEvents(attempted(second))
    for (const end of [failing(first, 'refused'), failing(first, 'unknown'), delivered(first)]) {
      given(attempted(first), end).when(mail(second)).thenFails(overtaken)
    }
  })

  it('of which nobody knows is sent anew only by a person, as another one', () => {
    given(attempted(first), failing(first, 'unknown')).when(mail(anew)).thenEvents(attempted(anew))
    given(attempted(first)).when(mail(anew, until)).thenEvents(attempted(anew))
  })

  it('has one outcome, but what nobody knew may still become known', () => {
    given(attempted(first)).when(record(first)).thenEvents(delivered(first))
    given(attempted(first), delivered(first)).when(record(first)).thenFails(overtaken)
    given(attempted(first), delivered(first)).when(fail(first, 'unknown')).thenFails(overtaken)
    given(attempted(first), failing(first, 'unknown'))
      .when(record(first))
      .thenEvents(delivered(first))
    given(attempted(first), failing(first, 'refused')).when(record(first)).thenFails(overtaken)
    given().when(record(first)).thenFails(overtaken)
  })

  it('can be given up before anybody tried', () => {
    given().when(fail(first, 'withdrawn')).thenEvents(failing(first, 'withdrawn'))
  })

  it('comes back once, and only if it was out', () => {
    given(attempted(first), delivered(first)).when(bounce).thenEvents(bounced)
    given(attempted(first), failing(first, 'unknown')).when(bounce).thenEvents(bounced)
    for (const history of [
      [],
      [attempted(first)],
      [attempted(first), failing(first, 'refused')],
      [attempted(first), delivered(first), bounced],
      [attempted({ ...first, version: 2 }), delivered({ ...first, version: 2 })],
    ]) {
      given(...history)
        .when(bounce)
        .thenFails({ type: 'QuotationNotDelivered' })
    }
  })
})

describe('the customer', () => {
  const look = (version: number, occurredOn: string): DeliveryCommand => ({
    type: 'ViewQuotation',
    data: { version, occurredOn, occurredAt: start },
  })
  const viewed = (version: number, occurredOn: string): DeliveryEvent => ({
    type: 'QuotationViewed',
    data: { version, occurredOn },
  })
  const ask: DeliveryCommand = {
    type: 'AskAboutQuotation',
    data: { version: 1, text: 'Assembled?', occurredAt: start },
  }
  const asked: DeliveryEvent = { type: 'CustomerAsked', data: { version: 1, text: 'Assembled?' } }

  it('is said to have looked once a day for each version', () => {
    const [today, tomorrow] = ['2026-02-01', '2026-02-02']
    given().when(look(1, today)).thenEvents(viewed(1, today))
    given(viewed(1, today)).when(look(1, today)).thenNothing()
    given(viewed(1, today)).when(look(2, today)).thenEvents(viewed(2, today))
    given(viewed(1, today)).when(look(1, tomorrow)).thenEvents(viewed(1, tomorrow))
    given(viewed(1, tomorrow)).when(look(1, today)).thenNothing()
  })

  it('may ask the same question twice, but not for ever', () => {
    given(asked).when(ask).thenEvents(asked)
    given(...Array.from({ length: 50 }, () => asked))
      .when(ask)
      .thenFails({ type: 'TooManyQuestions', most: 50 })
  })
})

describe('the outbox', () => {
  const due = (standing: Standing, ...history: readonly Occurred<DeliveryEvent>[]) =>
    dueMail(fold(delivery, history), standing)
  const byMail = { version: 1, by: 'mail' } as const

  it('holds what was issued by mail, from when on it is to go', () => {
    expect(due(byMail)).toEqual({ send: 1, attempt: 1 })
    expect(due({ ...byMail, sendAt: nextAt })).toEqual({ send: 1, attempt: 1, from: nextAt })
    expect(due({ version: 1, by: 'hand' })).toBeUndefined()
  })

  it('holds the next version as a mail of its own', () => {
    const sent = [attempted(first), delivered(first)]
    expect(due({ ...byMail, version: 2 }, ...sent)).toEqual({ send: 2, attempt: 1 })
    expect(due({ version: 2, by: 'hand' }, ...sent)).toBeUndefined()
  })

  it('holds what certainly did not go, until the last try', () => {
    const again = { send: 1, attempt: 2, from: nextAt }
    for (const by of ['mail', 'hand'] as const) {
      const standing = { version: 1, by }
      expect(due(standing, attempted(first), failing(first, 'deferred'))).toEqual(again)
    }
    for (const end of [failing(first, 'refused'), failing(first, 'unknown'), delivered(first)]) {
      expect(due(byMail, attempted(first), end)).toBeUndefined()
    }
    expect(due(byMail, attempted(first))).toBeUndefined()
  })

  /** What servers say to one try after the other; at `lost`, nobody learns what became of it. */
  const answers = fc.array(fc.constantFrom('delivered', 'deferred', 'refused', 'lost'), {
    maxLength: 8,
  })

  test.prop([answers])('sends what it holds once at most, however often it is asked', (said) => {
    const log: Occurred<DeliveryEvent>[] = []
    const taken: Due[] = []
    for (const answer of said) {
      const next = due(byMail, ...log)
      if (next === undefined) continue
      const turn = { version: 1, send: next.send, attempt: next.attempt }
      const decided = delivery.decide(mail(turn, next.from), fold(delivery, log))
      if (E.isLeft(decided)) throw new Error(decided.left.type)
      log.push(...decided.right)
      if (answer === 'delivered') log.push(delivered(turn))
      else log.push(failing(turn, answer === 'lost' ? 'unknown' : answer))
      if (answer === 'delivered' || answer === 'lost') taken.push(next)
    }
    expect(taken.length).toBeLessThanOrEqual(1)
  })
})

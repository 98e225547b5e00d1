/**
 * What holds of every quotation, whatever is asked of it and in whatever order.
 *
 * @module
 */
import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect } from 'vitest'
import { fold, type Occurred } from '../decider.ts'
import { erased } from '../personal.ts'
import { plusDays } from '../time/calendar-date.ts'
import { quotationCodec } from './codec.ts'
import type { QuotationCommand } from './command.ts'
import { isOver } from './decision.ts'
import type { QuotationEvent } from './events.ts'
import {
  chairs,
  customer,
  desks,
  eur,
  firstDay,
  link,
  loss,
  noteLine,
  otherCustomer,
  sale,
} from './examples.ts'
import { quotation } from './quotation.ts'
import { type Begun, hasBegun, type QuotationState } from './state.ts'
import { figured } from './totals.ts'

// Values. Few ids and days, so that questions meet each other's answers.
const day = fc.nat(30).map((days) => plusDays(firstDay, days))
const item = fc
  .record({
    base: fc.constantFrom(desks, chairs),
    quantity: fc.constantFrom('0', '1', '2.5', '100'),
    amount: fc.constantFrom('0.01', '19.99', '1.005', '-3.00'),
    discountPercent: fc.option(fc.constantFrom('0', '15', '33.3333'), { nil: undefined }),
    taxRate: fc.constantFrom('0', '10', '20', null),
  })
  .map(({ base, amount, discountPercent, ...others }) => ({
    line: {
      ...base,
      ...others,
      unitPrice: eur(amount),
      ...(discountPercent === undefined ? {} : { discountPercent }),
    },
  }))
const note = fc.constant({ line: { id: noteLine, kind: 'note' as const }, text: 'As agreed' })
const lines = fc.uniqueArray(fc.oneof(item, note), {
  maxLength: 3,
  selector: ({ line }) => line.id,
})
const contactId = fc.constantFrom(customer, otherCustomer)
const vatRounding = fc.constantFrom('total', 'line')
const lineId = fc.constantFrom(desks.id, chairs.id, noteLine)
const versionSeen = fc.integer({ min: 1, max: 4 })
const flag = fc.boolean()
const outcome = fc.constantFrom('open', 'won', 'lost')

const asked = (type: QuotationCommand['type'], shape: Record<string, fc.Arbitrary<unknown>> = {}) =>
  fc.record(shape).map((data) => ({ type, data }))
const some = (shape: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(shape, { requiredKeys: [] })

const beginning = fc
  .record({ lines, vatRounding, pricesIncludeTax: flag, contact: fc.option(contactId) })
  .map(({ contact, ...data }) => ({
    type: 'DraftQuotation',
    data: {
      ...data,
      ...(contact === null ? {} : { contactId: contact }),
      language: 'en',
      currency: 'EUR',
      digits: 2,
      opportunityId: sale,
    },
  }))

const concluding = {
  orderNumber: fc.constant('S-1'),
  opportunity: fc.record({ id: fc.constant(sale), outcome }),
  policies: fc.record({
    onConfirm: fc.constantFrom('win', 'leave'),
    onConfirmSiblings: fc.constantFrom('leave', 'cancel'),
    lateConfirm: fc.constantFrom('manager', 'refuse'),
  }),
  rates: fc.constant([]),
}

const question = fc.oneof(
  asked('ReviseQuotation', {
    changes: some({
      contactId,
      lines,
      terms: fc.option(fc.constantFrom('Net 30', 'Cash')),
      subject: fc.option(fc.constant('Desks')),
      validUntil: fc.option(day),
      pricesIncludeTax: flag,
    }),
    digits: fc.constant(2),
    vatRounding,
  }),
  item.chain((line) => asked('AddQuotationLine', { line: fc.constant(line.line), vatRounding })),
  asked('ReviseQuotationLine', {
    lineId,
    changes: some({
      quantity: fc.constantFrom('1', '7'),
      taxRate: fc.constantFrom('10', null),
      discountPercent: fc.option(fc.constant('50')),
    }),
    vatRounding,
  }),
  asked('RemoveQuotationLine', { lineId, vatRounding }),
  {
    weight: 4,
    arbitrary: fc.record({ until: day, vatRounding }).map(({ until, ...data }) => ({
      type: 'SendQuotation',
      data: {
        ...data,
        number: 'Q-1',
        by: 'hand',
        validUntil: until,
        expiresAt: `${plusDays(until, 1)}T00:00:00.000Z`,
        validity: 'company',
        rates: [],
        link,
      },
    })),
  },
  day.map((validUntil) => ({
    type: 'ExtendQuotation',
    data: {
      validUntil,
      expiresAt: `${plusDays(validUntil, 1)}T00:00:00.000Z`,
      note: 'Longer',
      mayBeLate: true,
    },
  })),
  asked('OpenQuotationVersion'),
  asked('DiscardQuotationVersion'),
  asked('IssueQuotationLink', { link: fc.constant(link) }),
  asked('RevokeQuotationLink'),
  asked('AcceptQuotation', {
    ...concluding,
    name: fc.constant('Leila'),
    onAccept: fc.constantFrom('confirm', 'record'),
    seen: fc.record({ version: versionSeen, total: fc.constant('of that version') }),
  }),
  asked('DeclineQuotation', { version: fc.option(versionSeen, { nil: undefined }) }),
  asked('ExpireQuotation'),
  asked('ConfirmQuotation', { ...concluding, override: flag, note: fc.constant('All the same') }),
  asked('CancelQuotation', { cause: fc.constant('person'), reason: fc.constant('Why not') }),
  asked('CancelQuotation', {
    cause: fc.constantFrom('opportunityLost', 'siblingConfirmed'),
    causedBy: fc.constant(loss),
    opportunityId: fc.constant(sale),
  }),
  asked('ReinstateQuotation', { causedBy: fc.constant(loss) }),
  asked('ReturnQuotationToDraft'),
  asked('CorrectQuotation', {
    reason: fc.constant('Mended'),
    source: fc.option(fc.constant('fair')),
  }),
  asked('DeleteQuotation'),
)

interface Asked {
  readonly type: string
  readonly data: object
}

/** Questions over thirty days, in the order of their moments; some moments are told late. */
const life: fc.Arbitrary<readonly (Asked & { readonly on: string })[]> = fc
  .tuple(beginning, fc.array(fc.tuple(question, fc.nat(3)), { maxLength: 25 }))
  .map(([first, others]) => {
    let days = 0
    return [
      { ...first, on: firstDay },
      ...others.map(([each, later]) => {
        days += later
        return { ...each, on: plusDays(firstDay, days) }
      }),
    ]
  })

type Log = readonly Occurred<QuotationEvent>[]

const totalSeen = (state: QuotationState) =>
  hasBegun(state) ? state.current.content.totals.total : eur('0.00')

/** Who accepts has seen the total there is: what a wrong one leads to, examples tell. */
const commandOf = ({ type, data, on }: Asked & { readonly on: string }, state: QuotationState) => {
  const when = { occurredAt: `${on}T08:00:00.000Z`, occurredOn: on }
  const seen = 'seen' in data ? { seen: { ...Object(data.seen), total: totalSeen(state) } } : {}
  return { type, data: { ...data, ...seen, ...when } } as unknown as QuotationCommand
}

const steps = (questions: readonly (Asked & { readonly on: string })[]) => {
  let log: Log = []
  let state = quotation.initialState
  return questions.map((each) => {
    const [before, logBefore] = [state, log]
    const command = commandOf(each, state)
    const answer = quotation.decide(command, state)
    const events = E.isRight(answer) ? answer.right : []
    const { occurredAt } = command.data
    const happened = events.map((event) => ({ ...event, occurredAt }))
    for (const event of happened) state = quotation.evolve(state, event)
    log = [...log, ...happened]
    return { command, before, answer, events, state, log, logBefore }
  })
}

const stored = (event: QuotationEvent): QuotationEvent => {
  const decoded = quotationCodec.decode(JSON.parse(JSON.stringify(quotationCodec.encode(event))))
  if (E.isLeft(decoded)) throw new Error(JSON.stringify(decoded.left))
  return decoded.right
}

const finishedStatus = new Set(['confirmed', 'declined', 'cancelled'])

/** What may still happen to a finished one. */
const afterwards: Readonly<Record<string, readonly QuotationEvent['type'][]>> = {
  confirmed: [
    'QuotationCancelled',
    'QuotationCorrected',
    'QuotationLinkIssued',
    'QuotationLinkRevoked',
  ],
  declined: ['QuotationCorrected', 'QuotationLinkIssued', 'QuotationLinkRevoked'],
  cancelled: [
    'QuotationReinstated',
    'QuotationReturnedToDraft',
    'QuotationVersionDiscarded',
    'QuotationCorrected',
    'QuotationLinkIssued',
    'QuotationLinkRevoked',
  ],
}

const versionsOf = ({ current, draft }: Begun) => [current, ...(draft ? [draft] : [])]

describe('whatever is asked of a quotation', () => {
  test.prop([life])('every event keeps to its schema, and is stored without loss', (questions) => {
    for (const { events } of steps(questions)) {
      for (const event of events) expect(stored(event)).toEqual(event)
    }
  })

  test.prop([life])('replaying what was stored gives the state that deciding left', (questions) => {
    const last = steps(questions).at(-1)
    const replayed = last?.log.map((event) => ({ ...event, ...stored(event) })) ?? []
    expect(fold(quotation, replayed)).toEqual(last?.state)
  })

  test.prop([life])('an erasure of personal data changes no rule', (questions) => {
    const last = steps(questions).at(-1)
    const without = (event: Occurred<QuotationEvent>) => ({
      ...event,
      data: Object.fromEntries(
        Object.entries(event.data).map(([name, value]) => [
          name,
          Object.hasOwn(quotationCodec.personal[event.type], name) && value !== null
            ? erased
            : value,
        ]),
      ),
    })
    const remaining = (last?.log ?? []).map((event) => without(event) as Occurred<QuotationEvent>)
    expect(fold(quotation, remaining)).toEqual(last?.state)
  })

  test.prop([life])('the totals are what its lines come to', (questions) => {
    for (const { state } of steps(questions)) {
      if (!hasBegun(state)) continue
      for (const { content } of versionsOf(state)) {
        expect(figured(content.lines, content)).toMatchObject(E.right({ totals: content.totals }))
      }
    }
  })

  test.prop([life])('at most one version stands, and each was issued at most once', (questions) => {
    const all = steps(questions)
    for (const { state } of all) {
      if (hasBegun(state)) expect(state.draft?.issue).toBeUndefined()
    }
    const issued = (all.at(-1)?.log ?? []).flatMap((event) =>
      event.type === 'QuotationSent' ? [event.data.version] : [],
    )
    expect(issued).toEqual([...new Set(issued)].toSorted((a, b) => a - b))
  })

  test.prop([life])('a finished one stays as it is, but for what is listed', (questions) => {
    for (const { before, events } of steps(questions)) {
      if (!hasBegun(before) || !finishedStatus.has(before.status)) continue
      const [first] = events
      if (first !== undefined) expect(afterwards[before.status]).toContain(first.type)
    }
  })

  test.prop([life])('what was issued never changes in its figures', (questions) => {
    for (const { before, state } of steps(questions)) {
      if (!hasBegun(before) || !hasBegun(state)) continue
      if (before.current.issue === undefined) continue
      if (state.current.version !== before.current.version) continue
      expect(state.current.content.totals).toEqual(before.current.content.totals)
      expect(state.current.content.lines).toEqual(before.current.content.lines)
    }
  })

  test.prop([life])('its number never changes, nor do the numbers of its versions', (questions) => {
    const sent = (steps(questions).at(-1)?.log ?? []).flatMap((event) =>
      event.type === 'QuotationSent' ? [event.data] : [],
    )
    for (const { version, number } of sent) {
      expect(number).toBe(version === 1 ? 'Q-1' : `Q-1-v${version}`)
    }
  })

  test.prop([life])('time alone changes nothing but an offer that stands', (questions) => {
    for (const { before, events, command } of steps(questions)) {
      if (command.type !== 'ExpireQuotation' || events.length === 0) continue
      expect(hasBegun(before) && before.status).toBe('sent')
      expect(hasBegun(before) && isOver(before, command.data.occurredAt)).toBe(true)
    }
  })

  test.prop([life, question, question])(
    'of two that decide on one state, an end and another end exclude each other',
    (questions, one, two) => {
      const { state } = steps(questions).at(-1) ?? { state: quotation.initialState }
      const ends = new Set(['ConfirmQuotation', 'DeclineQuotation', 'CancelQuotation'])
      fc.pre(ends.has(one.type) && ends.has(two.type) && one.type !== 'CancelQuotation')
      const on = plusDays(firstDay, 100)
      const first = quotation.decide(commandOf({ ...one, on }, state), state)
      if (E.isLeft(first) || first.right.length === 0) return
      const next = first.right.reduce(quotation.evolve, state)
      const second = quotation.decide(commandOf({ ...two, on }, next), next)
      // A confirmed one may be cancelled, by a decision on the new state; all else is refused.
      const cancelsConfirmed =
        two.type === 'CancelQuotation' && hasBegun(next) && next.status === 'confirmed'
      if (cancelsConfirmed) return
      expect(E.isLeft(second) || second.right.length === 0).toBe(true)
    },
  )
})

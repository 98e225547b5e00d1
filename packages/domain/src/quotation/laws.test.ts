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
  chamran,
  customer,
  desks,
  eur,
  firstDay,
  link,
  loss,
  noteLine,
  otherCustomer,
  sale,
  valiasr,
} from './examples.ts'
import { isTakeable, type Option } from './option.ts'
import { quotation } from './quotation.ts'
import { reckoned } from './reckoning.ts'
import { type Begun, hasBegun, type QuotationState } from './state.ts'
import { figured } from './totals.ts'
import { workedOn } from './version.ts'

const templateLine = (n: number) => `T${n}`.padStart(26, '0')
const [lampOption, shelfOption] = ['31', '32'].map((last) => last.padStart(26, '0'))

// Values. Few ids and days, so that questions meet each other's answers.
const day = fc.nat(45).map((days) => plusDays(firstDay, days))
const item = fc
  .record({
    base: fc.constantFrom(desks, chairs),
    quantity: fc.constantFrom('0', '1', '2.5', '100'),
    amount: fc.constantFrom('0.01', '19.99', '1.005', '240.00', '7.50', '-0.30'),
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
const lines = fc.uniqueArray(fc.oneof({ weight: 3, arbitrary: item }, note), {
  maxLength: 3,
  size: 'max',
  selector: ({ line }) => line.id,
})
/** Mostly there is something to send. */
const linesAtFirst = fc.oneof(lines, {
  weight: 6,
  arbitrary: lines.map((list) => [
    { line: desks },
    ...list.filter(({ line }) => line.id !== desks.id),
  ]),
})
const optionId = fc.constantFrom(lampOption, shelfOption, templateLine(10))
const option = fc
  .record({
    id: optionId,
    amount: fc.constantFrom('10.00', '0.55', '-0.10'),
    quantity: fc.constantFrom('1', '2.5'),
    quantityEditable: fc.boolean(),
    maxQuantity: fc.option(fc.constantFrom('3', '10'), { nil: undefined }),
    taxRate: fc.constantFrom('10', null),
  })
  .map(({ amount, maxQuantity, ...others }) => ({
    ...others,
    kind: 'item' as const,
    description: 'Lamp',
    unitPrice: eur(amount),
    ...(maxQuantity === undefined ? {} : { maxQuantity }),
  }))
const options = fc.uniqueArray(option, { maxLength: 2, selector: ({ id }) => id })
/** Of two templates, whose lines and options are made anew each time, from ids that come round again. */
const applying = fc
  .record({
    name: fc.constantFrom('Office', 'School'),
    mode: fc.constantFrom('replace', 'append'),
    validityDays: fc.option(fc.constantFrom(0, 15), { nil: undefined }),
    words: fc.record(
      { terms: fc.constantFrom('Net 30', 'Cash'), subject: fc.constant('Desks') },
      { requiredKeys: [] },
    ),
    lines: fc.uniqueArray(fc.tuple(item, fc.nat(5)), { maxLength: 3, selector: ([, n]) => n }),
    options: fc.uniqueArray(fc.tuple(option, fc.nat(3)), { maxLength: 2, selector: ([, n]) => n }),
    dropEdited: fc.option(fc.constant([templateLine(0)]), { nil: undefined, freq: 1 }),
  })
  .map(({ name, validityDays, lines: listed, options: offered, dropEdited, ...others }) => ({
    ...others,
    ...(validityDays === undefined ? {} : { validityDays }),
    ...(dropEdited === undefined ? {} : { dropEdited }),
    name,
    templateId: sale,
    templateRevision: name.length,
    lines: listed.map(([{ line }, n]) => ({
      line: { ...line, id: templateLine(n) },
      templateLineId: noteLine,
    })),
    options: offered.map(([each, n]) => ({
      option: { ...each, id: templateLine(n + 10) },
      templateLineId: noteLine,
    })),
  }))
const contactId = fc.constantFrom(customer, otherCustomer)
const vatRounding = fc.constantFrom('total', 'line')
const lineId = fc.constantFrom(desks.id, chairs.id, noteLine, templateLine(0), templateLine(1))
/** How many versions ago one was seen: mostly the one that stands. */
const ago = fc.constantFrom(0, 0, 0, 1)
const flag = fc.boolean()
const outcome = fc.constantFrom('open', 'open', 'won', 'lost')

const asked = (type: QuotationCommand['type'], shape: Record<string, fc.Arbitrary<unknown>> = {}) =>
  fc.record(shape).map((data) => ({ type, data }))
const some = (shape: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(shape, { requiredKeys: [] })

const beginning = fc
  .record({
    lines: linesAtFirst,
    options,
    template: fc.option(applying, { nil: undefined }),
    vatRounding,
    pricesIncludeTax: flag,
    contact: fc.option(contactId, { freq: 9 }),
  })
  .map(({ contact, template, ...data }) => ({
    type: 'DraftQuotation',
    data: {
      ...data,
      ...(template === undefined ? {} : { template }),
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

const ending = fc.oneof(
  {
    weight: 3,
    arbitrary: asked('ConfirmQuotation', {
      ...concluding,
      seen: fc.option(ago, { nil: undefined }),
      override: flag,
      note: fc.constant('All the same'),
    }),
  },
  asked('DeclineQuotation', { seen: fc.option(ago, { nil: undefined }) }),
  asked('CancelQuotation', { cause: fc.constant('person'), reason: fc.constant('Why not') }),
  asked('CancelQuotation', {
    cause: fc.constantFrom('opportunityLost', 'siblingConfirmed'),
    causedBy: fc.constant(loss),
    opportunityId: fc.constant(sale),
  }),
)

const writing = fc.oneof(
  asked('ReviseQuotation', {
    changes: some({
      contactId,
      lines,
      options,
      terms: fc.option(fc.constantFrom('Net 30', 'Cash')),
      subject: fc.option(fc.constant('Desks')),
      validUntil: fc.option(day),
      pricesIncludeTax: flag,
    }),
    addressing: some({ invoiceAddress: fc.option(fc.constant(chamran)) }),
    digits: fc.constant(2),
    vatRounding,
  }),
  asked('AddressQuotation', { deliveryAddress: fc.constant(chamran) }),
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
  asked('OfferOption', { option, vatRounding }),
  asked('ReviseOption', {
    optionId,
    changes: some({
      quantity: fc.constantFrom('1', '2'),
      unitPrice: fc.constantFrom(eur('12.00'), eur('0.55')),
      quantityEditable: flag,
      maxQuantity: fc.option(fc.constantFrom('2', '10')),
      discountPercent: fc.option(fc.constant('50')),
    }),
    position: fc.constantFrom(0, 1),
    vatRounding,
  }),
  asked('WithdrawOption', { optionId, vatRounding }),
  {
    weight: 2,
    arbitrary: applying.map((data) => ({
      type: 'ApplyQuotationTemplate',
      data: { ...data, vatRounding: 'total' },
    })),
  },
  asked('RemoveQuotationTemplate'),
  asked('DecideQuotationApproval', {
    decision: fc.constantFrom('request', 'grant', 'refuse'),
    by: fc.constantFrom('user:S', 'user:M'),
  }),
)

/** What a customer does with options: of the version that stands, now and then of one before. */
const answering = fc.oneof(
  asked('AcceptOption', {
    optionId,
    quantity: fc.constantFrom(undefined, '0', '1', '2.5', '3', '40'),
    seen: ago,
  }),
  asked('DeclineOption', { optionId, seen: ago }),
)

const sending = fc.record({ until: day, vatRounding }).map(({ until, ...data }) => ({
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
    invoiceAddress: valiasr,
    deliveryAddress: valiasr,
  },
}))

const standing = fc.oneof(
  day.map((validUntil) => ({
    type: 'ExtendQuotation',
    data: {
      validUntil,
      expiresAt: `${plusDays(validUntil, 1)}T00:00:00.000Z`,
      note: 'Longer',
      mayBeLate: true,
    },
  })),
  { weight: 4, arbitrary: asked('OpenQuotationVersion') },
  asked('DiscardQuotationVersion'),
  asked('IssueQuotationLink', { link: fc.constant(link) }),
  asked('RevokeQuotationLink'),
  asked('AcceptQuotation', {
    ...concluding,
    name: fc.constant('Leila'),
    onAccept: fc.constantFrom('confirm', 'record'),
    seen: ago,
  }),
  asked('ExpireQuotation'),
  asked('ReinstateQuotation', { causedBy: fc.constant(loss) }),
  asked('ReturnQuotationToDraft'),
  asked('CorrectQuotation', {
    reason: fc.constant('Mended'),
    source: fc.option(fc.constant('fair')),
  }),
)

const anyQuestion = fc.oneof(
  { weight: 20, arbitrary: writing },
  { weight: 30, arbitrary: sending },
  { weight: 40, arbitrary: standing },
  { weight: 20, arbitrary: answering },
  { weight: 8, arbitrary: ending },
  { weight: 1, arbitrary: asked('DeleteQuotation') },
)

interface Asked {
  readonly type: string
  readonly data: object
}

/** Questions over some weeks; now and then one is told late. */
const life: fc.Arbitrary<readonly (Asked & { readonly on: string })[]> = fc
  .tuple(
    beginning,
    fc.array(fc.tuple(anyQuestion, fc.integer({ min: -1, max: 3 })), {
      maxLength: 40,
      size: 'max',
    }),
  )
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

/** What was seen is of the version told, with the total there is: examples tell of others. */
const seenIn = (state: QuotationState, { type, data }: Asked): object => {
  if (!('seen' in data) || !hasBegun(state)) return data
  const { seen, ...others } = data
  if (seen === undefined) return others
  const version = Math.max(1, state.current.version - Number(seen))
  const isOfVersion = type === 'DeclineQuotation' || type.endsWith('Option')
  if (isOfVersion) return { ...others, version }
  return { ...others, seen: { version, total: state.current.content.totals.total } }
}

const commandOf = (each: Asked & { readonly on: string }, state: QuotationState) => {
  const { type, on } = each
  const when = { occurredAt: `${on}T08:00:00.000Z`, occurredOn: on }
  return { type, data: { ...seenIn(state, each), ...when } } as unknown as QuotationCommand
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

const ofStanding: ReadonlySet<QuotationEvent['type']> = new Set([
  'QuotationDrafted',
  'QuotationSent',
  'QuotationExtended',
  'OptionAccepted',
  'OptionDeclined',
  'QuotationAccepted',
  'QuotationDeclined',
  'QuotationConfirmed',
  'QuotationCancelled',
  'QuotationReinstated',
  'QuotationReturnedToDraft',
])

/** The versions that a customer could take at their word, after an event. */
const offered = (live: ReadonlySet<number>, { type, data }: QuotationEvent) => {
  if (type === 'QuotationReturnedToDraft') return new Set<number>()
  if (type === 'QuotationCancelled' || type === 'QuotationDeclined') {
    return live.difference(new Set([data.version]))
  }
  const isBack = type === 'QuotationReinstated' && data.to === 'sent'
  if (type !== 'QuotationSent' && !isBack) return live
  const replaced = new Set('supersedes' in data ? [data.supersedes] : [])
  return live.difference(replaced).union(new Set([data.version]))
}

const withoutAnswer = ({ taken: _taken, declined: _declined, ...others }: Option) => others

const versionsOf = ({ current, draft }: Begun) => [current, ...(draft ? [draft] : [])]

const often = { numRuns: 300 }

describe('whatever is asked of a quotation', () => {
  test.prop([life], often)(
    'every event keeps to its schema, and is stored without loss',
    (questions) => {
      for (const { events } of steps(questions)) {
        for (const event of events) expect(stored(event)).toEqual(event)
      }
    },
  )

  test.prop([life], often)(
    'replaying what was stored gives the state that deciding left',
    (questions) => {
      const last = steps(questions).at(-1)
      const replayed = last?.log.map((event) => ({ ...event, ...stored(event) })) ?? []
      expect(fold(quotation, replayed)).toEqual(last?.state)
    },
  )

  test.prop([life], often)('an erasure of personal data changes no rule', (questions) => {
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

  test.prop([life], often)(
    'the totals are what its lines and taken options come to',
    (questions) => {
      for (const { state } of steps(questions)) {
        if (!hasBegun(state)) continue
        for (const { content } of versionsOf(state)) {
          const { lines: shown, options: beside, totals } = content
          expect(reckoned({ lines: shown, options: beside }, content)).toEqual(
            E.right({ lines: shown, options: beside, totals }),
          )
          const taken = beside.flatMap(({ taken: answer, ...each }) =>
            answer === undefined ? [] : [{ ...each, ...answer }],
          )
          expect(figured([...shown, ...taken], content)).toMatchObject(E.right({ totals }))
        }
      }
    },
  )

  test.prop([life], often)(
    'an option is taken in a quantity that may be taken, or declined, never both',
    (questions) => {
      for (const { state } of steps(questions)) {
        if (!hasBegun(state)) continue
        for (const each of versionsOf(state).flatMap(({ content }) => content.options)) {
          expect(each.taken !== undefined && each.declined === true).toBe(false)
          if (each.taken !== undefined) expect(isTakeable(each, each.taken.quantity)).toBe(true)
        }
      }
    },
  )

  test.prop([life], often)(
    'what is left of a template is of the draft, and known once',
    (questions) => {
      for (const { state } of steps(questions)) {
        if (!hasBegun(state)) continue
        for (const { content } of versionsOf(state)) {
          const { template, lines: shown, options: beside } = content
          if (template === undefined) continue
          const ids = [...template.lines, ...template.options, ...template.edited]
          expect(new Set(ids).size).toBe(ids.length)
          const there = new Set([...shown, ...beside].map(({ id }) => id))
          expect(ids.filter((id) => !there.has(id))).toEqual([])
        }
      }
    },
  )

  test.prop([life], often)(
    'a template takes nothing away that somebody wrote, changed or took',
    (questions) => {
      for (const { before, state, command, events } of steps(questions)) {
        if (command.type !== 'ApplyQuotationTemplate' || events.length === 0) continue
        const [was, is] = [before, state].map((each) => hasBegun(each) && workedOn(each)?.content)
        if (!was || !is) throw new Error('a template was applied to no draft')
        const { lines: brought = [], options: too = [] } = was.template ?? {}
        const dropped = command.data.dropEdited ?? []
        const may = new Set([...brought, ...too, ...dropped])
        const there = new Set([...is.lines, ...is.options].map(({ id }) => id))
        const gone = [...was.lines, ...was.options].filter(({ id }) => !there.has(id))
        for (const each of gone) {
          expect(may.has(each.id)).toBe(true)
          expect('taken' in each && each.taken !== undefined && !dropped.includes(each.id)).toBe(
            false,
          )
        }
      }
    },
  )

  test.prop([life], often)(
    'at most one version is on offer, at any moment of its history',
    (questions) => {
      let live: ReadonlySet<number> = new Set()
      for (const event of steps(questions).at(-1)?.log ?? []) {
        live = offered(live, event)
        expect(live.size).toBeLessThanOrEqual(1)
      }
    },
  )

  test.prop([life], often)(
    'each version is issued at most once, one after the other',
    (questions) => {
      const issued = (steps(questions).at(-1)?.log ?? []).flatMap((event) =>
        event.type === 'QuotationSent' ? [event.data.version] : [],
      )
      expect(issued).toEqual([...new Set(issued)].toSorted((a, b) => a - b))
    },
  )

  test.prop([life], often)(
    'facts of its standing come in order, and none before it began',
    (questions) => {
      const { log = [] } = steps(questions).at(-1) ?? {}
      const facts = log.filter(({ type }) => ofStanding.has(type))
      const moments = facts.map(({ occurredAt = '' }) => occurredAt)
      expect(moments).toEqual(moments.toSorted())
      const began = log[0]?.occurredAt ?? ''
      for (const { occurredAt = '' } of log) expect(occurredAt >= began).toBe(true)
    },
  )

  test.prop([life], often)('a finished one stays as it is, but for what is listed', (questions) => {
    for (const { before, events } of steps(questions)) {
      if (!hasBegun(before) || !finishedStatus.has(before.status)) continue
      const [first] = events
      if (first !== undefined) expect(afterwards[before.status]).toContain(first.type)
    }
  })

  test.prop([life], often)(
    'what was issued never changes in its figures, but by answers to its options',
    (questions) => {
      for (const { before, state, events } of steps(questions)) {
        if (!hasBegun(before) || !hasBegun(state)) continue
        if (before.current.issue === undefined) continue
        if (state.current.version !== before.current.version) continue
        const [was, is] = [before.current.content, state.current.content]
        expect(is.lines).toEqual(was.lines)
        expect(is.options.map(withoutAnswer)).toEqual(was.options.map(withoutAnswer))
        const isAnswer = events.some(({ type }) => /^Option(?:Accepted|Declined)$/.test(type))
        if (!isAnswer) expect(is).toMatchObject({ options: was.options, totals: was.totals })
      }
    },
  )

  test.prop([life], often)(
    'an answer changes nothing of what is finished, or over',
    (questions) => {
      for (const { before, events, command } of steps(questions)) {
        if (!/^(?:Accept|Decline)Option$/.test(command.type) || events.length === 0) continue
        expect(hasBegun(before) && before.status).toBe('sent')
        expect(hasBegun(before) && isOver(before, command.data.occurredAt)).toBe(false)
        expect(events).toHaveLength(1)
      }
    },
  )

  test.prop([life], often)(
    'its number never changes, nor do the numbers of its versions',
    (questions) => {
      const sent = (steps(questions).at(-1)?.log ?? []).flatMap((event) =>
        event.type === 'QuotationSent' ? [event.data] : [],
      )
      for (const { version, number } of sent) {
        expect(number).toBe(version === 1 ? 'Q-1' : `Q-1-v${version}`)
      }
    },
  )

  test.prop([life], often)('time alone changes nothing but an offer that stands', (questions) => {
    for (const { before, events, command } of steps(questions)) {
      if (command.type !== 'ExpireQuotation' || events.length === 0) continue
      expect(hasBegun(before) && before.status).toBe('sent')
      expect(hasBegun(before) && isOver(before, command.data.occurredAt)).toBe(true)
    }
  })

  test.prop([life, ending, ending], often)(
    'of two ends that were decided on one state, at most one can follow the other',
    (questions, one, two) => {
      const { state } = steps(questions).at(-1) ?? { state: quotation.initialState }
      const on = plusDays(firstDay, 100)
      /** What an end leads to; nothing where it is refused, or let be. */
      const ended = (end: Asked, from: QuotationState): QuotationState | undefined => {
        const decided = quotation.decide(commandOf({ ...end, on }, from), from)
        if (E.isLeft(decided) || decided.right.length === 0) return undefined
        return decided.right.reduce(quotation.evolve, from)
      }
      const [first, second] = [ended(one, state), ended(two, state)]
      if (first === undefined || second === undefined) return
      expect([ended(two, first), ended(one, second)]).toContain(undefined)
      expect(ended(one, first)).toBeUndefined()
    },
  )
})

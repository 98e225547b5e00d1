/**
 * What holds of contacts, of number series and of everything in the catalogue, whatever is asked of
 * them and in whatever order. Opportunities and quotations have laws of their own beside them.
 *
 * @module
 */
import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect } from 'vitest'
import { aggregates } from './aggregates.ts'
import type { Codec } from './codec.ts'
import { type Decider, fold, type Occurred } from './decider.ts'
import { erased } from './personal.ts'
import { ScoringModel } from './scoring/scoring.ts'
import { ScoringVariable } from './scoring/settings.ts'
import { Line } from './text/text.ts'

// Values. Few ids and few moments, so that questions meet each other's answers.
const ulid = (last: string) => last.padStart(26, '0')
const id = fc.constantFrom(...['A1', 'A2', 'A3'].map(ulid))
const line = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
  .map((text) => text.normalize('NFC'))
  .filter((text) => Line.safeParse(text).success)
const position = fc.nat(100)
const flag = fc.boolean()
const currency = fc.constantFrom('IRR', 'EUR')
const decimal = fc.constantFrom('0', '1', '9.5', '10')
const role = fc.constantFrom('admin', 'sales')
const kind = fc.constantFrom('contact', 'invoice', 'delivery')
const occurredAt = fc.nat(9).map((hour) => `2026-01-10T0${hour}:00:00.000Z`)

const later = fc.nat(9).map((hour) => `2026-01-10T0${hour}:30:00.000Z`)
const few = fc.integer({ min: 1, max: 2 })
const turn = { version: few, send: few, attempt: few }

type Shape = Readonly<Record<string, fc.Arbitrary<unknown>>>
interface Asked {
  readonly type: string
  readonly data: object
}

/** A command with its required fields, any of the others, and a moment. */
const asking = (type: string, required: Shape = {}, others: Shape = {}): fc.Arbitrary<Asked> => {
  const shape: Shape = { ...required, ...others, occurredAt }
  const requiredKeys = [...Object.keys(required), 'occurredAt']
  return fc.record(shape, { requiredKeys }).map((data) => ({ type, data }))
}

const cleared = (shape: Shape): Shape =>
  Object.fromEntries(Object.entries(shape).map(([name, value]) => [name, fc.option(value)]))

/** Any fields, changed or cleared. */
const changing = (required: Shape, others: Shape): Shape => ({
  changes: fc.record({ ...required, ...cleared(others) }, { requiredKeys: [] }),
})

const entry = (noun: string, required: Shape, others: Shape) => [
  asking(`Create${noun}`, required, others),
  asking(`Revise${noun}`, changing(required, others)),
  asking(`Archive${noun}`),
]

const reason = { name: line, position, requiresNote: flag }
const stage = { name: line, position, won: flag, folded: flag }
const unit = fc.record({ unit: line, factor: decimal })
const templateItem = fc.record(
  {
    id,
    kind: fc.constant('item'),
    productId: id,
    description: line,
    quantity: decimal,
    taxRate: fc.option(decimal),
  },
  { requiredKeys: ['id', 'kind', 'productId'] },
)
const words = fc.record({ id, kind: fc.constantFrom('section', 'note'), description: line })
const template = {
  name: line,
  lines: fc.array(fc.oneof(templateItem, words), { maxLength: 2 }),
  options: fc.array(
    templateItem.map((item) => ({ ...item, quantityEditable: true })),
    { maxLength: 2 },
  ),
}
const templated = { validityDays: position, terms: line, externalIds: fc.constant([]) }
const member = { capacityPer30Days: fc.nat(50), paused: flag }
const settings = {
  name: line,
  currency,
  zone: fc.constantFrom('Asia/Tehran', 'UTC'),
  language: fc.constantFrom('fa', 'en'),
  calendar: fc.constantFrom('jalali', 'gregorian'),
  weekStartsOn: fc.constantFrom('saturday', 'monday'),
  moneyUnit: fc.constantFrom('rial', 'toman'),
}
const mailText = fc.record({ subject: line, text: line })
const policies = fc.record(
  {
    onLose: fc.constantFrom('cancel', 'leave'),
    requireLostReason: flag,
    features: fc.record({ leads: flag, scoring: flag }, { requiredKeys: [] }),
    approval: fc.option(fc.record({ totalAbove: decimal }, { requiredKeys: [] })),
  },
  { requiredKeys: [] },
)
const contact = { name: line, isCompany: flag }
const described = { parentId: id, email: line, country: line, identifiers: fc.constant([]) }
const address = { kind, street: line, city: line }
const placed = { region: line, country: line, phone: line }

const questions: Readonly<Record<string, readonly fc.Arbitrary<Asked>[]>> = {
  lostreason: entry('LostReason', reason, { category: line }),
  stage: entry('Stage', stage, { teamId: id }),
  product: entry(
    'Product',
    { name: line, saleable: flag },
    { code: line, units: fc.array(unit, { maxLength: 2 }), taxRate: decimal },
  ),
  template: entry('Template', template, templated),
  team: [
    ...entry('Team', { name: line, position }, { region: line, leaderId: id }),
    asking('JoinTeam', { userId: id }, member),
    asking('ReviseMember', { userId: id, ...changing({}, member) }),
    asking('LeaveTeam', { userId: id }),
  ],
  company: [
    ...entry('Company', settings, { address: line, digits: fc.constant({ EUR: 3 }) }),
    asking('SetPolicies', { policies }),
    asking('SetMailTexts', {
      texts: fc.record({ fa: fc.option(mailText), en: fc.option(mailText) }, { requiredKeys: [] }),
    }),
    asking('ConfigureScoring', {
      variables: fc.subarray([...ScoringVariable.options]),
      model: fc.constantFrom(...ScoringModel.options),
    }),
    asking('SetExchangeRate', {
      base: currency,
      quote: currency,
      date: fc.constantFrom('2026-01-10', '2026-01-11', '2026-02-01'),
      rate: fc.constantFrom('1', '1.0', '0.5'),
    }),
  ],
  delivery: [
    asking(
      'AttemptDelivery',
      { ...turn, to: fc.constant(['sara@example.com']), until: later, messageId: line },
      { nextAt: later, contactId: id },
    ),
    asking('RecordDelivery', turn, { refusedFor: fc.constant(['omid@example.com']) }),
    asking(
      'FailDelivery',
      { ...turn, code: fc.constantFrom('deferred', 'refused', 'unknown'), final: flag },
      { detail: line },
    ),
    asking('BounceDelivery', { version: turn.version }, { detail: line }),
    asking('ViewQuotation', {
      version: turn.version,
      occurredOn: fc.constantFrom('2026-01-10', '2026-01-11'),
    }),
    asking('AskAboutQuotation', { version: turn.version, text: line }, { contactId: id }),
  ],
  numbering: [
    asking('TakeNumber', {
      series: fc.constantFrom('quotation', 'order'),
      year: fc.constantFrom('1404', '2026', ''),
      for: id,
    }),
  ],
  user: [
    asking('RegisterUser', { name: line }, { email: line }),
    asking('ReviseUser', changing({ name: line }, { email: line })),
    asking('DeactivateUser'),
    asking('GrantRole', { companyId: id, role }),
    asking('RevokeRole', { companyId: id, role }),
  ],
  apikey: [
    asking('IssueApiKey', {
      name: line,
      hash: fc.constant('ab'.repeat(32)),
      userId: id,
      companyIds: fc.array(id, { maxLength: 2 }),
      delegate: flag,
    }),
    asking('RevokeApiKey'),
  ],
  contact: [
    asking('RegisterContact', contact, described),
    asking('ReviseContact', changing(contact, described)),
    asking('ArchiveContact'),
    asking('AddAddress', { addressId: id, ...address }, placed),
    asking('ReviseAddress', { addressId: id, ...changing(address, placed) }),
    asking('ArchiveAddress', { addressId: id }),
    asking('PreferAddress', { addressId: id }),
  ],
}

type Event = { readonly type: string; readonly data: object }
type AnyDecider = Decider<Asked, unknown, Event, { readonly type: string }>

/** The lives of one kind: what may be asked, and what it leads to. */
const livesOf = (category: string, asked: readonly fc.Arbitrary<Asked>[]) => {
  const { decider, codec } = aggregates[category as keyof typeof aggregates] as unknown as {
    readonly decider: AnyDecider
    readonly codec: Codec<Event>
  }
  const [begin] = asked
  if (begin === undefined) throw new Error(`nothing is asked of a ${category}`)
  const life = fc
    .tuple(begin, fc.array(fc.oneof(...asked), { maxLength: 16 }))
    .map(([first, rest]) => [first, ...rest])

  /** Every step of a life: the log before, what was asked, what it led to. */
  const steps = (commands: readonly Asked[]) => {
    let log: readonly Occurred<Event>[] = []
    let state = decider.initialState
    return commands.map((command) => {
      const before = log
      const answer = decider.decide(command, state)
      const events = E.isRight(answer) ? answer.right : []
      const moment = (command.data as { occurredAt: string }).occurredAt
      const happened = events.map((event) => ({ ...event, occurredAt: moment }))
      for (const event of happened) state = decider.evolve(state, event)
      log = [...log, ...happened]
      return { before, command, answer, events, state, log }
    })
  }

  const stored = (event: Event): Event => {
    const decoded = codec.decode(JSON.parse(JSON.stringify(codec.encode(event))))
    if (E.isLeft(decoded)) throw new Error(JSON.stringify(decoded.left))
    return decoded.right
  }

  /** The event as it reads once the keys of its personal fields are gone. */
  const withoutKeys = (event: Event): Event => ({
    ...event,
    data: Object.fromEntries(
      Object.entries(event.data).map(([name, value]) => [
        name,
        Object.hasOwn(codec.personal[event.type] ?? {}, name) && value !== null ? erased : value,
      ]),
    ),
  })

  return { decider, codec, life, steps, stored, withoutKeys }
}

describe.for(Object.entries(questions))('of any %s', ([category, asked]) => {
  const { decider, codec, life, steps, stored, withoutKeys } = livesOf(category, asked)

  test.prop([life])('every event keeps to its schema, and is stored without loss', (commands) => {
    for (const { events } of steps(commands)) {
      for (const event of events) expect(stored(event)).toEqual(event)
    }
  })

  test.prop([life])('replaying what was stored gives the state that deciding left', (commands) => {
    for (const { log, state } of steps(commands)) {
      const replayed = log.map((event) => ({ ...event, ...stored(event) }))
      expect(fold(decider, replayed)).toEqual(state)
    }
  })

  test.prop([life])('an erasure of personal data changes no rule', (commands) => {
    for (const { log, state } of steps(commands)) {
      const remaining = log.map((event) => ({ ...event, ...stored(withoutKeys(event)) }))
      expect(fold(decider, remaining)).toEqual(state)
    }
  })

  test.prop([life])('the state holds no personal value', (commands) => {
    const names = new Set(Object.values(codec.personal).flatMap((fields) => Object.keys(fields)))
    const held = (value: unknown): readonly string[] =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([name, each]) => [name, ...held(each)])
        : []
    for (const { state } of steps(commands)) {
      expect(held(state).filter((name) => names.has(name))).toEqual([])
    }
  })

  test.prop([life])('a command that changes nothing is answered with no event', (commands) => {
    const publicly = ({ type, data }: Event) =>
      Object.keys(data).every((name) => !Object.hasOwn(codec.personal[type] ?? {}, name))
    for (const { before, state, events } of steps(commands)) {
      // Of a personal field, only who asks knows whether it changes.
      if (events.length === 0 || !events.every(publicly)) continue
      const isMoment = (name: string) => name === 'last' || name.endsWith('Last')
      const untimed = (text: unknown) =>
        JSON.stringify(text, (name, value: unknown) =>
          typeof value === 'string' && isMoment(name) ? undefined : value,
        )
      expect(untimed(state)).not.toBe(untimed(fold(decider, before)))
    }
  })
})

/** A series begins with any number, a delivery with any fact: both go on in the same way. */
const withoutBeginning = new Set(['numbering', 'delivery'])
const withBeginning = Object.entries(questions).filter(
  ([category]) => !withoutBeginning.has(category),
)

describe.for(withBeginning)('of any %s', ([category, asked]) => {
  const { life, steps } = livesOf(category, asked)

  test.prop([life])('nothing happens before the beginning, and it begins once', (commands) => {
    const log = steps(commands).at(-1)?.log ?? []
    const beginning = log[0]?.type
    expect(log.filter(({ type }) => type === beginning).length).toBe(1)
  })
})

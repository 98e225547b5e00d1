import { readFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { firstInvalidInstant } from '../time/zone.ts'
import type { QuotationCommand, When } from './command.ts'
import type { QuotationEvent } from './events.ts'
import {
  accept,
  after,
  ask,
  cancelled,
  chairLine,
  chairs,
  confirm,
  confirmed,
  dayAfter,
  drafted,
  eur,
  expiresAt,
  fact,
  lastDay,
  lastInstant,
  on,
  sent,
} from './examples.ts'
import { quotation } from './quotation.ts'
import { hasExpired, validityOf } from './validity.ts'

interface Table<Row, Expected> {
  readonly input: { readonly rows: readonly Row[] }
  readonly expected: Expected
}
const golden: {
  readonly cases: {
    readonly 'expiry.flag.table': Table<
      { readonly state: string; readonly validity_date: string | null; readonly today: string },
      { readonly expired: readonly boolean[] }
    >
    readonly 'expiry.validity.precedence': Table<
      {
        readonly name: string
        readonly company_days: number
        readonly template_days: number | null
        readonly today: string
      },
      { readonly validity_date: readonly (string | null)[] }
    >
    readonly 'expiry.actions.table': Table<
      { readonly state: string; readonly expired: boolean },
      {
        readonly customer_can_sign: readonly boolean[]
        readonly seller_can_confirm: readonly boolean[]
        readonly customer_can_edit_options_recommended: readonly boolean[]
      }
    >
    readonly 'expiry.validity.changes': {
      readonly input: {
        readonly company_days: number
        readonly steps: readonly {
          readonly day: string
          readonly op: string
          readonly value?: string
          readonly days?: number
        }[]
      }
      readonly expected: { readonly validity_date: readonly string[] }
    }
  }
} = JSON.parse(readFileSync(new URL('validity.golden.json', import.meta.url), 'utf8'))

const zone = 'Asia/Tehran'
const noonOf = (day: string) => `${day}T08:30:00.000Z`

describe('the date of an offer beside the reference product', () => {
  const { input, expected } = golden.cases['expiry.flag.table']
  const rows = input.rows.map((row, index) => ({ ...row, expired: expected.expired[index] }))

  test.for(rows)('$state, valid to $validity_date, on $today', ({ state, ...row }) => {
    const { validity_date: date, today, expired } = row
    const issue = date === null ? {} : { expiresAt: firstInvalidInstant(date, zone) }
    // Only an offer that stands can expire; there a draft does too, here it never does.
    const stands = state === 'sent'
    const isExpired = stands && hasExpired(issue, noonOf(today))
    expect(isExpired).toBe(state === 'draft' ? false : expired)
  })

  const { input: days, expected: dates } = golden.cases['expiry.validity.precedence']
  const given = days.rows.map((row, index) => ({ ...row, date: dates.validity_date[index] }))

  test.for(given)('$name', ({ name, company_days, template_days, today, date }) => {
    const { validUntil = null } = validityOf({
      templateDays: template_days ?? undefined,
      companyDays: company_days,
      today,
    })
    // A template that says 0 says "no end" here; there it says nothing.
    const saysNever = name === 'template 0 falls back to company'
    expect(validUntil).toBe(saysNever ? null : date)
  })

  const chairsOffered = fact('OptionOffered', {
    option: { ...chairs, discount: eur('0.00'), amount: eur('540.00'), quantityEditable: false },
    position: 0,
  })

  /** Whether something may be asked of an offer in each state of the reference's table. */
  const actions = golden.cases['expiry.actions.table']
  const histories: Readonly<Record<string, readonly QuotationEvent[]>> = {
    draft: [drafted, chairsOffered],
    sent: [drafted, chairsOffered, sent],
    sale: [drafted, chairsOffered, sent, confirmed],
    cancel: [drafted, chairsOffered, sent, cancelled],
  }
  const may = (command: (when: When) => QuotationCommand) =>
    actions.input.rows.map(({ state, expired }) => {
      const when = expired ? on(dayAfter, expiresAt) : on(lastDay, lastInstant)
      return E.isRight(quotation.decide(command(when), after(...(histories[state] ?? []))))
    })

  test('a customer accepts what a customer may sign there', () => {
    expect(may(accept)).toEqual(actions.expected.customer_can_sign)
  })

  test('a customer chooses options as long, where there they still choose past the date', () => {
    const choose = (when: When) => ask('AcceptOption', { version: 1, optionId: chairLine, ...when })
    expect(may(choose)).toEqual(actions.expected.customer_can_edit_options_recommended)
  })

  test('a seller confirms what may be confirmed there, but no draft, and late ones by override', () => {
    const draftsToo = actions.expected.seller_can_confirm
    const sentOnly = actions.input.rows.map(({ state }, row) => state !== 'draft' && draftsToo[row])
    const late = { override: true, note: 'Signed on the phone' }
    expect(may((when) => confirm({ ...when, ...late }))).toEqual(sentOnly)
    const inTime = actions.input.rows.map(({ expired }, row) => !expired && sentOnly[row])
    expect(may(confirm)).toEqual(inTime)
  })

  const changes = golden.cases['expiry.validity.changes']
  const { company_days: companyDays, steps } = changes.input
  const theirs = new Map(
    steps.map(({ day }, index) => [day, changes.expected.validity_date[index] ?? null]),
  )

  /** What a draft would be valid to, were it sent on the day of each step. */
  const datesAfter = (taken: typeof steps) => {
    let typed: string | undefined
    let templateDays: number | undefined
    return taken.map(({ day: today, op, ...told }) => {
      if (op === 'set_date') typed = told.value
      if (op.endsWith('_template')) templateDays = told.days
      if (op === 'copy') typed = undefined
      return validityOf({ typed, templateDays, companyDays, today }).validUntil ?? null
    })
  }

  test('a typed date stays until another is typed; a copy has none', () => {
    // There another template counts its days anew, whatever was typed.
    const ours = steps.map(({ day, op }) =>
      op.endsWith('_template') ? '2024-06-30' : theirs.get(day),
    )
    expect(datesAfter(steps)).toEqual(ours)
  })

  test('without a typed one the days of the template count, else those of the company', () => {
    const untyped = steps.filter(({ op }) => op !== 'set_date')
    // A template that says 0 says "no end" here; there it says nothing.
    const ours = untyped.map(({ day, days: told }) => (told === 0 ? null : theirs.get(day)))
    expect(datesAfter(untyped)).toEqual(ours)
  })
})

describe('an offer', () => {
  test('holds through the whole of its last day in the zone of the company (O02 b)', () => {
    const issue = { expiresAt: firstInvalidInstant('2026-01-18', zone) }
    expect(hasExpired(issue, '2026-01-18T20:29:59.999Z')).toBe(false)
    expect(hasExpired(issue, '2026-01-18T20:30:00.000Z')).toBe(true)
  })

  test('without a date never expires', () => {
    expect(hasExpired({}, '9999-12-31T23:59:59.999Z')).toBe(false)
  })
})

/**
 * Our options beside the published cases of another sales system. Where ours are others on purpose,
 * the test's name says so.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Quantity } from '../money/decimal.ts'
import type { Applying } from './command.ts'
import { ask, draft, on } from './examples.ts'
import {
  confirmWhole,
  decline,
  drafting,
  foreignOption,
  machineLine,
  rials,
  sending,
  sentOn,
  standing,
  support,
  supportOption,
  take,
  training,
  trainingOption,
} from './option.examples.ts'
import type { PricedOption } from './option.ts'
import { quotation } from './quotation.ts'
import type { Begun, QuotationState } from './state.ts'

interface Price {
  readonly price_unit: number
  readonly discount: number
}

interface Added {
  readonly expected: {
    readonly option: Price
    readonly after_add: { readonly added: Partial<Price> & { readonly subtotal?: number } }
  }
}

interface Published {
  readonly 'options.price.no-pricelist': Added
  readonly 'options.price.pricelist-included': Added
  readonly 'options.price.pricelist-as-discount': Added
  readonly 'options.price.recompute': { readonly expected: { readonly option: readonly Price[] } }
  readonly 'options.add.snapshot': {
    readonly input: { readonly option: Price & { readonly quantity: number } }
    readonly expected: { readonly line: { readonly quantity: number; readonly subtotal: number } }
  }
  readonly 'options.add.not-allowed': {
    readonly expected: { readonly allowed: readonly boolean[] }
  }
  readonly 'options.add.twice': {
    readonly input: { readonly calls: number }
    readonly expected: { readonly recommended: { readonly lines_added: number } }
  }
  readonly 'options.customer.quantity': {
    readonly input: { readonly start: number; readonly ops: readonly { readonly op: string }[] }
    readonly expected: { readonly v17: readonly (number | 'removed')[] }
  }
  readonly 'options.customer.typed-zero-and-negative': {
    readonly input: { readonly typed: readonly number[] }
    readonly expected: { readonly recommended: readonly string[] }
  }
  readonly 'options.customer.only-option-lines': {
    readonly expected: { readonly editable: Readonly<Record<string, boolean>> }
  }
  readonly 'options.customer.wrong-order': { readonly expected: { readonly allowed: boolean } }
  readonly 'options.template.change-replaces': {
    readonly input: Offering & { readonly new_template: Offering }
    readonly expected: { readonly after_change: Offering; readonly after_clear: Offering }
  }
}

/** The names of what is offered. */
interface Offering {
  readonly lines: readonly string[]
  readonly options: readonly string[]
}

const { cases }: { readonly cases: Published } = JSON.parse(
  readFileSync(new URL('options.golden.json', import.meta.url), 'utf8'),
)

const priced = (
  { price_unit, discount }: Price,
  more: Partial<PricedOption> = {},
): PricedOption => ({
  ...support,
  unitPrice: rials(String(price_unit)),
  discountPercent: String(discount),
  ...more,
})

const offering = (option: PricedOption): QuotationState =>
  asked(asked(quotation.initialState, drafting([option])), sending)

const asked = (state: QuotationState, question: Parameters<typeof quotation.decide>[0]) => {
  const decided = quotation.decide(question, state)
  if (E.isLeft(decided)) throw new Error(decided.left.type)
  return decided.right.reduce(quotation.evolve, state)
}

const optionIn = (state: QuotationState) => (state as Begun).current.content.options[0]
const isAllowed = (state: QuotationState, optionId: string) =>
  E.isRight(quotation.decide(take(optionId), state))

test.for(['no-pricelist', 'pricelist-included', 'pricelist-as-discount'] as const)(
  'an option is taken at the price and discount it was offered at (options.price.%s)',
  (name) => {
    const { option, after_add: added } = cases[`options.price.${name}`].expected
    const offered = offering(priced(option))
    expect(optionIn(offered)).toMatchObject({
      unitPrice: rials(String(option.price_unit)),
      discountPercent: String(option.discount),
    })
    const { subtotal = added.added.price_unit } = added.added
    expect(optionIn(asked(offered, take(supportOption)))?.taken).toMatchObject({
      quantity: '1',
      amount: rials(String(subtotal)),
    })
  },
)

test('a draft’s options are priced anew when that is asked (options.price.recompute)', () => {
  const [first, ...others] = cases['options.price.recompute'].expected.option
  if (first === undefined) throw new Error('no price')
  let state = asked(quotation.initialState, drafting([priced(first)]))
  for (const price of others) {
    const { unitPrice, discountPercent } = priced(price)
    const changes = { unitPrice, ...(discountPercent !== undefined && { discountPercent }) }
    state = asked(
      state,
      ask('ReviseOption', {
        optionId: supportOption,
        changes,
        vatRounding: 'total',
        ...sentOn,
      }),
    )
    expect(optionIn(state)).toMatchObject({ unitPrice, discountPercent })
  }
})

test('another quantity does not change the price of one (options.add.snapshot)', () => {
  const { input, expected } = cases['options.add.snapshot']
  const { option } = input
  const offered = offering(
    priced(option, { quantity: String(option.quantity), quantityEditable: true }),
  )
  const { quantity, subtotal } = expected.line
  const taken = asked(offered, take(supportOption, String(quantity)))
  expect(optionIn(taken)).toMatchObject({
    unitPrice: rials(String(option.price_unit)),
    taken: { quantity: String(quantity), amount: rials(String(subtotal)) },
  })
})

test('options are answered only while the offer stands, so not in a draft (options.add.not-allowed)', () => {
  const unsent = asked(quotation.initialState, drafting())
  const sent = standing()
  const ended = ask('CancelQuotation', {
    cause: 'person',
    reason: 'No longer sold',
    ...on('2026-06-05'),
  })
  const states = [unsent, sent, asked(sent, confirmWhole()), asked(sent, ended)]
  const { allowed } = cases['options.add.not-allowed'].expected
  expect(states.map((state) => isAllowed(state, supportOption))).toEqual(allowed.with(0, false))
})

test('an option taken twice is taken once (options.add.twice)', () => {
  const { input, expected } = cases['options.add.twice']
  const answers = Array.from({ length: input.calls }, () => take(supportOption))
  const { options, totals } = standing(...answers).current.content
  expect(options.filter(({ taken }) => taken !== undefined)).toHaveLength(
    expected.recommended.lines_added,
  )
  expect(totals).toEqual(standing(take(supportOption)).current.content.totals)
})

test('the customer goes up and down in quantity, to nothing, and may begin again (options.customer.quantity)', () => {
  const { input, expected } = cases['options.customer.quantity']
  const { minQuantity: _least, ...free } = training
  let state = asked(offering(free), take(trainingOption, String(input.start)))
  let quantity = input.start
  const seen = input.ops.map(({ op }) => {
    quantity += op === 'plus' ? 1 : -1
    state = asked(state, take(trainingOption, String(quantity)))
    const taken = optionIn(state)?.taken
    return taken === undefined ? 'removed' : Number(taken.quantity)
  })
  expect(seen).toEqual(expected.v17)
  expect(isAllowed(state, trainingOption)).toBe(true)
})

test('nothing of it takes it back, less than nothing is no quantity (options.customer.typed-zero-and-negative)', () => {
  const { input, expected } = cases['options.customer.typed-zero-and-negative']
  const outcomes = input.typed.map((typed) => {
    if (!Quantity.safeParse(String(typed)).success) return 'rejected'
    const state = asked(standing(take(trainingOption)), take(trainingOption, String(typed)))
    const { options } = (state as Begun).current.content
    return options.some(({ taken }) => taken !== undefined) ? 'kept' : 'removed'
  })
  expect(outcomes).toEqual(expected.recommended)
})

test('only options are the customer’s to change; a line never is, whatever its product (options.customer.only-option-lines)', () => {
  const { editable } = cases['options.customer.only-option-lines'].expected
  const state = standing()
  const ids = { l1: machineLine, l2: machineLine, l3: supportOption }
  const allowed = Object.entries(ids).map(([name, id]) => [name, isAllowed(state, id)])
  expect(Object.fromEntries(allowed)).toEqual({ ...editable, l2: false })
  expect(E.isLeft(quotation.decide(decline(machineLine), state))).toBe(true)
})

test('an option of another offer is refused (options.customer.wrong-order)', () => {
  const { allowed } = cases['options.customer.wrong-order'].expected
  expect(isAllowed(standing(), foreignOption)).toBe(allowed)
})

test('another template takes the place of the one before; without one all stays (options.template.change-replaces)', () => {
  const { input, expected } = cases['options.template.change-replaces']
  const idOf = (name: string) => name.toUpperCase().padStart(26, '0')
  const template = ({ lines, options }: Offering): Applying => ({
    templateId: idOf('t'),
    templateRevision: 0,
    name: 'Office',
    mode: 'replace',
    words: {},
    lines: lines.map((name) => ({
      line: { ...support, id: idOf(name) },
      templateLineId: idOf(`t${name}`),
    })),
    options: options.map((name) => ({
      option: { ...support, id: idOf(name) },
      templateLineId: idOf(`t${name}`),
    })),
  })
  const offeredIn = (state: QuotationState) => {
    const { lines, options } = (state as Begun).current.content
    const namesOf = (list: readonly { readonly id: string }[]) =>
      list.map(({ id }) => id.replace(/^0+/, '').toLowerCase())
    return { lines: namesOf(lines), options: namesOf(options) }
  }
  const inRials = { currency: 'IRR', digits: 0, lines: [] } as const
  const begun = asked(
    quotation.initialState,
    draft({ ...inRials, ...sentOn, template: template(input) }),
  )
  const changed = ask('ApplyQuotationTemplate', {
    ...template(input.new_template),
    vatRounding: 'total',
    ...sentOn,
  })
  expect(offeredIn(asked(begun, changed))).toEqual(expected.after_change)
  const cleared = asked(begun, ask('RemoveQuotationTemplate', sentOn))
  expect(offeredIn(cleared)).toEqual(expected.after_clear)
})

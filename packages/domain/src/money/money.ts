/**
 * Exact amounts of money: decimal text outside, whole minor units as `bigint` inside.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'

/** An ISO 4217 code. */
export const Currency = z.string().regex(/^[A-Z]{3}$/, 'must be a currency code of ISO 4217')
export type Currency = z.infer<typeof Currency>

/**
 * An exact amount; `amount` is decimal text, so that it survives JSON unharmed. The largest offer has
 * 36 digits before the point; four more hold what ten thousand such offers of one sale add up to.
 */
export const Money = z.strictObject({
  amount: z.string().regex(/^-?(?:0|[1-9]\d{0,39})(?:\.\d{1,10})?$/, 'must be decimal text'),
  currency: Currency,
})
export type Money = z.infer<typeof Money>

/** What one of something costs: small enough that whatever is offered at it can be added up. */
export const UnitPrice = Money.extend({
  amount: Money.shape.amount.regex(
    /^-?\d{1,18}(?:\.|$)/,
    'must have at most 18 digits before the point',
  ),
})

/** Kept in whole units. ISO 4217 lists two digits for the rial; nobody has used them for decades. */
const whole = new Set(
  'IRR JPY KRW VND CLP ISK PYG UGX RWF KMF GNF DJF BIF VUV XAF XOF XPF'.split(' '),
)

/** Kept in thousandths. */
const thousandths = new Set('KWD BHD OMR JOD TND LYD IQD'.split(' '))

/** The digits after the point that a currency is usually kept with; a company may set others. */
export const usualDigits = (currency: Currency): number => {
  if (whole.has(currency)) return 0
  return thousandths.has(currency) ? 3 : 2
}

/** Why an amount was turned down: it has more digits than its currency. */
export interface TooManyDigits {
  readonly type: 'TooManyDigits'
  readonly currency: Currency
  readonly digits: number
}

/** The amount with exactly the currency's digits; more digits are refused, never rounded. */
export const withDigits = (
  { amount, currency }: Money,
  digits = usualDigits(currency),
): E.Either<TooManyDigits, Money> => {
  const [units = '0', fraction = ''] = amount.split('.')
  if (fraction.length > digits) return E.left({ type: 'TooManyDigits', currency, digits })
  const padded = digits === 0 ? units : `${units}.${fraction.padEnd(digits, '0')}`
  return E.right({ amount: /^-[0.]*$/.test(padded) ? padded.slice(1) : padded, currency })
}

/**
 * What commands are asked with: the domain's fields as they arrive, made comparable before anything
 * is decided.
 *
 * @module
 */
import {
  countryCode,
  Line,
  languageTag,
  type Money,
  parseInstant,
  Ulid,
  withDigits,
} from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import type { CompanySettings } from './company.ts'
import { invalid, type Refusal } from './refusal.ts'

export const Email = Line.regex(/^[^\s@]+@[^\s@]+$/, 'must be an e-mail address')

/** Digits with the signs people write between them. */
export const Phone = Line.max(60).regex(
  /^[+(]?[\d۰-۹٠-٩][\d۰-۹٠-٩\s().x/-]*$/,
  'must be a phone number',
)

/** A moment with any offset, kept in UTC to the millisecond. */
export const Moment = z
  .string()
  .refine(
    (text) => parseInstant(text) !== undefined,
    'must be a moment of ISO 8601, with its offset',
  )
  .overwrite((text) => parseInstant(text) ?? text)
  .meta({ format: 'date-time' })

/** The record that a command is for. */
export const target = { id: Ulid }

/** A record to be made: its id is minted, unless the caller has minted one. */
export const made = { id: Ulid.optional() }

const currencies = new Set(Intl.supportedValuesOf('currency'))

/** Whether anybody ever paid in it. */
export const isCurrency = (code: string): boolean => currencies.has(code)

/** The amount with exactly the digits that the company keeps its currency with. */
export const exactly = (
  pointer: string,
  money: Money,
  { digitsOf }: Pick<CompanySettings, 'digitsOf'>,
): E.Either<Refusal, Money> => {
  if (!isCurrency(money.currency)) {
    return invalid(`${pointer}/currency`, 'must be a currency of ISO 4217')
  }
  const exact = withDigits(money, digitsOf(money.currency))
  if (E.isRight(exact)) return exact
  const { currency, digits } = exact.left
  return invalid(
    `${pointer}/amount`,
    `must have at most ${digits} digits after the point in ${currency}`,
  )
}

/** A price of one may be finer than money is paid, by two digits, where the currency has any. */
export const finest = (digits: number): number => (digits === 0 ? 0 : digits + 2)

/** With the currency's digits, and finer ones only where they say something. */
export const tidy = ({ amount, currency }: Money, digits: number): Money => {
  const short = { amount: amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount, currency }
  return E.getOrElse(() => short)(withDigits(short, digits))
}

/** The price of one, with as many digits as it needs and may have. */
export const exactPrice = (
  pointer: string,
  price: Money,
  { digitsOf }: Pick<CompanySettings, 'digitsOf'>,
): E.Either<Refusal, Money> =>
  E.map((exact: Money) => tidy(exact, digitsOf(exact.currency)))(
    exactly(pointer, price, { digitsOf: (currency) => finest(digitsOf(currency)) }),
  )

interface Place {
  readonly country?: string | null | undefined
  readonly language?: string | null | undefined
}

/** Country and language as codes, whether they came as codes or as names in Persian or English. */
export const placed = <Fields extends object>(
  fields: Fields & Place,
): E.Either<Refusal, Fields> => {
  const { country, language } = fields
  const code = typeof country === 'string' ? countryCode(country) : country
  if (country !== undefined && code === undefined) {
    return invalid('/country', 'must be a country of ISO 3166-1, or its name in Persian or English')
  }
  const tag = typeof language === 'string' ? languageTag(language) : language
  if (language !== undefined && tag === undefined) {
    return invalid('/language', 'must be a language tag of BCP 47, or a name in Persian or English')
  }
  return E.right({
    ...fields,
    ...(country === undefined ? {} : { country: code }),
    ...(language === undefined ? {} : { language: tag }),
  })
}

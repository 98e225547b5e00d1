/**
 * The numbers by which an authority knows a person or a company. A wrong check digit is worth a
 * warning and no more: the seller has the paper before them, we do not.
 *
 * @module
 */
import { asciiDigits } from '../text/compare-key.ts'
import type { Identifier } from './events.ts'

/** An identifier that may be mistyped, by its place in the list. */
export interface IdentifierWarning {
  readonly code: 'CheckDigitWrong'
  readonly index: number
  readonly kind: Identifier['kind']
}

/** The identifiers whose check digit does not fit the others. Kinds without one are never among them. */
export const identifierWarnings = (
  identifiers: readonly Identifier[],
): readonly IdentifierWarning[] =>
  identifiers.flatMap(({ kind, value }, index) =>
    (checks[kind]?.(compact(value)) ?? true)
      ? []
      : [{ code: 'CheckDigitWrong' as const, index, kind }],
  )

/** The number as it is compared: ASCII digits, without what people write between them. */
const compact = (value: string): string => asciiDigits(value).replaceAll(/[\s\u200C./-]/g, '')

const weighted = (digits: readonly number[], weights: readonly number[]): number =>
  weights.reduce((sum, weight, place) => sum + weight * (digits[place] ?? 0), 0)

/**
 * The ten digits of a person: the last one follows from the sum of the others, weighted 10 to 2,
 * modulo 11. Ten equal digits pass that sum and are given to nobody.
 */
const isNationalId = (value: string): boolean => {
  if (!/^\d{10}$/.test(value) || /^(\d)\1{9}$/.test(value)) return false
  const digits = Array.from(value, Number)
  const rest = weighted(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11
  return digits.at(-1) === (rest < 2 ? rest : 11 - rest)
}

/**
 * The eleven digits of a legal person: to each of the first ten the tenth and two more are added, the
 * sums are weighted with primes, modulo 11; a remainder of ten counts as zero.
 */
const isLegalNationalId = (value: string): boolean => {
  if (!/^\d{11}$/.test(value) || /^(\d)\1{10}$/.test(value)) return false
  const digits = Array.from(value, Number)
  const shift = (digits[9] ?? 0) + 2
  const shifted = digits.slice(0, 10).map((digit) => digit + shift)
  const rest = weighted(shifted, [29, 27, 23, 19, 17, 29, 27, 23, 19, 17]) % 11
  return digits.at(-1) === rest % 10
}

const checks: Readonly<Partial<Record<Identifier['kind'], (value: string) => boolean>>> = {
  nationalId: isNationalId,
  legalNationalId: isLegalNationalId,
}

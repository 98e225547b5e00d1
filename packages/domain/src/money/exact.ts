/**
 * An exact decimal is a whole number of units of some power of ten: the numbers that money is worked
 * out in. Nothing rounds but `rounded` and `ratio`, once each, half away from zero.
 *
 * @module
 */

/** `units` of ten to the power of minus `digits`. */
export interface Decimal {
  readonly units: bigint
  readonly digits: number
}

/** Of decimal text as schemas let it in. */
export const decimalOf = (text: string): Decimal => {
  const point = text.indexOf('.')
  if (point === -1) return { units: BigInt(text), digits: 0 }
  const fraction = text.slice(point + 1)
  return { units: BigInt(text.slice(0, point) + fraction), digits: fraction.length }
}

export const textOf = ({ units, digits }: Decimal): string => {
  if (digits === 0) return String(units)
  const [sign, size] = units < 0n ? ['-', -units] : ['', units]
  const padded = String(size).padStart(digits + 1, '0')
  const point = padded.length - digits
  return `${sign}${padded.slice(0, point)}.${padded.slice(point)}`
}

/** Decimal text without the zeros that say nothing: `9.50` and `9.5` are one number. */
export const numeral = (text: string): string =>
  text.includes('.') ? text.replace(/\.?0+$/, '') : text

/** The powers that prices, quantities and rates have; greater ones are worked out. */
const powers = Array.from({ length: 25 }, (_, exponent) => 10n ** BigInt(exponent))

export const powerOfTen = (exponent: number): bigint => powers[exponent] ?? 10n ** BigInt(exponent)

/** The units of both at the finer one's digits. */
export const aligned = (a: Decimal, b: Decimal) => {
  const digits = Math.max(a.digits, b.digits)
  const at = ({ units, digits: own }: Decimal) => units * powerOfTen(digits - own)
  return { digits, a: at(a), b: at(b) }
}

export const product = (a: Decimal, b: Decimal): Decimal => ({
  units: a.units * b.units,
  digits: a.digits + b.digits,
})

/** A quotient as a whole number, half away from zero; `by` is above 0. */
export const ratio = (units: bigint, by: bigint): bigint => {
  const size = units < 0n ? -units : units
  const whole = (2n * size + by) / (2n * by)
  return units < 0n ? -whole : whole
}

/** At these digits; where they are fewer than its own, half away from zero. */
export const rounded = ({ units, digits: own }: Decimal, digits: number): Decimal => ({
  units: own <= digits ? units * powerOfTen(digits - own) : ratio(units, powerOfTen(own - digits)),
  digits,
})

/** Negative, zero or positive as the first number is less than, equal to or more than the second. */
export const compareDecimals = (first: string, second: string): number => {
  const { a, b } = aligned(decimalOf(first), decimalOf(second))
  return Number(a > b) - Number(a < b)
}

/** A part of a whole in percent, to two decimals; null of nothing. */
export const percentage = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part * 10_000) / whole) / 100

/** The middle value, or the mean of the two in the middle; null of none. */
export const median = (sorted: readonly number[]): number | null => {
  const middle = sorted.length / 2
  const [below, above] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return below === undefined || above === undefined ? null : (below + above) / 2
}

/** The value that so many percent do not exceed, one of those given (nearest rank); null of none. */
export const percentile = (sorted: readonly number[], percent: number): number | null =>
  sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? null

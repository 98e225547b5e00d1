/**
 * Speed as a ratio: ours and the ceiling are measured in turns in the same run, so that whatever else
 * the machine does meets both.
 *
 * @module
 */

export interface Row {
  readonly row: string
  /** Ours, per second or as `unit` says. */
  readonly value: number
  readonly unit: string
  /** The same work done bare. */
  readonly ceiling: number
  /** The same work done by another program, where it was measured. */
  readonly peer?: number
  /** `value / ceiling`, higher is better: the median over the rounds. */
  readonly ratio: number
  readonly aim: number
  /** (highest - lowest) / median of the ratio over the rounds. */
  readonly spread: number
  /** What the figures are to be read with. */
  readonly note?: string
}

export interface Contest {
  readonly row: string
  readonly unit: string
  readonly aim: number
  readonly rounds?: number
  readonly peer?: number
  readonly note?: string
  /** Work done a second. */
  readonly ours: () => Promise<number>
  readonly ceiling: () => Promise<number>
}

export const contest = async ({
  row,
  unit,
  aim,
  rounds = 5,
  peer,
  note,
  ours,
  ceiling,
}: Contest): Promise<Row> => {
  const pairs: { readonly value: number; readonly bare: number }[] = []
  for (let round = 0; round <= rounds; round += 1) {
    // Who goes first changes, and the first round only warms up.
    const oursFirst = round % 2 === 0
    const early = oursFirst ? await ours() : await ceiling()
    const late = oursFirst ? await ceiling() : await ours()
    if (round > 0)
      pairs.push(oursFirst ? { value: early, bare: late } : { value: late, bare: early })
  }
  const ratios = pairs.map(({ value, bare }) => value / bare)
  const ratio = median(ratios)
  return {
    row,
    value: median(pairs.map(({ value }) => value)),
    unit,
    ceiling: median(pairs.map(({ bare }) => bare)),
    ...(peer === undefined ? {} : { peer }),
    ratio,
    aim,
    spread: (Math.max(...ratios) - Math.min(...ratios)) / ratio,
    ...(note === undefined ? {} : { note }),
  }
}

const median = (figures: readonly number[]): number => {
  const sorted = figures.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** How many a second, for `count` pieces of work. */
export const perSecond = async (count: number, work: () => unknown): Promise<number> => {
  const start = performance.now()
  await work()
  return count / ((performance.now() - start) / 1000)
}

/**
 * The line that turns a sum of evidence into points: `a + b × evidence`, fitted to outcomes.
 *
 * @module
 */
import { chance } from './score.ts'

export interface Line {
  readonly a: number
  readonly b: number
}

/** A deal whose end is known, and what spoke for it beforehand. */
export interface Judged {
  readonly won: boolean
  readonly evidence: number
}

/** Evidence repeats itself: half of it is what it is worth, until the outcomes say otherwise. */
const usual = 0.5
/** How strongly the slope is drawn there, in outcomes. */
const pull = 10
const mostSteps = 50
const closeEnough = 1e-9

/** Evidence that misled is worth nothing. */
const nothing: Line = { a: 0, b: 0 }

/** The likeliest line over a base, by Newton's method. */
export const lineThrough = (judged: readonly Judged[], base: number): Line => {
  const wins = judged.filter(({ won }) => won).length
  // With one kind of end alone there is no likeliest line: it would rise for ever.
  if (wins === 0 || wins === judged.length) return nothing
  let line: Line = { a: 0, b: usual }
  let before = misfit(judged, base, line)
  for (let step = 0; step < mostSteps; step += 1) {
    const move = newtonStep(judged, base, line)
    let stride = 1
    let next = moved(line, move, stride)
    let after = misfit(judged, base, next)
    while (after > before && stride > closeEnough) {
      stride /= 2
      next = moved(line, move, stride)
      after = misfit(judged, base, next)
    }
    if (before - after < closeEnough) break
    line = next
    before = after
  }
  return line.b < 0 ? nothing : line
}

const moved = ({ a, b }: Line, move: Line, stride: number): Line => ({
  a: a - stride * move.a,
  b: b - stride * move.b,
})

/** How badly a line fits: the less likely the outcomes and the farther from the usual slope, the more. */
const misfit = (judged: readonly Judged[], base: number, { a, b }: Line): number => {
  let sum = (pull * (b - usual) ** 2) / 2
  for (const { won, evidence } of judged) {
    const points = base + a + b * evidence
    sum += Math.log1p(Math.exp(won ? -points : points))
  }
  return sum
}

const newtonStep = (judged: readonly Judged[], base: number, { a, b }: Line): Line => {
  let [gradientA, gradientB] = [0, pull * (b - usual)]
  let [aa, ab, bb] = [0, 0, pull]
  for (const { won, evidence } of judged) {
    const share = chance(base + a + b * evidence)
    const error = share - (won ? 1 : 0)
    const weight = share * (1 - share)
    gradientA += error
    gradientB += error * evidence
    aa += weight
    ab += weight * evidence
    bb += weight * evidence * evidence
  }
  const determinant = aa * bb - ab * ab
  return {
    a: (bb * gradientA - ab * gradientB) / determinant,
    b: (aa * gradientB - ab * gradientA) / determinant,
  }
}

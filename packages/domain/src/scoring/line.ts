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

/** Deals whose end is known: what spoke for each of them beforehand, and whether it was won. */
export interface Judged {
  readonly evidence: Float64Array
  readonly won: Uint8Array
}

/** Evidence repeats itself: half of it is what it is worth, until the outcomes say otherwise. */
const usual = 0.5
/** How strongly the slope is drawn there, in outcomes. */
const pull = 10
const mostSteps = 50
/** Sums are taken in parts as small as this, as whole numbers: so no order changes their last digit. */
const part = 2 ** -32
const closeEnough = 1e-6

/** Evidence that misled is worth nothing. */
const nothing: Line = { a: 0, b: 0 }

/** The likeliest line over a base, by Newton's method. */
export const lineThrough = (judged: Judged, base: number): Line => {
  const wins = judged.won.reduce((sum, won) => sum + won, 0)
  // With one kind of end alone there is no likeliest line: it would rise for ever.
  if (wins === 0 || wins === judged.won.length) return nothing
  let line: Line = { a: 0, b: usual }
  let at = fitOf(judged, base, line)
  for (let step = 0; step < mostSteps; step += 1) {
    let stride = 1
    let next = moved(line, at.move, stride)
    let there = fitOf(judged, base, next)
    while (there.misfit > at.misfit && stride > closeEnough) {
      stride /= 2
      next = moved(line, at.move, stride)
      there = fitOf(judged, base, next)
    }
    if (at.misfit - there.misfit < closeEnough) break
    line = next
    at = there
  }
  return line.b < 0 ? nothing : line
}

const moved = ({ a, b }: Line, move: Line, stride: number): Line => ({
  a: a - stride * move.a,
  b: b - stride * move.b,
})

interface Fit {
  /** The less likely the outcomes and the farther from the usual slope, the more. */
  readonly misfit: number
  /** Newton's step from here. */
  readonly move: Line
}

const fitOf = ({ evidence, won }: Judged, base: number, { a, b }: Line): Fit => {
  let [misfit, slopeA, slopeB, aa, ab, bb] = [0, 0, 0, 0, 0, 0]
  for (let deal = 0; deal < evidence.length; deal += 1) {
    const x = evidence[deal] ?? 0
    const isWon = won[deal] ?? 0
    const points = base + a + b * x
    const share = chance(points)
    const error = share - isWon
    const weight = share * (1 - share)
    misfit += Math.round(Math.log1p(Math.exp(isWon === 1 ? -points : points)) / part)
    slopeA += Math.round(error / part)
    slopeB += Math.round((error * x) / part)
    aa += Math.round(weight / part)
    ab += Math.round((weight * x) / part)
    bb += Math.round((weight * x * x) / part)
  }
  const pulled = part * slopeB + pull * (b - usual)
  const [a2, mixed, b2] = [part * aa, part * ab, part * bb + pull]
  const determinant = a2 * b2 - mixed * mixed
  return {
    misfit: part * misfit + (pull * (b - usual) ** 2) / 2,
    move: {
      a: (b2 * part * slopeA - mixed * pulled) / determinant,
      b: (a2 * pulled - mixed * part * slopeA) / determinant,
    },
  }
}

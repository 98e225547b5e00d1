/**
 * Weights that fit examples best and are no heavier than that is worth: the sum of all surprises,
 * and the squares of the weights times half the strength, are as small as they get together.
 *
 * @module
 */
import { chance } from './score.ts'

export interface Example {
  readonly won: boolean
  readonly keys: readonly string[]
}

export interface Weights {
  /** The points of an example without any key. */
  readonly base: number
  readonly of: ReadonlyMap<string, number>
}

const mostSteps = 30
const mostTurns = 60
/** How small the slope is at the bottom, for each example. */
const flat = 1e-10

/** By Newton's method; there is one best answer, wherever the search starts. */
export const weightsOf = (
  examples: readonly Example[],
  strength: number,
  start?: Weights,
): Weights => {
  const table = tableOf(examples)
  const { indexes, size } = table
  let weights = new Float64Array(size)
  weights[0] = start?.base ?? 0
  for (const [key, index] of indexes) weights[index] = start?.of.get(key) ?? 0
  for (let step = 0; step < mostSteps; step += 1) {
    const slope = slopeAt(table, weights, strength)
    if (length(slope.gradient) < flat * examples.length) break
    weights = sum(weights, -1, downhill(table, slope, strength))
  }
  return {
    base: at(weights, 0),
    of: new Map(indexes.entries().map(([key, index]) => [key, at(weights, index)])),
  }
}

/** Examples as numbers: which columns each of them has; column 0 is everybody's. */
interface Table {
  readonly indexes: ReadonlyMap<string, number>
  readonly size: number
  readonly rows: readonly Int32Array[]
  readonly wins: readonly boolean[]
}

const tableOf = (examples: readonly Example[]): Table => {
  const indexes = new Map<string, number>()
  const indexOf = (key: string): number => {
    const index = indexes.get(key) ?? indexes.size + 1
    indexes.set(key, index)
    return index
  }
  const rows = examples.map(({ keys }) => Int32Array.of(0, ...keys.map(indexOf)))
  return { indexes, size: indexes.size + 1, rows, wins: examples.map(({ won }) => won) }
}

type Vector = Float64Array<ArrayBuffer>

interface Slope {
  readonly gradient: Vector
  /** How fast the slope changes with each weight alone. */
  readonly diagonal: Vector
  /** The same for each row. */
  readonly curves: Vector
}

const slopeAt = ({ rows, wins, size }: Table, weights: Vector, strength: number): Slope => {
  const gradient = weights.map((weight, index) => (index === 0 ? 0 : strength * weight))
  const diagonal = new Float64Array(size).fill(strength)
  diagonal[0] = Number.EPSILON
  const curves = new Float64Array(rows.length)
  for (const [index, row] of rows.entries()) {
    const share = chance(pointsIn(row, weights))
    const curve = share * (1 - share)
    curves[index] = curve
    spread(gradient, row, share - (wins[index] === true ? 1 : 0))
    spread(diagonal, row, curve)
  }
  return { gradient, diagonal, curves }
}

/** The step to the bottom, were the slope to change evenly: by conjugate gradients. */
const downhill = (
  table: Table,
  { gradient, diagonal, curves }: Slope,
  strength: number,
): Vector => {
  let step = new Float64Array(table.size)
  let rest = gradient
  let eased = quotient(rest, diagonal)
  let way = eased
  let size = product(rest, eased)
  const enough = size * 1e-6
  for (let turn = 0; turn < mostTurns && size > enough; turn += 1) {
    const bend = bendAlong(table, way, curves, strength)
    const stride = size / product(way, bend)
    step = sum(step, stride, way)
    rest = sum(rest, -stride, bend)
    eased = quotient(rest, diagonal)
    const next = product(rest, eased)
    way = sum(eased, next / size, way)
    size = next
  }
  return step
}

const bendAlong = ({ rows }: Table, way: Vector, curves: Vector, strength: number): Vector => {
  const bend = way.map((part, index) => (index === 0 ? 0 : strength * part))
  for (const [index, row] of rows.entries()) {
    spread(bend, row, at(curves, index) * pointsIn(row, way))
  }
  return bend
}

const pointsIn = (row: Int32Array, weights: Vector): number => {
  let points = 0
  for (const column of row) points += at(weights, column)
  return points
}

const spread = (into: Vector, row: Int32Array, amount: number): void => {
  for (const column of row) into[column] = at(into, column) + amount
}

const at = (vector: Vector, index: number): number => vector[index] ?? 0

const sum = (a: Vector, times: number, b: Vector): Vector =>
  a.map((part, index) => part + times * at(b, index))

const quotient = (a: Vector, b: Vector): Vector => a.map((part, index) => part / at(b, index))

const product = (a: Vector, b: Vector): number => {
  let total = 0
  for (const [index, part] of a.entries()) total += part * at(b, index)
  return total
}

const length = (vector: Vector): number => Math.sqrt(product(vector, vector))

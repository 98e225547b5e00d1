/**
 * Weights that fit examples best and are no heavier than that is worth: the sum of all surprises,
 * and the squares of the weights times half the strength, are as small as they get together.
 *
 * @module
 */
import { chance } from './score.ts'

export interface Examples {
  /** The traits of each, by number. */
  readonly rows: readonly Int32Array[]
  readonly won: Uint8Array
}

export interface Weights {
  /** The points of an example without any trait. */
  readonly base: number
  readonly of: ReadonlyMap<number, number>
}

const mostSteps = 50
const mostTurns = 60
/** How small the slope is at the bottom, for each example. */
const flat = 1e-9

/** By Newton's method; there is one best answer, wherever the search starts. */
export const weightsOf = (examples: Examples, strength: number, start?: Weights): Weights => {
  const table = tableOf(examples)
  const { columns, size } = table
  const weights = new Float64Array(size)
  weights[0] = start?.base ?? 0
  for (const [trait, column] of columns) weights[column] = start?.of.get(trait) ?? 0
  for (let step = 0; step < mostSteps; step += 1) {
    const slope = slopeAt(table, weights, strength)
    if (length(slope.gradient) < flat * examples.won.length) break
    addTo(weights, -1, downhill(table, slope, strength))
  }
  return {
    base: weights[0] ?? 0,
    of: new Map(columns.entries().map(([trait, column]) => [trait, weights[column] ?? 0])),
  }
}

/** Examples with traits as columns, one row behind the other; column 0 is everybody's. */
interface Table {
  readonly columns: ReadonlyMap<number, number>
  readonly size: number
  /** Where each row begins, and where the last one ends. */
  readonly starts: Int32Array
  readonly cells: Int32Array
  readonly won: Uint8Array
}

const tableOf = ({ rows, won }: Examples): Table => {
  // In the order in which examples name them: so the same ones are always added up in the same order.
  const columns = new Map<number, number>()
  const starts = new Int32Array(rows.length + 1)
  const cells = new Int32Array(rows.reduce((sum, row) => sum + row.length + 1, 0))
  let next = 0
  for (const [index, row] of rows.entries()) {
    starts[index] = next
    next += 1
    for (const trait of row) {
      const column = columns.get(trait) ?? columns.size + 1
      columns.set(trait, column)
      cells[next] = column
      next += 1
    }
  }
  starts[rows.length] = next
  return { columns, size: columns.size + 1, starts, cells, won }
}

type Vector = Float64Array<ArrayBuffer>

interface Slope {
  readonly gradient: Vector
  /** How fast the slope changes with each weight alone. */
  readonly diagonal: Vector
  /** The same for each row. */
  readonly curves: Vector
}

const slopeAt = (table: Table, weights: Vector, strength: number): Slope => {
  const { won, size } = table
  const gradient = weights.map((weight, column) => (column === 0 ? 0 : strength * weight))
  const diagonal = new Float64Array(size).fill(strength)
  diagonal[0] = Number.EPSILON
  const curves = new Float64Array(won.length)
  for (let row = 0; row < won.length; row += 1) {
    const share = chance(pointsIn(table, row, weights))
    const curve = share * (1 - share)
    curves[row] = curve
    spread(table, row, share - (won[row] ?? 0), gradient)
    spread(table, row, curve, diagonal)
  }
  return { gradient, diagonal, curves }
}

/** How near the bottom each step comes: the next one starts nearer. */
const nearEnough = 1e-4

/** The step to the bottom, were the slope to change evenly: by conjugate gradients. */
const downhill = (
  table: Table,
  { gradient, diagonal, curves }: Slope,
  strength: number,
): Vector => {
  const step = new Float64Array(table.size)
  const rest = gradient.slice()
  let eased = quotient(rest, diagonal)
  const way = eased.slice()
  let size = product(rest, eased)
  const enough = size * nearEnough ** 2
  for (let turn = 0; turn < mostTurns && size > enough; turn += 1) {
    const bend = bendAlong(table, way, curves, strength)
    const stride = size / product(way, bend)
    addTo(step, stride, way)
    addTo(rest, -stride, bend)
    eased = quotient(rest, diagonal)
    const next = product(rest, eased)
    for (let column = 0; column < way.length; column += 1) {
      way[column] = (eased[column] ?? 0) + (next / size) * (way[column] ?? 0)
    }
    size = next
  }
  return step
}

const bendAlong = (table: Table, way: Vector, curves: Vector, strength: number): Vector => {
  const bend = way.map((part, column) => (column === 0 ? 0 : strength * part))
  for (let row = 0; row < curves.length; row += 1) {
    spread(table, row, (curves[row] ?? 0) * pointsIn(table, row, way), bend)
  }
  return bend
}

const pointsIn = ({ starts, cells }: Table, row: number, weights: Vector): number => {
  const end = starts[row + 1] ?? 0
  let points = 0
  for (let cell = starts[row] ?? 0; cell < end; cell += 1) points += weights[cells[cell] ?? 0] ?? 0
  return points
}

const spread = ({ starts, cells }: Table, row: number, amount: number, into: Vector): void => {
  const end = starts[row + 1] ?? 0
  for (let cell = starts[row] ?? 0; cell < end; cell += 1) {
    const column = cells[cell] ?? 0
    into[column] = (into[column] ?? 0) + amount
  }
}

const addTo = (sums: Vector, times: number, parts: Vector): void => {
  for (let column = 0; column < sums.length; column += 1) {
    sums[column] = (sums[column] ?? 0) + times * (parts[column] ?? 0)
  }
}

const quotient = (a: Vector, b: Vector): Vector =>
  a.map((part, column) => part / (b[column] ?? Number.NaN))

const product = (a: Vector, b: Vector): number => {
  let total = 0
  for (let column = 0; column < a.length; column += 1) total += (a[column] ?? 0) * (b[column] ?? 0)
  return total
}

const length = (vector: Vector): number => Math.sqrt(product(vector, vector))

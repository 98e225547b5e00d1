/**
 * Scores beside a plain loop over typed arrays, that knows beforehand which column each trait is:
 * telling how deals ended, scoring open ones, scoring all of them by other settings, and learning a
 * long history from nothing.
 *
 * @module
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import {
  CalendarDate,
  type Deal,
  type Outcome,
  type Scorer,
  scorer,
  type Trait,
} from '@forsat/domain'
import { contest, perSecond, type Row } from './measure.ts'

const history = 20_000
const open = 100_000
const long = 1_000_000

const day = CalendarDate.parse('2026-01-10')
const stages = [{ id: 'new', position: 1 }]
const folds = 10
/** How many times over the bare loop counts a history. */
const often = 50

/** How many values each variable has. */
const variables = { source: 8, country: 20, region: 31, language: 3, phone: 2, email: 2, tag: 12 }
const traits = Object.entries(variables).map(([variable, count]) =>
  Array.from({ length: count }, (_, value): Trait => ({ variable, value: `${value}` })),
)
const widest = 31

/** A hash, spread over whole numbers: the same deals in every run. */
const dice = (index: number, salt: number): number =>
  Math.imul((index + 1) * 2_654_435_761 + salt, 2_246_822_519) >>> 8

/** Of each variable, which value a deal has. */
const valuesOf = (index: number): readonly number[] =>
  traits.map((values, salt) => dice(index, salt) % values.length)

const dealOf = (index: number): Deal => ({
  stageId: 'new',
  teamId: undefined,
  traits: valuesOf(index).flatMap((value, variable) => traits[variable]?.[value] ?? []),
})

const isWon = (index: number): boolean => dice(index, 99) % (3 + (dice(index, 0) % 8)) === 0

const outcomeOf = (index: number): Outcome => {
  const deal = dealOf(index)
  const days = { openedOn: day, closedOn: day, ageDays: 0 }
  return { id: `01JBENCH${index}`, won: isWon(index), ...days, path: [deal], end: deal }
}

const told = (outcomes: readonly Outcome[]): Scorer => {
  const asking = scorer('fold-counts', stages)
  for (const each of outcomes) asking.tell(each)
  return asking
}

/** What a deal is to the bare loop: a column for each trait. */
const columnsOf = (count: number): Int32Array =>
  Int32Array.from({ length: count * traits.length }, (_, at) => {
    const variable = at % traits.length
    const values = traits[variable]?.length ?? 1
    return variable * widest + (dice(Math.floor(at / traits.length), variable) % values)
  })

interface Bare {
  readonly won: Int32Array
  readonly seen: Int32Array
}

const counted = (columns: Int32Array, wins: Uint8Array): Bare => {
  const size = traits.length * widest * folds
  const bare = { won: new Int32Array(size), seen: new Int32Array(size) }
  for (let deal = 0; deal < wins.length; deal += 1) {
    const fold = deal % folds
    for (let at = deal * traits.length; at < (deal + 1) * traits.length; at += 1) {
      const cell = (columns[at] ?? 0) * folds + fold
      bare.seen[cell] = (bare.seen[cell] ?? 0) + 1
      bare.won[cell] = (bare.won[cell] ?? 0) + (wins[deal] ?? 0)
    }
  }
  return bare
}

/** The points of each column. */
const pointsOf = ({ won, seen }: Bare): Float64Array =>
  Float64Array.from({ length: traits.length * widest }, (_, column) => {
    let [wins, all] = [4, 20]
    for (let fold = 0; fold < folds; fold += 1) {
      wins += won[column * folds + fold] ?? 0
      all += seen[column * folds + fold] ?? 0
    }
    return Math.log(wins / (all - wins))
  })

const scored = (columns: Int32Array, points: Float64Array): number => {
  let total = 0
  for (let deal = 0; deal < columns.length / traits.length; deal += 1) {
    let sum = 0
    for (let at = deal * traits.length; at < (deal + 1) * traits.length; at += 1) {
      sum += points[columns[at] ?? 0] ?? 0
    }
    total += 1 / (1 + Math.exp(-sum))
  }
  return total
}

const scoreAll = (asking: Scorer, deals: readonly Deal[]): void => {
  for (const deal of deals) asking.score(deal)
}

export const scoreRows = async (): Promise<readonly Row[]> => {
  const outcomes = Array.from({ length: history }, (_, index) => outcomeOf(index))
  const wins = Uint8Array.from(outcomes, ({ won }) => Number(won))
  const columns = columnsOf(history)
  const deals = Array.from({ length: open }, (_, index) => dealOf(history + index))
  const openColumns = columnsOf(open)
  const asking = told(outcomes)
  const points = pointsOf(counted(columns, wins))

  const add = await contest({
    row: 'score-add',
    unit: 'outcomes a second',
    aim: 0.05,
    ours: () => perSecond(history, () => told(outcomes)),
    // Once would be over before anything else on the machine could meet it.
    ceiling: () =>
      perSecond(history * often, () => {
        for (let time = 0; time < often; time += 1) counted(columns, wins)
      }),
  })
  const score = await contest({
    row: 'score-deal',
    unit: 'deals a second',
    aim: 0.05,
    ours: () => perSecond(open, () => scoreAll(asking, deals)),
    ceiling: () => perSecond(open, () => scored(openColumns, points)),
  })
  const rescore = await contest({
    row: 'score-again',
    unit: 'deals a second',
    aim: 0.05,
    note: `${open.toLocaleString('en')} open deals by other settings, learnt anew from ${history.toLocaleString('en')}`,
    ours: () => perSecond(open, () => scoreAll(told(outcomes), deals)),
    ceiling: () => perSecond(open, () => scored(openColumns, pointsOf(counted(columns, wins)))),
  })
  return [add, score, rescore]
}

/** How many deals are made at a time: more at once would be most of the memory. */
const portion = 20_000

/** Tells a long history; only the telling is timed. */
const toldLong = (asking: Scorer): number => {
  let ms = 0
  for (let from = 0; from < long; from += portion) {
    const outcomes = Array.from({ length: portion }, (_, index) => outcomeOf(from + index))
    const start = performance.now()
    for (const each of outcomes) asking.tell(each)
    ms += performance.now() - start
  }
  const start = performance.now()
  asking.score(dealOf(long))
  return long / ((ms + performance.now() - start) / 1000)
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** What is in use, in MiB. */
const memory = (): number => {
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 1024 / 1024
}

/** Learning a long history from nothing, and the memory that is kept of it. */
export const trainingRows = async (): Promise<readonly Row[]> => {
  const wins = Uint8Array.from({ length: long }, (_, index) => Number(isWon(index)))
  const columns = columnsOf(long)
  let kept = 0
  const row = await contest({
    row: 'score-train',
    unit: 'outcomes a second',
    aim: 0.02,
    rounds: 2,
    ours: async () => {
      const before = memory()
      const asking = scorer('fold-counts', stages)
      const speed = toldLong(asking)
      kept = Math.round(memory() - before)
      asking.takeBack('')
      return speed
    },
    ceiling: () => perSecond(long, () => pointsOf(counted(columns, wins))),
  })
  return [{ ...row, note: `${long.toLocaleString('en')} outcomes, kept in ${kept} MiB` }]
}

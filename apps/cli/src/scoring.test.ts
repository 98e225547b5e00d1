/**
 * Scores on the command line, over sales that were imported.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { plusDays } from '@forsat/domain'
import type { EvaluationView, ExplanationView } from '@forsat/projections'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toldIn } from './testing/told.ts'

let folder: string

const forsat = (...args: readonly string[]) =>
  toldIn(folder, { FORSAT_TEST_CLOCK: '2026-02-08T05:00:00.000Z' }, args)

const map = {
  version: 1,
  system: 'sales',
  encoding: 'utf-8',
  table: {
    kind: 'opportunity',
    key: 'number',
    fields: {
      title: { type: 'text', template: ['Deal {number}'] },
      source: { type: 'text', column: 'source' },
    },
    story: {
      opened: { type: 'moment', column: 'opened' },
      closed: { type: 'moment', column: 'closed' },
      outcome: { column: 'end' },
      endings: {
        won: { outcome: 'won' },
        lost: { outcome: 'lost', reason: 'Price' },
        open: { outcome: 'open' },
      },
    },
  },
}

/** Of referrals three of four are won, of others one of four. */
const rows = Array.from({ length: 120 }, (_, index) => {
  const source = index % 2 === 0 ? 'referral' : 'web'
  const isWon = source === 'referral' ? index % 8 !== 0 : index % 8 === 1
  const opened = plusDays('2025-01-01', index)
  return [index, source, opened, plusDays(opened, 3), isWon ? 'won' : 'lost'].join(',')
})

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forsat-scoring-'))
  const open = '120,referral,2026-01-01,,open'
  const table = ['number,source,opened,closed,end', ...rows, open].join('\n')
  await writeFile(join(folder, 'sales.csv'), table)
  await writeFile(join(folder, 'map.json'), JSON.stringify(map))
  const { code, err } = await forsat('import', 'sales.csv', '--map', 'map.json')
  expect({ code, err }).toMatchObject({ code: 0 })
})

afterAll(() => rm(folder, { recursive: true, maxRetries: 5 }))

const openOne = async () => {
  const { out } = await forsat('sql', `select id from opportunity where outcome = 'open'`, '--json')
  return /[0-9A-HJKMNP-TV-Z]{26}/.exec(out)?.[0] ?? ''
}

describe('scoring', () => {
  test('explains a score by reasons that add up to it, in both languages', async () => {
    const id = await openOne()
    const told = JSON.parse(
      (await forsat('scoring', 'explain', id, '--json')).out,
    ) as ExplanationView
    const points = told.factors.reduce((sum, factor) => sum + factor.points, told.base)
    expect(100 / (1 + Math.exp(-points))).toBeCloseTo(told.automatic ?? 0, 2)
    expect(told.automatic).toBeGreaterThan(60)
    const english = await forsat('scoring', 'explain', id, '--lang', 'en')
    expect(english.out).toMatch(/Learnt from 120 closed opportunities, 60 of them won\. Before/)
    expect(english.out).toMatch(/ {2}source = referral: 45 of 60 won against 50% of all, \+\d/)
    const [, together, chance] = /Together ([+-][\d.]+) points: ([\d.]+)%/.exec(english.out) ?? []
    expect(Number(together)).toBeCloseTo(points, 1)
    expect(Number(chance)).toBeCloseTo(told.automatic ?? 0, 1)
    const persian = await forsat('scoring', 'explain', id, '--lang', 'fa')
    expect(persian.out).toMatch(/منبع = referral: ۴۵ از ۶۰ برنده، در برابر ۵۰٪ از همه/)
    expect(persian.out).toMatch(/روی هم/)
  })

  test('measures all models beside the base rate, and what was told beside what came', async () => {
    const { out, code } = await forsat('scoring', 'evaluate', '--json')
    expect(code).toBe(0)
    const { outcomes, models } = JSON.parse(out) as EvaluationView
    expect(outcomes).toEqual({ won: 60, lost: 60 })
    const [base, counts] = models
    expect(base?.model).toBe('base-rate')
    expect(counts?.logLoss ?? 1).toBeLessThan(base?.logLoss ?? 0)
    const told = counts?.reliability.reduce((sum, { count }) => sum + count, 0)
    expect(told).toBe(counts?.count)
    const table = (await forsat('scoring', 'evaluate', '--lang', 'en')).out
    expect(table).toMatch(/^model +count +AUC +log-loss +Brier +ECE\n/)
    for (const model of ['base-rate', 'fold-counts', 'logistic', 'naive-bayes']) {
      expect(table).toContain(`${model} `)
    }
    expect(table).toMatch(/model +told +count +mean +won\n/)
  })

  test('learns the same again, and knows no score of what is not there', async () => {
    const id = await openOne()
    const before = (await forsat('scoring', 'explain', id)).out
    expect((await forsat('scoring', 'rebuild')).code).toBe(0)
    expect((await forsat('scoring', 'explain', id)).out).toBe(before)
    expect((await forsat('scoring', 'explain', '01J8ZQ4T5V6W7X8Y9Z0A1B2C3D')).code).toBe(1)
  })
})

import { csvOf } from '@forsat/ledger'
import { expect, test } from 'vitest'
import { reportColumns } from './report-table.ts'

const table = (rows: Parameters<typeof reportColumns>[0]) =>
  csvOf(reportColumns(rows), rows).slice(1).split('\r\n')

test('sums of several currencies have a column each', () => {
  const rows = [
    { source: 'fair', count: 2, lostRevenue: [{ amount: '5', currency: 'IRR' }] },
    {
      source: null,
      count: 1,
      lostRevenue: [
        { amount: '7.50', currency: 'EUR' },
        { amount: '9', currency: 'IRR' },
      ],
    },
  ]
  expect(table(rows)).toEqual([
    'source,count,lostRevenue EUR,lostRevenue IRR',
    'fair,2,,5',
    ',1,7.50,9',
    '',
  ])
})

test('a stretch of time says what it is called and which days it has', () => {
  const month = { key: '1404-12', from: '2026-02-20', to: '2026-03-20' }
  expect(table([{ month, won: 1, lost: 0, open: 2, winRate: 100 }])).toEqual([
    'month,monthFrom,monthTo,won,lost,open,winRate',
    '1404-12,2026-02-20,2026-03-20,1,0,2,100',
    '',
  ])
})

test('what was before stands behind what is now', () => {
  const rows = [
    { source: 'fair', count: 2, previous: { count: 1 } },
    { source: 'web', count: 3 },
  ]
  expect(table(rows)).toEqual(['source,count,previous count', 'fair,2,1', 'web,3,', ''])
})

test('own fields and nothing at all are written too', () => {
  expect(table([{ attributes: { size: 3, vip: true }, count: 1 }])).toEqual([
    'attributes.size,attributes.vip,count',
    '3,true,1',
    '',
  ])
  expect(table([])).toEqual(['', ''])
})

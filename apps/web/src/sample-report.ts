/**
 * Answers of the API as it gives them, for tests.
 *
 * @internal
 */
const usd = (amount: string) => [{ amount, currency: 'USD' }]

export const lossesAnswer = {
  rows: [
    {
      reason: { id: '01JXMZ0000000000000000000A', name: 'قیمت بالا', archived: false },
      count: 1204,
      share: 48.69,
      lostRevenue: usd('600120.00'),
      medianAge: 41,
      p90Age: 98,
    },
    {
      reason: { id: '01JXMZ0000000000000000000B', name: 'No response', archived: true },
      count: 902,
      share: 36.47,
      lostRevenue: usd('421000.50'),
      medianAge: 12.5,
      p90Age: 60,
    },
    {
      reason: null,
      count: 367,
      share: 14.84,
      lostRevenue: usd('182824.00'),
      medianAge: null,
      p90Age: null,
    },
  ],
  totals: { count: 2473, share: 100, lostRevenue: usd('1203944.50'), medianAge: 30, p90Age: 88 },
  omitted: 0,
  position: '26442',
}

export const winsAnswer = {
  rows: [],
  totals: { won: 4238, lost: 2473, open: 2089, winRate: 63.15 },
  omitted: 0,
  position: '26442',
}

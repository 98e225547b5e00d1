/**
 * A quotation of 200 lines: what it comes to, worked out from texts into texts, and drafted through
 * the store.
 *
 * @module
 */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openForsat, setUp } from '@forsat/application'
import { figured, type PricedLine } from '@forsat/domain'
import { bare } from './bare.ts'
import { contest, perSecond, type Row } from './measure.ts'
import { renumbered, rowsAfter } from './rows.ts'

const size = 200
const figurings = 1000
const drafts = 50

/** Prices, quantities, discounts and two tax rates, none of them round. */
const asked = Array.from({ length: size }, (_, index) => ({
  quantity: `${1 + (index % 9)}.5`,
  price: `${19 + index}.${10 + (index % 90)}`,
  discountPercent: `${index % 15}.5`,
  taxRate: index % 3 === 0 ? '20' : '10',
}))

const lines: readonly PricedLine[] = asked.map(({ price, ...facts }, index) => ({
  id: `01JBENCH${String(index).padStart(18, '0')}`,
  kind: 'item',
  description: `Shelf ${index}`,
  unitPrice: { amount: price, currency: 'EUR' },
  ...facts,
}))

const by = { currency: 'EUR', digits: 2, pricesIncludeTax: false, vatRounding: 'total' } as const

const ours = (): string => {
  const made = figured(lines, by)
  if (made._tag === 'Left') throw new Error(made.left.type)
  return made.right.totals.total.amount
}

/** Half away from zero; nothing here is negative. */
const quotient = (number: bigint, divisor: bigint): bigint =>
  (2n * number + divisor) / (2n * divisor)

/** A text with one point as the whole number without it. */
const whole = (text: string): bigint => BigInt(text.replace('.', ''))

const textOf = (cents: bigint): string => {
  const text = String(cents).padStart(3, '0')
  return `${text.slice(0, -2)}.${text.slice(-2)}`
}

/** The same sums on whole numbers, with the places of each text known beforehand. */
const summed = () => {
  const bases = new Map<string, bigint>()
  let net = 0n
  const shown = asked.map(({ quantity, price, discountPercent, taxRate }) => {
    const gross = quotient(whole(quantity) * whole(price), 10n)
    const discount = quotient(gross * whole(discountPercent), 1000n)
    const amount = gross - discount
    net += amount
    bases.set(taxRate, (bases.get(taxRate) ?? 0n) + amount)
    return { discount: textOf(discount), amount: textOf(amount) }
  })
  let total = net
  const taxes = [...bases].map(([rate, base]) => {
    const tax = quotient(base * BigInt(rate), 100n)
    total += tax
    return { rate, base: textOf(base), tax: textOf(tax) }
  })
  return { shown, taxes, net: textOf(net), total: textOf(total) }
}

const repeated = (count: number, work: () => unknown): Promise<number> =>
  perSecond(count, () => {
    for (let index = 0; index < count; index += 1) work()
  })

export const totalsRows = async (folder: string): Promise<readonly Row[]> => {
  if (ours() !== summed().total) throw new Error('the two do not come to the same total')
  const totals = await contest({
    row: 'totals-200',
    unit: 'quotations/s',
    aim: 0.6,
    note: `${size} lines with a discount each and two tax rates, from texts into texts; bare: the same sums in bigint`,
    ours: () => repeated(figurings, ours),
    ceiling: () => repeated(figurings, summed),
  })
  return [totals, await draftRow(folder)]
}

const draftRow = async (folder: string): Promise<Row> => {
  const store = join(folder, 'totals.db')
  await using forsat = await openForsat({ store: `sqlite:${store}` })
  using plain = bare(join(folder, 'totals-bare.db'))
  const { companyId: company, userId } = await setUp(forsat, { currency: 'EUR', language: 'en' })
  const context = { company, actor: `user:${userId}` }
  const done = async (type: string, data: object): Promise<string> => {
    const outcome = await forsat.executeUnchecked({ type, data }, context)
    if (outcome._tag === 'Left') throw new Error(outcome.left.type)
    return outcome.right.id
  }
  const contactId = await done('RegisterContact', { name: 'Alborz' })
  await done('AddAddress', { id: contactId, street: '12 Zand', city: 'Shiraz' })
  const draft = {
    contactId,
    lines: asked.map(({ price, ...facts }, index) => ({
      description: `Shelf ${index}`,
      unitPrice: { amount: price, currency: 'EUR' },
      ...facts,
    })),
  }
  const before = await forsat.store.head()
  await done('DraftQuotation', draft)
  using log = new DatabaseSync(store, { readOnly: true })
  const rows = rowsAfter(log, before)
  const kib = Math.round(String(rows[0]?.event[13]).length / 1024)
  let position = 0
  return await contest({
    row: 'draft-200',
    unit: 'drafts/s',
    aim: 0.2,
    note: `one caller; checked, priced, decided and durable; bare: the same row of ${kib} KiB, ready, one a commit`,
    ours: () =>
      perSecond(drafts, async () => {
        for (let index = 0; index < drafts; index += 1) await done('DraftQuotation', draft)
      }),
    ceiling: () =>
      repeated(drafts, () => {
        plain.commit(rows.map((row) => renumbered(row, (position += 1))))
      }),
  })
}

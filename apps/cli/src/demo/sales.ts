/**
 * A year of made-up sales, told as days before today: the same ones every time.
 *
 * @module
 */
import { competitors, contacts, lossNotes, products, sellers, sources } from './people.ts'
import { type Dice, diceOf } from './random.ts'

export interface DemoSale {
  readonly title: string
  readonly kind: 'lead' | 'opportunity'
  readonly contact: number
  readonly product: number
  readonly quantity: number
  readonly seller: number
  readonly source: string
  readonly amount: string
  /** Days before today. */
  readonly opened: number
  /** The second stage, the third one and so on, each on its day. */
  readonly staged: readonly number[]
  readonly end: DemoEnd | undefined
}

export type DemoEnd =
  | { readonly outcome: 'won'; readonly day: number; readonly revenue: string }
  | {
      readonly outcome: 'lost'
      readonly day: number
      /** The place of the reason in the company's list. */
      readonly reason: number
      readonly note: string | undefined
      readonly competitor: string | undefined
      /** Days before today on which it was taken up again. */
      readonly reopened: number | undefined
    }

const count = 40

export const demoSales = (): readonly DemoSale[] => {
  const dice = diceOf(1405)
  return Array.from({ length: count }, (_, index) => saleOf(dice, index))
}

const saleOf = (dice: Dice, index: number): DemoSale => {
  const product = dice.roll(products.length)
  const contact = dice.roll(contacts.length)
  // From a year ago on, one after the other, the last ones only days old.
  const opened = Math.round(350 - index * 8.7) + dice.roll(5)
  const kind = index % 13 === 12 ? 'lead' : 'opportunity'
  const price = products[product]?.price ?? 0
  const quantity = 1 + dice.roll(4)
  const amount = String(price * quantity)
  const life = 15 + dice.roll(60)
  const steps = kind === 'lead' ? 0 : dice.roll(4)
  const staged = Array.from({ length: steps }, (_, step) =>
    Math.round(opened - ((step + 1) * life) / (steps + 1)),
  ).filter((day) => day > 0)
  const closed = opened - life
  return {
    title: `${products[product]?.name ?? ''} برای ${contacts[contact]?.name ?? ''}`,
    kind,
    contact,
    product,
    quantity,
    seller: dice.roll(sellers.length),
    source: dice.pick(sources),
    amount,
    opened,
    staged,
    end: kind === 'lead' || closed <= 0 ? undefined : endOf(dice, closed, price * quantity),
  }
}

const endOf = (dice: Dice, day: number, amount: number): DemoEnd => {
  if (dice.roll(10) < 4) {
    const discount = dice.roll(10)
    return { outcome: 'won', day, revenue: String((amount * (100 - discount)) / 100) }
  }
  const reason = dice.roll(6)
  return {
    outcome: 'lost',
    day,
    reason,
    note: dice.roll(2) === 0 ? dice.pick(lossNotes) : undefined,
    competitor: reason === 1 ? dice.pick(competitors) : undefined,
    reopened: day > 60 && dice.roll(6) === 0 ? day - 30 : undefined,
  }
}

/**
 * What was offered for the made-up sales: quotations that stand wherever one can stand.
 *
 * @module
 */
import type { DemoSale } from './sales.ts'

export interface DemoOffer {
  /** Products by their place in the list. */
  readonly lines: readonly { readonly product: number; readonly quantity: number }[]
  /** Days before today, as all days here; a day to come is negative. */
  readonly drafted: number
  readonly sent: number | undefined
  /** The last day on which it is valid; without it the company's usual days count. */
  readonly validTo: number | undefined
  /** A second version with a discount: begun on that day, and sent on it, unless it is still a draft. */
  readonly revised:
    | { readonly day: number; readonly discountPercent: string; readonly isSent: boolean }
    | undefined
  readonly end: DemoOfferEnd | undefined
}

type DemoOfferEnd =
  | { readonly how: 'confirmed'; readonly day: number }
  | { readonly how: 'declined'; readonly day: number; readonly note: string }
  /** Some days after it was confirmed: the order goes with it. */
  | {
      readonly how: 'cancelled'
      readonly confirmed: number
      readonly day: number
      readonly reason: string
    }

/** For each sale its offer, where it came to one. */
export const demoOffers = (sales: readonly DemoSale[]): readonly (DemoOffer | undefined)[] => {
  const turns = { won: 0, lost: 0, open: 0 }
  return sales.map((sale) => {
    if (sale.kind === 'lead') return undefined
    const outcome = sale.end?.outcome ?? 'open'
    const kinds = offerings[outcome]
    const offering = kinds[turns[outcome] % kinds.length]
    turns[outcome] += 1
    return offering?.(sale)
  })
}

type Offering = ((sale: DemoSale) => DemoOffer) | undefined

const support = 4

const offer = (sale: DemoSale, facts: Partial<DemoOffer>): DemoOffer => ({
  lines: [
    { product: sale.product, quantity: sale.quantity },
    ...(sale.product === support ? [] : [{ product: support, quantity: 1 }]),
  ],
  drafted: Math.min(sale.opened, (facts.sent ?? sale.opened) + 2),
  sent: undefined,
  validTo: undefined,
  revised: undefined,
  end: undefined,
  ...facts,
})

const endedOn = ({ end }: DemoSale): number => end?.day ?? 0

/** So many days before the end, though not before the beginning. */
const before = (sale: DemoSale, days: number): number => Math.min(sale.opened, endedOn(sale) + days)

const confirmed = (sale: DemoSale, facts: Partial<DemoOffer> = {}): DemoOffer =>
  offer(sale, { sent: before(sale, 10), end: { how: 'confirmed', day: endedOn(sale) }, ...facts })

/** By how the sale ended, one after the other. */
const offerings: Readonly<Record<'won' | 'lost' | 'open', readonly Offering[]>> = {
  won: [
    (sale) => confirmed(sale),
    (sale) => {
      const revised = { day: before(sale, 4), discountPercent: '8', isSent: true }
      return confirmed(sale, { revised })
    },
    // On its last day.
    (sale) => confirmed(sale, { validTo: endedOn(sale) }),
    undefined,
  ],
  lost: [
    (sale) => {
      const note = 'قیمت پیشنهادی بالاتر از بودجهٔ ماست.'
      const end = { how: 'declined', day: before(sale, 1), note } as const
      return offer(sale, { sent: before(sale, 12), end })
    },
    // Still valid when the sale was lost, so the loss cancelled it.
    (sale) => offer(sale, { sent: before(sale, 8) }),
    // Expired before.
    (sale) => offer(sale, { sent: before(sale, 12), validTo: endedOn(sale) + 4 }),
    undefined,
  ],
  open: [
    (sale) => {
      const reason = 'مشتری سفارش را پیش از تحویل پس گرفت.'
      const end = { how: 'cancelled', confirmed: 5, day: 3, reason } as const
      return offer(sale, { sent: Math.min(sale.opened, 9), end })
    },
    (sale) => {
      const revised = { day: 2, discountPercent: '5', isSent: false }
      return offer(sale, { sent: Math.min(sale.opened, 8), revised })
    },
    (sale) => offer(sale, {}),
    // About to expire.
    (sale) => offer(sale, { sent: Math.min(sale.opened, 8), validTo: -2 }),
    (sale) => offer(sale, { sent: Math.min(sale.opened, 9), validTo: 2 }),
    (sale) => offer(sale, { sent: 3 }),
  ],
}

/**
 * Quotations as the API answers them to a customer, for tests.
 *
 * @internal
 */
import type { ItemLine, OfferedOption, Quotation } from './quotation.ts'

const item = (
  currency: string,
  {
    id,
    amount,
    discount,
    unitPrice,
    ...rest
  }: Pick<ItemLine, 'id' | 'description' | 'quantity' | 'taxRate'> & {
    readonly unitPrice: string
    readonly discount: string
    readonly amount: string
    readonly unit?: string
    readonly discountPercent?: string
  },
): ItemLine => ({
  id,
  kind: 'item',
  unitPrice: { amount: unitPrice, currency },
  discount: { amount: discount, currency },
  amount: { amount, currency },
  ...rest,
})

const option = (of: ItemLine, more: Partial<OfferedOption> = {}): OfferedOption => ({
  ...of,
  quantityEditable: false,
  ...more,
})

const irr = (amount: string) => ({ amount, currency: 'IRR' })
const eur = (amount: string) => ({ amount, currency: 'EUR' })

export const persian: Quotation = {
  number: 'Q-1405-0012-v2',
  version: 2,
  status: 'sent',
  language: 'fa',
  currency: 'IRR',
  seller: {
    name: 'مبلمان اداری کاوه',
    address: 'تهران، خیابان ولیعصر، شمارهٔ ۱۲',
    identifiers: [{ kind: 'legalNationalId', value: '10380284790' }],
  },
  calendar: 'jalali',
  moneyUnit: 'rial',
  zone: 'Asia/Tehran',
  customer: { name: 'شرکت آفتاب شرق' },
  subject: 'چهل میز اداری با نصب',
  terms: 'ضمانت ۲۴ ماه.\nهزینهٔ حمل در تهران رایگان است.',
  paymentTerms: 'نیمی هنگام سفارش، نیمی هنگام تحویل',
  pricesIncludeTax: false,
  lines: [
    { id: '01JXMZ0000000000000000000A', kind: 'section', description: 'میزها' },
    item('IRR', {
      id: '01JXMZ0000000000000000000B',
      description: 'میز اداری ۱۶۰ سانتی‌متری',
      quantity: '40',
      unit: 'عدد',
      unitPrice: '62500000',
      discountPercent: '5',
      discount: '125000000',
      amount: '2375000000',
      taxRate: '10',
    }),
    item('IRR', {
      id: '01JXMZ0000000000000000000C',
      description: 'چراغ رومیزی Lumen X2',
      quantity: '12.5',
      unitPrice: '1250005',
      discount: '0',
      amount: '15625063',
      taxRate: '10',
    }),
    {
      id: '01JXMZ0000000000000000000D',
      kind: 'note',
      description: 'رنگ میزها را تا پیش از ساخت می‌توان عوض کرد.',
    },
    item('IRR', {
      id: '01JXMZ0000000000000000000E',
      description: 'آموزش',
      quantity: '1',
      unitPrice: '8000000',
      discount: '0',
      amount: '8000000',
      taxRate: null,
    }),
  ],
  options: [
    option(
      item('IRR', {
        id: '01JXMZ0000000000000000000H',
        description: 'پشتیبانی سالانه',
        quantity: '1',
        unit: 'سال',
        unitPrice: '20000000',
        discount: '0',
        amount: '20000000',
        taxRate: '10',
      }),
      { quantityEditable: true, minQuantity: '1', maxQuantity: '3' },
    ),
    option(
      item('IRR', {
        id: '01JXMZ0000000000000000000J',
        description: 'بیمهٔ حمل',
        quantity: '1',
        unitPrice: '9000000',
        discount: '0',
        amount: '9000000',
        taxRate: null,
      }),
      { declined: true },
    ),
  ],
  totals: {
    net: irr('2398625063'),
    discount: irr('125000000'),
    taxes: [
      { rate: '10', base: irr('2390625063'), tax: irr('239062506') },
      { rate: null, base: irr('8000000'), tax: irr('0') },
    ],
    total: irr('2637687569'),
    roundingDifference: irr('0'),
  },
  sentOn: '2026-03-21',
  validUntil: '2026-04-20',
  daysLeft: 12,
  open: true,
}

export const english: Quotation = {
  number: 'Q-2026-0003',
  version: 1,
  status: 'sent',
  language: 'en',
  currency: 'EUR',
  seller: { name: 'Kaveh Office', identifiers: [{ kind: 'vat', value: 'IT01234567890' }] },
  calendar: 'gregorian',
  moneyUnit: 'rial',
  zone: 'Europe/Rome',
  customer: { name: 'Rossi Arredi' },
  customerReference: 'RFQ 77',
  deliveryTerms: 'Within four weeks.',
  pricesIncludeTax: false,
  lines: [
    item('EUR', {
      id: '01JXMZ0000000000000000000F',
      description: 'Desk lamp',
      quantity: '1',
      unit: 'piece',
      unitPrice: '34.90',
      discountPercent: '15',
      discount: '5.24',
      amount: '29.66',
      taxRate: '10',
    }),
    item('EUR', {
      id: '01JXMZ0000000000000000000G',
      description: 'Cable',
      quantity: '1',
      unitPrice: '1.005',
      discount: '0.00',
      amount: '1.01',
      taxRate: '20',
    }),
  ],
  options: [],
  totals: {
    net: eur('30.67'),
    discount: eur('5.24'),
    taxes: [
      { rate: '10', base: eur('29.66'), tax: eur('2.97') },
      { rate: '20', base: eur('1.01'), tax: eur('0.20') },
    ],
    total: eur('33.84'),
    roundingDifference: eur('0.00'),
  },
  sentOn: '2026-02-01',
  validUntil: '2026-02-11',
  daysLeft: 0,
  open: true,
}

const [support, insurance] = persian.options

/** After two years of support were taken of the options. */
export const persianTaken: Quotation = {
  ...persian,
  options: [
    ...(support
      ? [{ ...support, taken: '2', takenDiscount: irr('0'), takenAmount: irr('40000000') }]
      : []),
    ...(insurance ? [insurance] : []),
  ],
  totals: {
    ...persian.totals,
    net: irr('2438625063'),
    taxes: [
      { rate: '10', base: irr('2430625063'), tax: irr('243062506') },
      { rate: null, base: irr('8000000'), tax: irr('0') },
    ],
    total: irr('2681687569'),
  },
}

/** With two things to choose, of which one was taken in another quantity than the one offered. */
export const englishTaken: Quotation = {
  ...english,
  options: [
    option(
      item('EUR', {
        id: '01JXMZ0000000000000000000K',
        description: 'Support',
        quantity: '1',
        unit: 'year',
        unitPrice: '20.00',
        discount: '0.00',
        amount: '20.00',
        taxRate: '10',
      }),
      {
        quantityEditable: true,
        minQuantity: '1',
        maxQuantity: '5',
        taken: '2',
        takenDiscount: eur('0.00'),
        takenAmount: eur('40.00'),
      },
    ),
    option(
      item('EUR', {
        id: '01JXMZ0000000000000000000M',
        description: 'Training',
        quantity: '1',
        unitPrice: '15.00',
        discount: '0.00',
        amount: '15.00',
        taxRate: '10',
      }),
    ),
  ],
  totals: {
    net: eur('70.67'),
    discount: eur('5.24'),
    taxes: [
      { rate: '10', base: eur('69.66'), tax: eur('6.97') },
      { rate: '20', base: eur('1.01'), tax: eur('0.20') },
    ],
    total: eur('77.84'),
    roundingDifference: eur('0.00'),
  },
}

/**
 * Quotations as facts, for tests.
 *
 * @internal
 * @module
 */
import type { DocumentFacts, DocumentItem } from './facts.ts'

const id = '01JXMZ0000000000000000000A'

export interface Figures {
  readonly quantity: string
  readonly unitPrice: string
  readonly amount: string
  readonly discount?: string
  readonly discountPercent?: string
  readonly taxRate?: string | null
  readonly unit?: string
}

export const item = (
  currency: string,
  description: string,
  { unitPrice, amount, discount = '0', taxRate = '10', ...rest }: Figures,
): DocumentItem => ({
  id,
  kind: 'item',
  description,
  unitPrice: { amount: unitPrice, currency },
  discount: { amount: discount, currency },
  amount: { amount, currency },
  taxRate,
  ...rest,
})

const irr = (amount: string) => ({ amount, currency: 'IRR' })
const eur = (amount: string) => ({ amount, currency: 'EUR' })

export const persian: DocumentFacts = {
  standing: 'offered',
  number: 'Q-1405-0012-v2',
  version: 2,
  language: 'fa',
  currency: 'IRR',
  seller: {
    name: 'مبلمان اداری کاوه',
    address: 'تهران، خیابان ولیعصر، شمارهٔ ۱۲',
    identifiers: [
      { kind: 'legalNationalId', value: '10380284790' },
      { kind: 'economicCode', value: '411365798642' },
    ],
    bankAccount: 'بانک ملت، IR06 0120 0200 0000 9876 5432 10',
    calendar: 'jalali',
    moneyUnit: 'rial',
  },
  customer: {
    name: 'شرکت آفتاب شرق (Aftab Shargh Co.)',
    identifiers: [{ kind: 'legalNationalId', value: '14005893210' }],
    email: 'kharid@aftab.example',
    phone: '+98 21 8888 1234',
  },
  invoiceAddress: {
    name: 'امور مالی',
    street: 'بلوار کشاورز، کوچهٔ هفتم، پلاک 14',
    city: 'تهران',
    postalCode: '1415893111',
    country: 'IR',
    phone: '+98 21 8888 1200',
  },
  deliveryAddress: {
    street: 'شهرک صنعتی، بلوک B، انبار ۳',
    city: 'قزوین',
    region: 'قزوین',
    country: 'IR',
  },
  subject: 'چهل میز اداری با نصب',
  customerReference: 'PO-4711/الف',
  sentOn: '2026-03-21',
  validUntil: '2026-04-20',
  pricesIncludeTax: false,
  lines: [
    { id, kind: 'section', description: 'میزها' },
    item('IRR', 'میز اداری ۱۶۰ سانتی‌متری', {
      quantity: '40',
      unit: 'عدد',
      unitPrice: '62500000',
      discountPercent: '5',
      discount: '125000000',
      amount: '2375000000',
    }),
    item('IRR', 'چراغ رومیزی Lumen X2 (نور گرم، 3000K)', {
      quantity: '12.5',
      unitPrice: '1250005',
      amount: '15625063',
    }),
    { id, kind: 'note', description: 'رنگ میزها را تا پیش از ساخت می‌توان عوض کرد.' },
    item('IRR', 'آموزش', {
      quantity: '1',
      unitPrice: '8000000',
      amount: '8000000',
      taxRate: null,
    }),
  ],
  options: [],
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
  terms: 'ضمانت ۲۴ ماه.\nهزینهٔ حمل در تهران رایگان است.',
  paymentTerms: 'نیمی هنگام سفارش، نیمی هنگام تحویل',
  deliveryTerms: 'تحویل چهار هفته پس از تأیید، DAP قزوین (Incoterms 2020)',
  madeAt: '2026-03-21T06:30:00.000Z',
}

export const english: DocumentFacts = {
  standing: 'confirmed',
  number: 'Q-2026-0003',
  version: 1,
  language: 'en',
  currency: 'EUR',
  seller: {
    name: 'Kaveh Office',
    address: 'Via Roma 12, 10121 Torino, Italy',
    identifiers: [{ kind: 'vat', value: 'IT01234567890' }],
    bankAccount: 'IT60 X054 2811 1010 0000 0123 456',
    calendar: 'gregorian',
    moneyUnit: 'rial',
  },
  customer: { name: 'Rossi Arredi', email: 'acquisti@rossi.example' },
  invoiceAddress: { street: 'Corso Dante 3', city: 'Asti', postalCode: '14100', country: 'IT' },
  deliveryAddress: { street: 'Corso Dante 3', city: 'Asti', postalCode: '14100', country: 'IT' },
  customerReference: 'RFQ 77',
  sentOn: '2026-02-01',
  validUntil: '2026-02-11',
  order: { number: 'S-2026-0002', confirmedOn: '2026-02-09' },
  pricesIncludeTax: false,
  lines: [
    item('EUR', 'Desk lamp', {
      quantity: '1',
      unit: 'piece',
      unitPrice: '34.90',
      discountPercent: '15',
      discount: '5.24',
      amount: '29.66',
    }),
    item('EUR', 'Cable', {
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
  deliveryTerms: 'Within four weeks.',
  madeAt: '2026-02-01T09:00:00.000Z',
}

import { fc, test } from '@fast-check/vitest'
import { erased } from '@forsat/domain'
import { describe, expect } from 'vitest'
import { english, item, persian } from './examples.ts'
import type { DocumentFacts } from './facts.ts'
import { quotationHtml } from './html.ts'

/** The page without its style, which is the same for everybody. */
const pageOf = (facts: DocumentFacts) => quotationHtml(facts).replace(/<style>.*<\/style>/s, '')

const tagsIn = (page: string) => [...page.matchAll(/<[^>]*>/g)].map(([tag]) => tag)

/** What a person reads. */
const textOf = (page: string) =>
  page
    .slice(page.indexOf('<body>'))
    .replaceAll(/<[^>]*>/g, '\n')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

/** Everything that others type, typed by one who means no good. */
const typedAs = (text: string): DocumentFacts => ({
  ...persian,
  number: text,
  seller: {
    ...persian.seller,
    name: text,
    address: text,
    bankAccount: text,
    identifiers: [{ kind: text, value: text }],
  },
  customer: { name: text, email: text, phone: text, identifiers: [{ kind: text, value: text }] },
  invoiceAddress: {
    name: text,
    street: text,
    city: text,
    region: text,
    postalCode: text,
    country: text,
    phone: text,
  },
  deliveryAddress: undefined,
  subject: text,
  customerReference: text,
  order: { number: text, confirmedOn: '2026-04-01' },
  lines: [
    { id: text, kind: 'section', description: text },
    { id: text, kind: 'note', description: text },
    item('IRR', text, { quantity: '1', unit: text, unitPrice: '1', amount: '1' }),
  ],
  terms: text,
  paymentTerms: text,
  deliveryTerms: text,
})

describe('the HTML of a quotation', () => {
  test('reads from right to left in Persian, with its digits and its calendar', () => {
    const page = pageOf(persian)
    expect(page).toContain('<html lang="fa" dir="rtl">')
    const text = textOf(page)
    expect(text).toContain('۱ فروردین ۱۴۰۵')
    expect(text).toContain('۳۱ فروردین ۱۴۰۵')
    expect(text).toContain('۲٬۶۳۷٬۶۸۷٬۵۶۹ ریال ایران')
    expect(text).toContain('دو میلیارد و ششصد و سی و هفت میلیون')
    expect(text).toContain('مالیات ۱۰٪ از ۲٬۳۹۰٬۶۲۵٬۰۶۳ ریال ایران')
    expect(text).toContain('معاف از مالیات: ۸٬۰۰۰٬۰۰۰ ریال ایران')
  })

  test('reads from left to right in English', () => {
    const page = pageOf(english)
    expect(page).toContain('<html lang="en" dir="ltr">')
    const text = textOf(page)
    expect(text).toContain('11 February 2026')
    expect(text).toContain('33.84 euros')
    expect(text).toContain('thirty-three and 84/100 euros')
    expect(text).toContain('S-2026-0002')
    expect(text).toContain('Invoice and delivery address')
  })

  test('never shows rial or toman without its name', () => {
    const toman = { ...persian, seller: { ...persian.seller, moneyUnit: 'toman' as const } }
    const text = textOf(pageOf(toman))
    expect(text).toContain('۲۶۳٬۷۶۸٬۷۵۶٫۹ تومان')
    expect(text).toContain('ممیز نه دهم تومان')
    expect(text).toContain('روی هم ۲٬۶۳۷٬۶۸۷٬۵۶۹ ریال ایران')
    // Price, discount and amount: each column of amounts says what it is in.
    expect(pageOf(toman).match(/<small>تومان<\/small>/g)).toHaveLength(3)
  })

  test('has a column of discounts only where there is one', () => {
    const [, cable] = english.lines
    const plain = { ...english, lines: cable === undefined ? [] : [cable] }
    expect(textOf(pageOf(english))).toContain('Discount\n')
    expect(textOf(pageOf(plain))).not.toContain('Discount\n')
  })

  test('says of what is no offer that it is none', () => {
    expect(textOf(pageOf({ ...persian, standing: 'draft', number: undefined }))).toContain(
      'پیش‌نویس',
    )
    expect(textOf(pageOf({ ...english, standing: 'cancelled' }))).toContain('Cancelled')
    expect(textOf(pageOf(english))).not.toContain('Draft')
  })

  test('says where something was erased', () => {
    const gone = { ...english, customer: erased, invoiceAddress: erased, customerReference: erased }
    expect(textOf(pageOf(gone)).match(/\[erased\]/g)).toHaveLength(3)
    expect(textOf(pageOf({ ...persian, subject: erased }))).toContain('[حذف‌شده]')
  })

  test('has options that were taken among its lines, and those on offer by themselves', () => {
    const lamp = item('EUR', 'Lamp', { quantity: '4', unitPrice: '5.00', amount: '20.00' })
    const taken = {
      quantity: '3',
      discount: { amount: '0.00', currency: 'EUR' },
      amount: { amount: '15.00', currency: 'EUR' },
    }
    const [, rug] = [lamp, { ...lamp, description: 'Rug' }]
    const hook = { ...lamp, description: 'Hook', declined: true }
    const options = [{ ...lamp, taken }, rug, hook]
    const open = { ...english, standing: 'offered', order: undefined, options } as const
    const text = textOf(pageOf(open))
    const [lines = '', offers = ''] = text.split('Options')
    expect(lines).toMatch(/3\s+Lamp\s+3\s+5\.00\s+10%\s+15\.00/)
    expect(offers).toMatch(/1\s+Rug\s+4\s+5\.00\s+10%\s+20\.00/)
    expect(text).not.toContain('Hook')
  })

  test('offers nothing any more once it is ordered, and keeps what was taken', () => {
    const lamp = item('EUR', 'Lamp', { quantity: '4', unitPrice: '5.00', amount: '20.00' })
    const { quantity, discount, amount } = lamp
    const rug = { ...lamp, description: 'Rug' }
    const options = [{ ...lamp, taken: { quantity, discount, amount } }, rug]
    const text = textOf(pageOf({ ...english, options }))
    expect(text).toMatch(/3\s+Lamp\s+4\s+5\.00\s+10%\s+20\.00/)
    expect(text).not.toMatch(/Options|Rug/)
  })

  test('allows its own style and nothing else', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(pageOf(english))?.[1]
    expect(policy).toMatch(
      /^default-src &#39;none&#39;; style-src &#39;sha256-[\w+/]+=&#39;; font-src data:; img-src data:$/,
    )
    expect(pageOf(english)).not.toMatch(/<script|\sstyle=|https?:/)
  })

  test.prop([fc.string({ unit: 'binary', minLength: 1 })], { numRuns: 30 })(
    'takes whatever is typed for text',
    (typed) => {
      const harmless = tagsIn(pageOf(typedAs('x')))
      for (const text of [typed, `"><script>${typed}</script>`, `' onload='${typed}`]) {
        expect(tagsIn(pageOf(typedAs(text)))).toEqual(harmless)
      }
    },
  )

  test.prop([fc.string({ unit: fc.constantFrom('a', 'ب', '<', '&', '"', "'", '\u200c', '1') })], {
    numRuns: 30,
  })('shows what was typed, to the letter', (typed) => {
    expect(textOf(pageOf(typedAs(`«${typed}»`)))).toContain(`«${typed}»`)
  })

  test('lets no direction marks out of the words they stand in', () => {
    const page = pageOf(typedAs('\u202Eevil\u2069\u2067 ok'))
    expect(page).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/)
    expect(page).toContain('<bdi>evil ok</bdi>')
  })

  test('is the same to the byte whenever it is made', () => {
    expect(quotationHtml(persian)).toBe(quotationHtml(structuredClone(persian)))
  })
})

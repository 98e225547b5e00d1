/**
 * The printed quotation over HTTP: what it says is what the API says, and what was issued stays as it
 * was.
 */
import { extractText } from 'unpdf'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  euros,
  item,
  type Money,
  type Offered,
  offersOn,
  type Quotation,
  rials,
  seen,
} from './testing/offers.ts'
import { type Made, type Served, serve } from './testing/served.ts'

let server: Served
const { draft, act, send, offer, shown, answerOption } = offersOn(() => server)
beforeAll(async () => {
  server = await serve()
})
afterAll(() => server[Symbol.asyncDispose]())

const pathOf = ({ id }: Made, query = '') => `/v1/quotations/${id}/document${query}`
const linkOf = ({ token }: Offered, query = '') => `/v1/public/quotations/${token}/document${query}`

/** The bytes of an answer that must be given. */
const bytes = async (path: string): Promise<Buffer> => {
  const answer = await fetch(`${server.base}${path}`)
  expect(answer.status, path).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}
/** What a person reads on the page. */
const words = async (path: string): Promise<string> => {
  const page = (await bytes(path)).toString()
  return page.slice(page.indexOf('<body>')).replaceAll(/<[^>]*>/g, '\n')
}
const pdfText = async (path: string): Promise<string> =>
  (await extractText(new Uint8Array(await bytes(path)), { mergePages: true })).text

const desks = [
  { kind: 'section', description: 'میزها' },
  item(rials('62500000'), { quantity: '40', discountPercent: '5', taxRate: '10', unit: 'عدد' }),
  item(rials('1250005'), { quantity: '12.5', taxRate: '10', description: 'Lamp <b>X2</b>' }),
  { kind: 'note', description: 'رنگ را می‌توان عوض کرد.' },
  item(rials('8000000'), { description: 'آموزش' }),
]

/** Every amount that the API tells of an offer. */
const amountsOf = ({ totals }: Quotation): readonly Money[] => [
  totals.net,
  totals.discount,
  totals.total,
  ...totals.taxes.flatMap(({ base, tax }) => [base, tax]),
]

describe('the printed quotation', () => {
  test('comes to what the API says it comes to, in Persian', async () => {
    const sent = await offer(desks, { subject: 'چهل میز', internalNote: 'کمتر هم می‌شود' })
    const written = new Intl.NumberFormat('fa-IR-u-nu-arabext')
    const [page, pdf] = [await words(pathOf(sent)), await pdfText(pathOf(sent, '?format=pdf'))]
    for (const { amount } of amountsOf(sent)) {
      expect(page).toContain(`${written.format(BigInt(amount))} ریال ایران`)
      expect(pdf).toContain(written.format(BigInt(amount)))
    }
    expect(page).toContain('Lamp &lt;b&gt;X2&lt;/b&gt;')
    expect(page).not.toContain('کمتر هم می‌شود')
    expect(pdf).not.toContain('کمتر')
  })

  test('comes to what the API says it comes to, in English', async () => {
    const lamp = item(euros('34.90'), { discountPercent: '15', taxRate: '10' })
    const lines = [lamp, item(euros('1.005'), { taxRate: '20' })]
    const sent = await offer(lines, { currency: 'EUR', language: 'en', paymentTerms: 'At once' })
    const [page, pdf] = [await words(pathOf(sent)), await pdfText(pathOf(sent, '?format=pdf'))]
    for (const { amount } of amountsOf(sent)) {
      expect(page).toContain(`${amount} euros`)
      expect(pdf).toContain(`${amount} euros`)
    }
    for (const text of [page, pdf]) {
      expect(text).toContain('thirty-three and 84/100 euros')
      expect(text).toContain('At once')
    }
  })

  test('counts the options that were taken, offers the others, and is silent about those declined', async () => {
    const options = ['لامپ', 'قالیچه', 'چوب‌رختی'].map((description) => ({
      ...item(rials('1500000'), { description, taxRate: '10' }),
      quantityEditable: true,
    }))
    const sent = await offer(desks, { options })
    const [lamp = '', , hook = ''] = sent.options.map(({ id }) => id)
    const both = async () => [await words(linkOf(sent)), await pdfText(linkOf(sent, '?format=pdf'))]
    const written = new Intl.NumberFormat('fa-IR-u-nu-arabext')
    const expectTold = async ({ totals }: Pick<Quotation, 'totals'>) => {
      const texts = await both()
      for (const text of texts) expect(text).toContain(written.format(BigInt(totals.total.amount)))
      return texts
    }
    const [before = ''] = await expectTold(sent)
    expect(before).toMatch(/گزینه‌ها[^]*لامپ[^]*قالیچه[^]*چوب‌رختی/)

    await answerOption(sent.token, lamp, 'accept', { quantity: '3' })
    await answerOption(sent.token, hook, 'decline')
    const after = await shown(sent.id)
    expect(after.totals.total).not.toEqual(sent.totals.total)
    const [page = '', pdf] = await expectTold(after)
    expect(page).toMatch(/لامپ[^]*۴٬۵۰۰٬۰۰۰[^]*جمع کل[^]*گزینه‌ها[^]*قالیچه/)
    expect(page).not.toContain('چوب‌رختی')
    expect(pdf).toContain('۴٬۵۰۰٬۰۰۰')

    await act(sent.id, 'confirm', seen(after))
    const [ordered] = await expectTold(after)
    expect(ordered).toContain('لامپ')
    expect(ordered).not.toContain('قالیچه')
    expect(await words(pathOf(sent))).toBe(ordered)
  })

  test('is answered as what it is', async () => {
    const sent = await offer(desks)
    const html = await server.call('HEAD', pathOf(sent))
    expect(html.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(html.headers.get('content-disposition')).toContain(
      `inline; filename="${sent.number}.html"`,
    )
    expect(html.headers.get('cache-control')).toBe('no-store')
    const pdf = await bytes(pathOf(sent, '?format=pdf'))
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(await server.call('GET', pathOf(sent, '?format=odt'))).toMatchObject({
      status: 400,
      body: { errors: [{ in: 'query', pointer: '/format' }] },
    })
  })

  test('stays as it was issued, whatever becomes of the company, the contact and the read models', async () => {
    const sent = await offer(desks)
    const all = [
      pathOf(sent),
      pathOf(sent, '?format=pdf'),
      linkOf(sent),
      linkOf(sent, '?format=pdf'),
    ]
    const before = await Promise.all(all.map(bytes))
    const { contactId } = await server.read<{ contactId: string }>(`/v1/quotations/${sent.id}`)
    await server.done('PATCH', `/v1/contacts/${contactId}`, { name: 'Renamed Trading' })
    await server.done('PATCH', `/v1/companies/${server.companyId}`, {
      name: 'Another name',
      address: 'Somewhere else',
      bankAccount: 'IR99',
      moneyUnit: 'toman',
      calendar: 'gregorian',
    })
    await server.restartWithoutReadModels()
    const after = await Promise.all(all.map(bytes))
    expect(after.map((each, index) => each.equals(before[index] ?? Buffer.of()))).toEqual(
      all.map(() => true),
    )

    const later = await words(pathOf(await offer(desks)))
    expect(later).toContain('Another name')
    expect(later).toContain('IR99')
    expect(later).toContain('تومان')
    const settings = { moneyUnit: 'rial', calendar: 'jalali', bankAccount: null, address: null }
    await server.done('PATCH', `/v1/companies/${server.companyId}`, { name: 'Kaveh', ...settings })
  })

  test('shows a draft as things are, and that it is one', async () => {
    const { id } = await draft(desks)
    expect(await words(pathOf({ id, revision: 0 }))).toMatch(/پیش‌نویس[^]*Aftab Trading/)
    await act(id, 'send')
    expect(await words(pathOf({ id, revision: 0 }))).not.toContain('پیش‌نویس')
  })

  test('is of the version asked for', async () => {
    const first = await offer(desks)
    await act(first.id, 'revise')
    await server.done('PATCH', `/v1/quotations/${first.id}`, { subject: 'بار دوم' })
    expect(await words(pathOf(first))).toMatch(/پیش‌نویس[^]*بار دوم/)
    expect(await words(pathOf(first, '?version=1'))).not.toContain('بار دوم')
    const second = await send(first.id)
    expect(await words(pathOf(first))).toMatch(/-v2[^]*بار دوم/)
    const superseded = await words(pathOf(first, '?version=1'))
    expect(superseded).toContain('نسخهٔ تازه‌تری')
    expect(superseded).not.toContain('بار دوم')
    expect(await words(linkOf(second))).toContain('بار دوم')
    for (const version of ['3', '0', 'one']) {
      const { status } = await server.call('GET', pathOf(first, `?version=${version}`))
      expect(status, version).toBe(version === '3' ? 404 : 400)
    }
  })

  test('knows no version that was thrown away', async () => {
    const { id } = await offer(desks)
    await act(id, 'revise')
    await act(id, 'discard-version')
    const { status } = await server.call('GET', pathOf({ id, revision: 0 }, '?version=2'))
    expect(status).toBe(404)
  })

  test('names the order once there is one, and the date that it holds until now', async () => {
    const sent = await offer(desks, { validUntil: '2026-03-20' })
    expect(await words(pathOf(sent))).toContain('۲۹ اسفند ۱۴۰۴')
    await act(sent.id, 'extend', { validUntil: '2026-03-21', note: 'They asked for it' })
    const extended = await words(pathOf(sent))
    expect(extended).toContain('۱ فروردین ۱۴۰۵')
    expect(extended).not.toContain('They asked for it')
    await act(sent.id, 'confirm', seen(sent))
    const { order } = await shown(sent.id)
    expect(await words(pathOf(sent))).toContain(order?.number)
    await act(sent.id, 'cancel', { reason: 'خانه را فروختند' })
    const cancelled = await words(pathOf(sent))
    expect(cancelled).toContain('لغو شده')
    expect(cancelled).not.toContain('فروختند')
  })
})

describe('the document behind a link', () => {
  test('is the same as the one that the seller sees', async () => {
    const sent = await offer(desks)
    for (const query of ['', '?format=pdf']) {
      expect((await bytes(linkOf(sent, query))).equals(await bytes(pathOf(sent, query)))).toBe(true)
    }
    const { headers } = await server.call('GET', linkOf(sent))
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })

  test('is not there for a link that is dead, cut or made up', async () => {
    const sent = await offer(desks)
    await server.done('DELETE', `/v1/quotations/${sent.id}/link`)
    const answers = await Promise.all(
      [sent.token, sent.token.slice(0, -1), 'x'.repeat(43)].map((token) =>
        server.call('GET', `/v1/public/quotations/${token}/document`),
      ),
    )
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 404, body: { code: 'NotFound' } })
    }
  })

  test('keeps to the version that the link was made for', async () => {
    const sent = await offer(desks)
    await act(sent.id, 'revise')
    await server.done('PATCH', `/v1/quotations/${sent.id}`, { subject: 'هنوز محرمانه' })
    expect(await words(linkOf(sent))).not.toContain('محرمانه')
  })
})

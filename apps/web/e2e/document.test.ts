import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, launched } from './browser.ts'
import { type Server, served } from './server.ts'

interface Sent {
  readonly id: string
  readonly number: string
  readonly customerUrl: string
}

const picture = (name: string) =>
  fileURLToPath(new URL(`../test-results/document-${name}`, import.meta.url))

const desks = (count: number, currency: string) =>
  Array.from({ length: count }, (_, index) => ({
    kind: 'item',
    description: `میز اداری Lumen X${index + 1} (سفید)`,
    quantity: '40',
    unit: 'عدد',
    unitPrice: { amount: '62500000', currency },
    discountPercent: '5',
    taxRate: '10',
  }))

describe.skipIf(browserPath === undefined)('the printed quotation in a browser', () => {
  let server: Server
  let browser: Browser
  beforeAll(async () => {
    server = await served()
    browser = await launched()
  })
  afterAll(async () => {
    await browser?.close()
    server?.stop()
  })

  const sent = async (fields: object): Promise<Sent> => {
    const contact = await server.ask<{ readonly id: string }>('/contacts', {
      name: 'شرکت آفتاب شرق (Aftab Shargh Co.)',
      isCompany: true,
      phone: '+98 21 8888 1234',
    })
    await server.ask(`/contacts/${contact.id}/addresses`, { street: 'بلوار زند ۱۲', city: 'شیراز' })
    const draft = await server.ask<Sent>('/quotations', { contactId: contact.id, ...fields })
    return server.ask<Sent>(`/quotations/${draft.id}/send`, {})
  }

  /** The page as it is printed, and what the browser has to complain of. */
  const opened = async (address: string): Promise<readonly [Page, readonly string[]]> => {
    // As wide as paper is between its margins.
    const page = await browser.newPage({ viewport: { width: 688, height: 1000 } })
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('request', (request) => {
      const url = request.url()
      if (url !== address && !url.startsWith('data:')) complaints.push(url)
    })
    await page.emulateMedia({ media: 'print' })
    await page.goto(address)
    await page.evaluate(() => document.fonts.ready)
    return [page, complaints]
  }
  const beyond = (page: Page) =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  /** How many pages a PDF of the browser's has. */
  const pagesIn = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length

  test.each([
    ['fa', 'IRR', 'rtl'],
    ['en', 'IRR', 'ltr'],
  ])(
    'reads as "%s" does, in its own font, and needs nothing else',
    async (language, currency, direction) => {
      const { id } = await sent({ language, subject: 'نصب در محل', lines: desks(3, currency) })
      const [page, complaints] = await opened(`${server.address}/v1/quotations/${id}/document`)
      await page.screenshot({ path: picture(`${language}.png`), fullPage: true })
      expect(await page.evaluate(() => document.dir)).toBe(direction)
      expect(await page.evaluate(() => document.fonts.check('16px Vazirmatn'))).toBe(true)
      expect(await beyond(page)).toBe(0)
      expect(complaints).toEqual([])

      const edge = async (selector: string) => {
        const box = await page.locator(selector).first().boundingBox()
        return (box?.x ?? 0) + (direction === 'rtl' ? (box?.width ?? 0) : 0)
      }
      // The heading stands where reading begins.
      expect(await edge('h1')).toBeCloseTo(await edge('main'), 0)
    },
  )

  test('goes over two pages with the head of the table on each', async () => {
    const { id } = await sent({ lines: desks(30, 'IRR') })
    const [page] = await opened(`${server.address}/v1/quotations/${id}/document`)
    const pdf = await page.pdf({ preferCSSPageSize: true })
    await writeFile(picture('two-pages.pdf'), pdf)
    expect(pagesIn(pdf)).toBe(2)
    // What stands once on the page is printed once on each sheet, and no row is cut in two.
    const style = (selector: string, name: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element, of) => getComputedStyle(element).getPropertyValue(of), name)
    expect(await style('thead', 'display')).toBe('table-header-group')
    expect(await style('tbody tr', 'break-inside')).toBe('avoid')
  })

  test('opens from the customer’s page, where nothing is asked but the link', async () => {
    const { customerUrl, number } = await sent({ lines: desks(1, 'IRR') })
    const page = await browser.newPage()
    await page.goto(customerUrl)
    const [document] = await Promise.all([
      page.waitForEvent('popup'),
      page.locator('.files a').first().click(),
    ])
    await document.locator('h1').waitFor()
    expect(await document.title()).toBe(`پیش‌فاکتور ${number}`)
    expect(await document.locator('.strong td').textContent()).toContain('۲٬۶۱۲٬۵۰۰٬۰۰۰ ریال ایران')
  })
})

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, launched } from './browser.ts'
import { type Server, served } from './server.ts'

interface Made {
  readonly id: string
}
interface Sent {
  readonly number: string
  readonly customerUrl: string
}

describe.skipIf(browserPath === undefined)('the pages as they are served', () => {
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

  /** A page, and what the browser has to complain of. */
  const opened = async (address: string): Promise<readonly [Page, readonly string[]]> => {
    const page = await browser.newPage({ locale: 'fa-IR' })
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(address)
    return [page, complaints]
  }

  test('count a loss under its reason, and break no rule of the browser', async () => {
    const { items } = (await (await fetch(`${server.address}/v1/lost-reasons`)).json()) as {
      items: { id: string; name: string }[]
    }
    const [reason] = items
    const { id } = await server.ask<Made>('/opportunities', {
      title: 'Forty desks',
      expectedRevenue: { amount: '250000000', currency: 'IRR' },
    })
    await server.ask(`/opportunities/${id}/lose`, { reasonId: reason?.id })

    const [page, complaints] = await opened(server.address)
    const row = page.locator('tbody tr')
    await row.first().waitFor()
    expect(await row.count()).toBe(1)
    expect(await row.textContent()).toContain(reason?.name)
    expect(await row.textContent()).toContain('۲۵۰٬۰۰۰٬۰۰۰')
    expect(complaints).toEqual([])
  })

  const drafted = async (): Promise<string> => {
    const contact = await server.ask<Made>('/contacts', { name: 'شرکت آفتاب شرق', isCompany: true })
    await server.ask(`/contacts/${contact.id}/addresses`, { street: 'بلوار زند ۱۲', city: 'شیراز' })
    const { id } = await server.ask<Made>('/quotations', {
      contactId: contact.id,
      internalNote: 'به کمتر هم راضی‌ایم',
      lines: [
        {
          kind: 'item',
          description: 'میز اداری',
          quantity: '40',
          unitPrice: { amount: '62500000', currency: 'IRR' },
          discountPercent: '5',
        },
      ],
    })
    return id
  }
  const send = (id: string) => server.ask<Sent>(`/quotations/${id}/send`, { by: 'hand' })

  test('let a customer accept what they were sent', async () => {
    const id = await drafted()
    const { customerUrl, number } = await send(id)
    const [page, complaints] = await opened(customerUrl)
    await page.locator('article').waitFor()
    expect(await page.locator('h1').textContent()).toContain(number)
    expect(await page.locator('tfoot').textContent()).toContain('۲٬۶۱۲٬۵۰۰٬۰۰۰')
    expect(await page.content()).not.toContain('راضی‌ایم')

    await page.locator('[name="name"]').fill('سارا آفتابی')
    await page.getByRole('button', { name: /^پذیرفتن/ }).click()
    await page.locator('.banner.confirmed').waitFor()
    expect(await page.locator('.banner').textContent()).toContain('سارا آفتابی')
    expect(await page.locator('form').count()).toBe(0)
    expect(complaints).toEqual([])
  })

  test('refuse the older version in words, and show what is so now', async () => {
    const id = await drafted()
    const { customerUrl } = await send(id)
    const [page] = await opened(customerUrl)
    await page.locator('article').waitFor()
    await server.ask(`/quotations/${id}/revise`, {})
    const { customerUrl: second } = await send(id)
    expect(second).not.toBe(customerUrl)

    await page.locator('[name="name"]').fill('سارا آفتابی')
    await page.getByRole('button', { name: /^پذیرفتن/ }).click()
    await page.locator('[role="alert"]').waitFor()
    expect(await page.locator('[role="alert"]').textContent()).toContain('نسخهٔ تازه‌تری')
    await page.locator('.banner.superseded').waitFor()
    expect(await page.locator('form').count()).toBe(0)
  })

  test('take a refusal with its reason', async () => {
    const { customerUrl } = await send(await drafted())
    const [page] = await opened(customerUrl)
    await page.getByRole('button', { name: 'رد کردن' }).click()
    const refusal = page.locator('form', { has: page.locator('[name="reason"]') })
    await refusal.locator('[name="reason"]').fill('از جای دیگری خریدیم')
    await refusal.locator('[type="submit"]').click()
    expect(await page.locator('.banner.declined').textContent()).toContain('رد شده')
  })

  test('say so where a link leads nowhere', async () => {
    const [page] = await opened(`${server.address}/q/${'x'.repeat(43)}`)
    await page.getByText('این پیوند معتبر نیست').waitFor()
    expect(await page.locator('article').count()).toBe(0)
  })
})

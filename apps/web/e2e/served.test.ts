import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, launched } from './browser.ts'

const program = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url))

describe.skipIf(browserPath === undefined)('the page as it is served', () => {
  const args = ['serve', '--no-auth', '--store', 'memory:', '--port', '0', '--lang', 'en']
  let server: ReturnType<typeof spawn>
  let address: string
  let browser: Browser

  const ask = async <Answer>(path: string, body: object): Promise<Answer> => {
    const response = await fetch(`${address}/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(response.ok).toBe(true)
    return (await response.json()) as Answer
  }

  beforeAll(async () => {
    server = spawn(process.execPath, ['--conditions=@forsat/source', program, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    address = await addressIn(server)
    browser = await launched()
  })
  afterAll(async () => {
    await browser?.close()
    server?.kill()
  })

  test('counts a loss under its reason, and breaks no rule of the browser', async () => {
    const { items } = (await (await fetch(`${address}/v1/lost-reasons`)).json()) as {
      items: { id: string; name: string }[]
    }
    const [reason] = items
    const { id } = await ask<{ id: string }>('/opportunities', {
      title: 'Forty desks',
      expectedRevenue: { amount: '250000000', currency: 'IRR' },
    })
    await ask(`/opportunities/${id}/lose`, { reasonId: reason?.id })

    const page = await browser.newPage({ locale: 'fa-IR' })
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(address)
    const row = page.locator('tbody tr')
    await row.first().waitFor()
    expect(await row.count()).toBe(1)
    expect(await row.textContent()).toContain(reason?.name)
    expect(await row.textContent()).toContain('۲۵۰٬۰۰۰٬۰۰۰')
    expect(complaints).toEqual([])
  })
})

/** Where a server says that it listens, once it does. */
const addressIn = async ({ stdout }: ReturnType<typeof spawn>): Promise<string> => {
  if (stdout === null) throw new Error('the server says nothing')
  for await (const line of createInterface(stdout)) {
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? []
    if (address !== undefined) return address
  }
  throw new Error('the server ended before it listened')
}

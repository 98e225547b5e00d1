import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { type PreviewServer, preview } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Quotation } from '../src/quotation/quotation.ts'
import { english, englishTaken, persian, persianTaken } from '../src/quotation/sample-quotation.ts'
import { browserPath, launched } from './browser.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const sizes = { wide: { width: 1280, height: 900 }, narrow: { width: 390, height: 844 } }
const quotations = {
  fa: persian,
  'fa-taken': persianTaken,
  en: english,
  'en-taken': englishTaken,
}

describe.skipIf(browserPath === undefined)("the customer's page in a browser", () => {
  let browser: Browser
  let server: PreviewServer
  beforeAll(async () => {
    server = await preview({ root, preview: { port: 0 } })
    browser = await launched()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  const opened = async (quotation: Quotation, viewport: typeof sizes.wide): Promise<Page> => {
    // From far away: the days of the document stay the seller's.
    const page = await browser.newPage({ viewport, timezoneId: 'America/Los_Angeles' })
    await page.route('**/v1/public/quotations/*', (route) => route.fulfill({ json: quotation }))
    const { port } = server.httpServer.address() as AddressInfo
    await page.goto(`http://localhost:${port}/q/${'x'.repeat(43)}`)
    await page.locator('article').waitFor()
    return page
  }

  for (const language of ['fa', 'fa-taken', 'en', 'en-taken'] as const) {
    for (const size of ['wide', 'narrow'] as const) {
      test(`fits a ${size} window in "${language}"`, async () => {
        const page = await opened(quotations[language], sizes[size])
        await page.screenshot({
          path: fileURLToPath(
            new URL(`../test-results/quotation-${size}-${language}.png`, import.meta.url),
          ),
          fullPage: true,
        })
        const beyond = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect(beyond).toBe(0)
      })
    }
  }

  test('tells the same last day wherever it is read', async () => {
    const page = await opened(persian, sizes.wide)
    expect(await page.locator('.facts').textContent()).toContain('۳۱ فروردین ۱۴۰۵')
  })
})

import { extractText, getMeta } from 'unpdf'
import { describe, expect, test } from 'vitest'
import { english, item, persian } from './examples.ts'
import type { DocumentFacts } from './facts.ts'
import { quotationPdf } from './pdf.ts'
import { sheetOf } from './sheet.ts'

/** The text of each page. */
const pagesOf = async (facts: DocumentFacts): Promise<readonly string[]> =>
  (await extractText(await quotationPdf(facts))).text

/** Lines in plenty. */
const long: DocumentFacts = {
  ...english,
  lines: Array.from({ length: 60 }, (_, index) =>
    item('EUR', `Desk ${index}`, { quantity: '1', unitPrice: '1.00', amount: '1.00' }),
  ),
}

/** Words in the order in which they are drawn are not those that are read; figures are. */
const figuresIn = (texts: readonly string[]) => texts.join(' ').match(/[۰-۹\d][۰-۹\d٬٫,.]*/g) ?? []

describe('the PDF of a quotation', () => {
  test('says what the HTML says', async () => {
    const [page = ''] = await pagesOf(english)
    const { entries, sums, about, totalInWords, terms } = sheetOf(english)
    const written = [...about, totalInWords, ...terms].flatMap(({ value }) => value)
    const cells = entries.flatMap((entry) => (entry.kind === 'item' ? entry.cells.flat() : []))
    const parts = [...written, ...cells].map((part) =>
      typeof part === 'string' ? part : part.said,
    )
    for (const part of [...parts, ...sums.flatMap(({ label, value }) => [label, value])]) {
      expect(page).toContain(part.trim())
    }
  })

  test('has every figure of a Persian one in its own digits', async () => {
    const figures = figuresIn(await pagesOf(persian))
    const { sums, entries } = sheetOf(persian)
    const cells = entries.flatMap((entry) => (entry.kind === 'item' ? entry.cells.flat() : []))
    const said = [
      ...sums.map(({ value }) => value),
      ...cells.filter((cell) => typeof cell === 'string'),
    ]
    expect(figuresIn(said).length).toBeGreaterThan(15)
    for (const figure of figuresIn(said)) expect(figures.join(' ')).toContain(figure)
  })

  test('has the head of the table and a number on every page, and loses no line', async () => {
    const pages = await pagesOf(long)
    expect(pages.length).toBeGreaterThan(1)
    pages.forEach((page, index) => {
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`)
    })
    for (const page of pages.slice(0, 2)) expect(page).toMatch(/Description Quantity Unit price/)
    const text = pages.join('\n')
    for (const index of long.lines.keys()) expect(text).toContain(`Desk ${index} 1 1.00`)
  })

  test('takes nothing typed for an instruction', async () => {
    const hostile = '#panic("x") \\ $x$ *bold* [a] <b> "q" `raw` \\u{41} // no'
    const [page = ''] = await pagesOf({ ...english, subject: hostile, terms: hostile })
    expect(page.split(hostile)).toHaveLength(3)
  })

  test.each([
    ['words', 'Long words. '.repeat(330)],
    ['lines', 'Long words.\n'.repeat(330)],
  ])('goes on in the next page where there are more %s than a page holds', async (_name, many) => {
    const description = many.trim()
    const desk = item('EUR', description, { quantity: '1', unitPrice: '1.00', amount: '1.00' })
    const pages = await pagesOf({ ...english, lines: [desk], terms: description })
    expect(pages.join('\n').match(/words\./g)).toHaveLength(660)
  })

  test('is the same to the byte whenever it is made, and dated as its facts are', async () => {
    const pdf = await quotationPdf(persian)
    await quotationPdf(english)
    expect(Buffer.from(await quotationPdf(structuredClone(persian))).equals(pdf)).toBe(true)
    const { info } = await getMeta(pdf)
    expect(info).toMatchObject({
      Title: 'پیش‌فاکتور Q-1405-0012-v2',
      Language: 'fa',
      CreationDate: 'D:20260321063000Z',
    })
  })
})

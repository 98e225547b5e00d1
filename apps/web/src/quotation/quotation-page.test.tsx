import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Quotation } from './quotation.ts'
import { QuotationPage } from './quotation-page.tsx'
import { english, englishTaken, persian, persianTaken } from './sample-quotation.ts'

const token = 'x'.repeat(43)
const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' },
  })
const refused = (code: string, status = 409) => json({ code, status }, status)

interface Asked {
  readonly path: string
  readonly key: string | null
  readonly body: unknown
}

/** A server that has one quotation, and answers acts in turn. */
const served = (first: Quotation, ...answers: readonly (() => Response | Promise<Response>)[]) => {
  const state = { quotation: first, asked: [] as Asked[] }
  const rest = [...answers]
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    if (init?.method !== 'POST') return json(state.quotation)
    state.asked.push({
      path,
      key: new Headers(init.headers).get('idempotency-key'),
      body: JSON.parse(init.body as string),
    })
    return (rest.shift() ?? (() => json(state.quotation)))()
  })
  return state
}

let root: HTMLElement
const opened = async () => {
  root = document.body.appendChild(document.createElement('div'))
  await act(() => render(<QuotationPage token={token} />, root))
  await expect.poll(() => root.querySelector('article, .notice p')).not.toBeNull()
  await expect.poll(() => root.textContent).not.toMatch(/^Loading/)
}
const fill = (name: string, value: string) => {
  const field = root.querySelector<HTMLInputElement>(`[name="${name}"]`)
  if (field === null) throw new Error(`no ${name}`)
  field.value = value
}
const submit = () =>
  act(() => {
    root.querySelector('form')?.dispatchEvent(new SubmitEvent('submit', { cancelable: true }))
  })
const press = (selector: string) =>
  act(() => {
    root.querySelector(selector)?.dispatchEvent(new MouseEvent('click'))
  })
const text = () => root.textContent ?? ''

afterEach(() => {
  render(null, root)
  root.remove()
  vi.unstubAllGlobals()
})

describe('a quotation from its link', () => {
  test('is shown in its own language, calendar and digits', async () => {
    served(persian)
    await opened()
    await expect.poll(() => document.documentElement.dir).toBe('rtl')
    expect(document.title).toContain('Q-1405-0012-v2')
    expect(text()).toContain('مبلمان اداری کاوه')
    expect(text()).toContain('۱ فروردین ۱۴۰۵')
    expect(text()).toContain('۱۲ روز مانده')
    expect(text()).toContain('مبلغ‌ها به ریال ایران')
    expect(root.querySelectorAll('table:not(.sums) tbody tr')).toHaveLength(5)
  })

  test('leads to the document, to print and to keep', async () => {
    served(persian)
    await opened()
    const links = [...root.querySelectorAll('nav a')].map((link) => [
      link.textContent,
      link.getAttribute('href'),
    ])
    const path = `/v1/public/quotations/${token}/document`
    expect(links).toEqual([
      ['چاپ', `${path}?format=html`],
      ['دریافت PDF', `${path}?format=pdf`],
    ])
  })

  test('has a row of tax for each rate, and one for what is exempt', async () => {
    served(persian)
    await opened()
    const rows = [...root.querySelectorAll('.sums tr')].map((row) => row.textContent)
    expect(rows).toHaveLength(5)
    expect(rows[2]).toBe('مالیات ۱۰٪ از ۲٬۳۹۰٬۶۲۵٬۰۶۳۲۳۹٬۰۶۲٬۵۰۶')
    expect(rows[3]).toContain('معاف از مالیات: ۸٬۰۰۰٬۰۰۰')
    expect(rows[4]).toContain('۲٬۶۳۷٬۶۸۷٬۵۶۹')
  })

  test('is read from left to right in English, to the last digit', async () => {
    served(english)
    await opened()
    await expect.poll(() => document.documentElement.dir).toBe('ltr')
    const cells = [...root.querySelectorAll('tbody tr:first-child td')].map((cell) =>
      cell.textContent?.trim(),
    )
    expect(cells.slice(0, 5)).toEqual(['1 piece', '34.90', '5.24 (15%)', '10%', '29.66'])
    expect(text()).toContain('1.005')
    expect(text()).toContain('Today is the last day')
    expect(text()).toContain('Your referenceRFQ 77')
    expect(root.querySelector('tfoot')?.textContent).toBe('Total€33.84')
  })

  test('shows toman, and says what is recorded', async () => {
    served({ ...persian, moneyUnit: 'toman' })
    await opened()
    expect(root.querySelector('tfoot')?.textContent).toContain('۲۶۳٬۷۶۸٬۷۵۶٫۹ تومان')
    expect(text()).toContain('خود پیش‌فاکتور به ریال است')
    expect(text()).toContain('۲٬۶۳۷٬۶۸۷٬۵۶۹')
  })

  test('shows what is left of it when its person was forgotten', async () => {
    const erased = { erased: true } as const
    served({
      ...english,
      status: 'confirmed',
      open: false,
      customer: erased,
      subject: erased,
      acceptance: { at: '2026-02-02T08:00:00.000Z', name: erased },
      lines: [...english.lines, { id: 'note', kind: 'note', description: erased }],
    })
    await opened()
    expect(root.querySelectorAll('i')).toHaveLength(3)
    expect(text()).toContain('Accepted on 2 February 2026.')
  })

  test.each([
    ['expired', 'This quotation has expired'],
    ['confirmed', 'This quotation is confirmed'],
    ['declined', 'This quotation was declined'],
    ['cancelled', 'The seller has cancelled this quotation'],
    ['superseded', 'A newer version has taken the place of this one'],
    ['draft', 'The seller is working on this quotation'],
    ['sent', 'cannot be answered'],
  ] as const)('that is %s says so and takes no answer', async (status, said) => {
    served({ ...english, status, open: false })
    await opened()
    expect(root.querySelector('.banner')?.textContent).toContain(said)
    expect(root.querySelector('form')).toBeNull()
  })

  test('that was accepted and waits for the seller says by whom', async () => {
    const acceptance = { at: '2026-02-02T08:00:00.000Z', name: 'Ada Rossi' }
    served({ ...english, open: false, acceptance })
    await opened()
    expect(root.querySelector('.banner')?.textContent).toBe(
      'Accepted by Ada Rossi on 2 February 2026.',
    )
  })
})

describe('a link', () => {
  test('that leads nowhere says so in words', async () => {
    vi.stubGlobal('fetch', async () => refused('NotFound', 404))
    await opened()
    expect(text()).toContain('This link is not valid')
  })

  test('behind which nobody answers can be tried again', async () => {
    const answers = [
      () => json({}, 503),
      () => {
        throw new TypeError('Failed to fetch')
      },
      () => json(english),
    ]
    vi.stubGlobal('fetch', async () => answers.shift()?.())
    await opened()
    expect(text()).toContain('could not be loaded')
    await press('button')
    await press('button')
    await expect.poll(text).toContain('Q-2026-0003')
  })
})

describe('accepting', () => {
  test('is bound to the version and the total that were seen', async () => {
    const state = served(english, () => {
      state.quotation = { ...english, status: 'confirmed', open: false }
      return json(state.quotation)
    })
    await opened()
    fill('name', ' Ada Rossi ')
    fill('reference', 'PO 12')
    await submit()
    await expect.poll(text).toContain('This quotation is confirmed')
    expect(root.querySelector('form')).toBeNull()
    expect(state.asked).toMatchObject([
      {
        path: `/v1/public/quotations/${token}/accept`,
        body: {
          version: 1,
          total: { amount: '33.84', currency: 'EUR' },
          name: 'Ada Rossi',
          customerReference: 'PO 12',
        },
      },
    ])
    expect(state.asked[0]?.key).toMatch(/^[0-9a-f]{32}$/)
  })

  test('needs a name', async () => {
    const state = served(english)
    await opened()
    fill('name', '   ')
    await submit()
    expect(state.asked).toEqual([])
  })

  test('that is refused says why, and shows what is so now', async () => {
    const state = served(english, () => {
      state.quotation = { ...english, status: 'superseded', open: false }
      return refused('QuotationSuperseded')
    })
    await opened()
    fill('name', 'Ada Rossi')
    await submit()
    await expect
      .poll(() => root.querySelector('[role="alert"]')?.textContent)
      .toContain('a newer version')
    await expect.poll(() => root.querySelector('form')).toBeNull()
  })

  test('for a total that has changed asks to look again', async () => {
    const total = { amount: '40.00', currency: 'EUR' }
    const state = served(english, () => {
      state.quotation = { ...english, totals: { ...english.totals, total } }
      return refused('QuotationChanged')
    })
    await opened()
    fill('name', 'Ada Rossi')
    await submit()
    await expect.poll(text).toContain('the total has changed')
    await expect.poll(() => root.querySelector('[type="submit"]')?.textContent).toContain('€40.00')
  })

  test('that got no answer is sent again as the same attempt', async () => {
    const state = served(
      english,
      () => {
        throw new TypeError('Failed to fetch')
      },
      () => json({}, 503),
    )
    await opened()
    fill('name', 'Ada Rossi')
    await submit()
    await expect.poll(text).toContain('No answer came')
    await submit()
    await submit()
    await expect.poll(() => state.asked.length).toBe(3)
    expect(new Set(state.asked.map(({ key }) => key)).size).toBe(1)

    fill('note', 'By the side door, please.')
    await submit()
    await expect.poll(() => state.asked.length).toBe(4)
    expect(state.asked[3]?.key).not.toBe(state.asked[0]?.key)
  })

  test('that is refused by a rule unknown here is still told', async () => {
    served(english, () => refused('SomethingElse'))
    await opened()
    fill('name', 'Ada Rossi')
    await submit()
    await expect.poll(text).toContain('Please ask the seller')
  })
})

describe('an option', () => {
  const support = englishTaken.options[0]?.id ?? ''
  const training = englishTaken.options[1]?.id ?? ''
  const choices = () => [...root.querySelectorAll('.options li')]
  const pressIn = (choice: Element | undefined, label: string) =>
    act(() => {
      const button = [...(choice?.querySelectorAll('button') ?? [])].find(
        (each) => each.textContent === label,
      )
      if (button === undefined) throw new Error(`no ${label}`)
      if (button.type !== 'submit') button.dispatchEvent(new MouseEvent('click'))
      else {
        choice
          ?.querySelector('form')
          ?.dispatchEvent(new SubmitEvent('submit', { cancelable: true }))
      }
    })
  const total = () => root.querySelector('.sums tfoot')?.textContent

  test('that was taken counts as a line, in the quantity that was taken', async () => {
    served(persianTaken)
    await opened()
    const rows = [...root.querySelectorAll('table:not(.sums) tbody tr')].map(
      (row) => row.textContent,
    )
    expect(rows).toHaveLength(7)
    expect(rows[5]).toBe('گزینه‌های برداشته‌شده')
    expect(rows[6]).toContain('پشتیبانی سالانه')
    expect(rows[6]).toContain('۴۰٬۰۰۰٬۰۰۰')
    expect(total()).toContain('۲٬۶۸۱٬۶۸۷٬۵۶۹')
    expect(choices()[0]?.querySelector('input')?.value).toBe('۲')
    expect(choices()[0]?.textContent).toContain('از ۱ تا ۳')
    expect(choices()[1]?.textContent).toContain('رد شد')
  })

  test('is taken, and the total to accept follows; what was typed stays', async () => {
    const [taken, other] = englishTaken.options
    const before = {
      ...englishTaken,
      options: [taken, other].flatMap((each) => {
        if (each === undefined) return []
        const { taken: _t, takenDiscount: _d, takenAmount: _a, ...offered } = each
        return [offered]
      }),
      totals: english.totals,
    }
    const state = served(before, () => {
      state.quotation = englishTaken
      return json(englishTaken)
    })
    await opened()
    expect(total()).toBe('Total€33.84')
    fill('name', 'Ada Rossi')
    fill('quantity', '۲')
    await pressIn(choices()[0], 'Take')
    await expect.poll(total).toBe('Total€77.84')
    expect(root.querySelector('.acts [type="submit"]')?.textContent).toBe('Accept for €77.84')
    expect(root.querySelector<HTMLInputElement>('[name="name"]')?.value).toBe('Ada Rossi')
    expect(state.asked).toMatchObject([
      {
        path: `/v1/public/quotations/${token}/options/${support}/accept`,
        body: { quantity: '2' },
      },
    ])
  })

  test('is changed in quantity, taken out, declined and taken after all', async () => {
    const state = served(englishTaken)
    await opened()
    const idle = () => expect.poll(() => root.querySelector('.options :disabled')).toBeNull()
    fill('quantity', '3')
    for (const [choice, label] of [
      [0, 'Change quantity'],
      [0, 'Take out'],
      [1, 'No, thanks'],
      [1, 'Take'],
    ] as const) {
      await pressIn(choices()[choice], label)
      await idle()
    }
    expect(state.asked.map(({ path, body }) => [path.split('/options/')[1], body])).toEqual([
      [`${support}/accept`, { quantity: '3' }],
      [`${support}/decline`, {}],
      [`${training}/decline`, {}],
      [`${training}/accept`, {}],
    ])
  })

  test('is not asked for in what is no quantity', async () => {
    const state = served(englishTaken)
    await opened()
    fill('quantity', 'two')
    await pressIn(choices()[0], 'Change quantity')
    expect(state.asked).toEqual([])
  })

  test('is asked for anew once an answer came, also in the same words', async () => {
    const state = served(englishTaken)
    await opened()
    await pressIn(choices()[1], 'Take')
    await expect.poll(() => state.asked.length).toBe(1)
    await pressIn(choices()[1], 'Take')
    await expect.poll(() => state.asked.length).toBe(2)
    expect(state.asked[0]?.key).not.toBe(state.asked[1]?.key)
  })

  test('that is refused says why', async () => {
    served(englishTaken, () => refused('OptionQuantityRefused'))
    await opened()
    await pressIn(choices()[0], 'Change quantity')
    await expect.poll(text).toContain('not offered in this quantity')
  })

  test('is not to be chosen once the quotation is closed; what was taken stays', async () => {
    served({ ...englishTaken, status: 'confirmed', open: false })
    await opened()
    expect(root.querySelector('.options')).toBeNull()
    expect(text()).toContain('Options taken')
    expect(text()).not.toContain('Training')
  })
})

describe('asking', () => {
  const ask = async (words: string) => {
    fill('question', words)
    await act(() => {
      root
        .querySelector('textarea[name="question"]')
        ?.closest('form')
        ?.dispatchEvent(new SubmitEvent('submit', { cancelable: true }))
    })
  }

  test('sends the question and says so, beside an answer that is not given yet', async () => {
    const state = served(english)
    await opened()
    await ask(' Do they come assembled? ')
    await expect.poll(text).toContain('Your question was sent')
    const body = { text: 'Do they come assembled?' }
    expect(state.asked).toMatchObject([{ path: `/v1/public/quotations/${token}/questions`, body }])
    expect(root.querySelector<HTMLTextAreaElement>('[name="question"]')?.value).toBe('')
    expect(root.querySelector('[name="name"]')).not.toBeNull()
  })

  test('keeps the question that could not be sent', async () => {
    served(persian, () => refused('QuotationExpired'))
    await opened()
    await ask('سر هم می‌شوند؟')
    await expect.poll(text).toContain('ثبت نشد: اعتبار پیش‌فاکتور')
    expect(root.querySelector<HTMLTextAreaElement>('[name="question"]')?.value).not.toBe('')
    expect(text()).not.toContain('پرسش شما فرستاده شد')
  })

  test('nothing goes without words, and of what is finished nobody asks', async () => {
    const state = served(english)
    await opened()
    await ask('  ')
    expect(state.asked).toEqual([])
    render(null, root)
    served({ ...english, status: 'declined', open: false })
    await opened()
    expect(root.querySelector('[name="question"]')).toBeNull()
  })
})

test('staff who look at an offer of theirs say that they are', async () => {
  const asked: (string | null)[] = []
  vi.stubGlobal('fetch', async (_path: string, init?: RequestInit) => {
    asked.push(new Headers(init?.headers).get('authorization'))
    return json(english)
  })
  await opened()
  render(null, root)
  sessionStorage.setItem('forsat-key', 'forsat_good')
  await opened()
  sessionStorage.clear()
  expect(asked).toEqual([null, 'Bearer forsat_good'])
})

describe('declining', () => {
  test('asks for a reason first, and can be left again', async () => {
    const state = served(english, () => {
      state.quotation = { ...english, status: 'declined', open: false }
      return json(state.quotation)
    })
    await opened()
    await press('button.quiet')
    await submit()
    expect(state.asked).toEqual([])
    await press('button.quiet')
    expect(root.querySelector('[name="name"]')).not.toBeNull()

    await press('button.quiet')
    fill('reason', 'Bought elsewhere')
    await submit()
    await expect.poll(text).toContain('This quotation was declined')
    expect(state.asked).toMatchObject([
      { path: `/v1/public/quotations/${token}/decline`, body: { reason: 'Bought elsewhere' } },
    ])
  })
})

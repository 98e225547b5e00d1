import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { fold } from '../decider.ts'
import type { Applying, QuotationCommand } from './command.ts'
import type { QuotationEvent } from './events.ts'
import { ask, desks, draft, eur, given, noteLine, otherCustomer, send } from './examples.ts'
import type { PricedItem } from './line.ts'
import type { PricedOption } from './option.ts'
import { quotation } from './quotation.ts'
import type { Begun } from './state.ts'
import { workedOn } from './version.ts'

const vatRounding = 'total' as const
const ulid = (last: string) => last.padStart(26, '0')

/** Of a template's line; the quotation's own begins with an L. */
const item = (last: string, amount = '100.00'): PricedItem => ({
  ...desks,
  id: ulid(last),
  quantity: '1',
  unitPrice: eur(amount),
})
const option = (last: string): PricedOption => ({
  ...item(last, '10.00'),
  quantityEditable: false,
})

/** A template of so many lines and options; the ids of what is made of it begin with its name. */
const template = (
  name: string,
  {
    lines = 0,
    options = 0,
    ...more
  }: { lines?: number; options?: number } & Partial<Omit<Applying, 'lines' | 'options'>> = {},
): Applying => ({
  templateId: ulid(name),
  templateRevision: 3,
  name,
  mode: 'replace',
  words: {},
  ...more,
  lines: Array.from({ length: lines }, (_, n) => ({
    line: item(`${name}${n}`),
    templateLineId: ulid(`${name}9${n}`),
  })),
  options: Array.from({ length: options }, (_, n) => ({
    option: option(`${name}8${n}`),
    templateLineId: ulid(`${name}7${n}`),
  })),
})

const apply = (applying: Applying) => ask('ApplyQuotationTemplate', { ...applying, vatRounding })
const reprice = (lineId: string) =>
  ask('ReviseQuotationLine', { lineId, changes: { unitPrice: eur('90.00') }, vatRounding })
const add = (last: string) => ask('AddQuotationLine', { line: item(last), vatRounding })
const remove = ask('RemoveQuotationTemplate', {})

const told = (...questions: readonly QuotationCommand[]): readonly QuotationEvent[] => {
  const log: QuotationEvent[] = []
  for (const question of questions) {
    const decided = quotation.decide(question, fold(quotation, log))
    if (E.isLeft(decided)) throw new Error(`${question.type}: ${decided.left.type}`)
    log.push(...decided.right)
  }
  return log
}
const stateOf = (...questions: readonly QuotationCommand[]) =>
  fold(quotation, told(...questions)) as Begun
const contentOf = (...questions: readonly QuotationCommand[]) => {
  const content = workedOn(stateOf(...questions))?.content
  if (content === undefined) throw new Error('no draft')
  return content
}
const linesOf = (...questions: readonly QuotationCommand[]) =>
  contentOf(...questions).lines.map(({ id }) => id.replace(/^0+/, ''))
const typesOf = (events: readonly QuotationEvent[]) => events.map(({ type }) => type)

const [t1, t2] = [template('T1', { lines: 3 }), template('T2', { lines: 4, validityDays: 15 })]

describe('a change of template (O13)', () => {
  const typed = ask('ReviseQuotation', {
    changes: { validUntil: '2026-03-31' },
    digits: 2,
    vatRounding,
  })
  /** Three lines of T1, one with another price, two lines of one's own, a date typed by hand. */
  const begun = [
    draft({ lines: [], template: t1 }),
    reprice(ulid('T11')),
    add('A1'),
    add('A2'),
    typed,
  ] as const

  test('another customer keeps five lines and the price (a)', () => {
    const moved = ask('ReviseQuotation', {
      changes: { contactId: otherCustomer },
      digits: 2,
      vatRounding,
    })
    const { lines } = contentOf(...begun, moved)
    expect(lines).toHaveLength(5)
    expect(lines[1]).toMatchObject({ unitPrice: eur('90.00') })
  })

  test('no template any more keeps five lines (b)', () => {
    expect(linesOf(...begun, remove)).toEqual(linesOf(...begun))
    expect(contentOf(...begun, remove)).not.toHaveProperty('template')
  })

  test('another template replaces only lines that nobody touched, and none of one’s own (c)', () => {
    expect(linesOf(...begun, apply(t2))).toEqual(['T20', 'T21', 'T22', 'T23', 'T11', 'A1', 'A2'])
  })

  test('the edited line goes only where it is named (c)', () => {
    const named = apply({ ...t2, dropEdited: [ulid('T11')] })
    expect(linesOf(...begun, named)).toEqual(['T20', 'T21', 'T22', 'T23', 'A1', 'A2'])
    for (const id of ['A1', 'T10', 'ZZ']) {
      given(...told(...begun))
        .when(apply({ ...t2, dropEdited: [ulid(id)] }))
        .thenFails({ type: 'LineUnknown', lineId: ulid(id) })
    }
  })

  test('the date typed by hand is kept, the days of the template known (d)', () => {
    expect(contentOf(...begun, apply(t2))).toMatchObject({
      described: { validUntil: '2026-03-31' },
      template: { name: 'T2', validityDays: 15, revision: 3 },
    })
  })

  test('a sent offer changes by its next version (e)', () => {
    given(...told(...begun, send()))
      .when(apply(t2))
      .thenFails({ type: 'QuotationNotDraft', status: 'sent' })
    const next = [...begun, send(), ask('OpenQuotationVersion', {})]
    expect(linesOf(...next, apply(t2))).toHaveLength(7)
  })

  test('each line that came or went is told, and the last tells the totals (f)', () => {
    const history = told(...begun)
    const events = told(...begun, apply(t2)).slice(history.length)
    expect(typesOf(events)).toEqual([
      'QuotationTemplateApplied',
      'QuotationLineRemoved',
      'QuotationLineRemoved',
      'QuotationLineAdded',
      'QuotationLineAdded',
      'QuotationLineAdded',
      'QuotationLineAdded',
    ])
    expect(events[0]?.data).toMatchObject({
      templateId: ulid('T2'),
      templateRevision: 3,
      name: 'T2',
      mode: 'replace',
      lines: [0, 1, 2, 3].map((n) => ({
        lineId: ulid(`T2${n}`),
        templateLineId: ulid(`T29${n}`),
      })),
    })
    expect(events.map(({ data }) => 'totals' in data)).toEqual([
      ...Array.from({ length: 6 }, () => false),
      true,
    ])
  })
})

describe('applying a template', () => {
  test('brings lines where those before stood, with their words', () => {
    const note = { line: { id: noteLine, kind: 'note' as const }, text: 'Set up by us' }
    const withNote = { ...t2, lines: [{ ...note, templateLineId: ulid('T2N') }] }
    const [added] = told(draft({ lines: [], template: t1 }), apply(withNote)).slice(-1)
    expect(added).toMatchObject({ type: 'QuotationLineAdded', data: { text: 'Set up by us' } })
    const front = [draft({ lines: [], template: t1 }), add('A1'), apply(t2)] as const
    expect(linesOf(...front)).toEqual(['T20', 'T21', 'T22', 'T23', 'A1'])
  })

  test('may append, and what was appended is a template’s too', () => {
    const both = [draft({ template: t1 }), apply({ ...t2, mode: 'append' })] as const
    expect(linesOf(...both)).toEqual(['11', 'T10', 'T11', 'T12', 'T20', 'T21', 'T22', 'T23'])
    const t3 = template('T3', { lines: 1 })
    expect(linesOf(...both, apply(t3))).toEqual(['11', 'T30'])
  })

  test('counts a line that only moved as untouched', () => {
    const moved = ask('ReviseQuotationLine', {
      lineId: ulid('T10'),
      changes: {},
      position: 2,
      vatRounding,
    })
    expect(linesOf(draft({ lines: [], template: t1 }), moved, apply(t2))).toHaveLength(4)
  })

  test('replaces options like lines, but none that the customer took', () => {
    const [o1, o2] = [template('T1', { lines: 1, options: 3 }), template('T2', { options: 2 })]
    const begun = [draft({ template: o1 })] as const
    const ids = (...questions: readonly QuotationCommand[]) =>
      contentOf(...questions).options.map(({ id }) => id.replace(/^0+/, ''))
    expect(ids(...begun, apply(o2))).toEqual(['T280', 'T281'])
    const revised = ask('ReviseOption', {
      optionId: ulid('T181'),
      changes: { quantity: '2' },
      vatRounding,
    })
    expect(ids(...begun, revised, apply(o2))).toEqual(['T280', 'T281', 'T181'])
    const dropped = apply({ ...o2, dropEdited: [ulid('T181')] })
    expect(ids(...begun, revised, dropped)).toEqual(['T280', 'T281'])
    const taken = [
      send(),
      ask('AcceptOption', { version: 1, optionId: ulid('T180') }),
      ask('OpenQuotationVersion', {}),
    ]
    expect(ids(...begun, ...taken, apply(o2))).toEqual(['T180', 'T280', 'T281'])
  })

  test('fills in words where there are none, or those of the template before', () => {
    const first = template('T1', { words: { terms: 'Net 30', paymentTerms: 'Half in advance' } })
    const second = template('T2', { words: { terms: 'Cash', subject: 'Desks' } })
    const begun = draft({ template: first, deliveryTerms: 'By us' })
    expect(contentOf(begun).described).toMatchObject({
      terms: 'Net 30',
      paymentTerms: 'Half in advance',
      deliveryTerms: 'By us',
    })
    const changed = contentOf(begun, apply(second))
    expect(changed.described).toMatchObject({ terms: 'Cash', deliveryTerms: 'By us' })
    expect(changed.described).not.toHaveProperty('paymentTerms')
    expect(changed.present.subject).toBe(true)

    const edited = ask('ReviseQuotation', {
      changes: { terms: 'As agreed' },
      digits: 2,
      vatRounding,
    })
    expect(contentOf(begun, edited, apply(second)).described).toMatchObject({
      terms: 'As agreed',
    })
    const appended = apply({ ...template('T2'), mode: 'append' })
    expect(contentOf(begun, appended).described).toMatchObject({ terms: 'Net 30' })
    const own = draft({ template: first, terms: 'Ours' })
    expect(contentOf(own).described).toMatchObject({ terms: 'Ours' })
  })

  test('of a template that says nothing is told all the same', () => {
    expect(typesOf(told(draft({ template: template('T1') })))).toEqual([
      'QuotationDrafted',
      'QuotationTemplateApplied',
    ])
  })

  test('takes its days along into the next version', () => {
    const next = [draft({ template: t2 }), send(), ask('OpenQuotationVersion', {})]
    expect(contentOf(...next)).toMatchObject({ template: { validityDays: 15 } })
  })

  test('is taken away once', () => {
    given(...told(draft({ template: t1 }), remove))
      .when(remove)
      .thenFails({ type: 'NoTemplateApplied' })
    given(...told(draft({ template: t1 }), send()))
      .when(remove)
      .thenFails({ type: 'QuotationNotDraft', status: 'sent' })
  })

  test('in other money is refused, and leaves no draft behind', () => {
    const rials = {
      ...t1,
      lines: [
        {
          line: { ...item('T10'), unitPrice: { amount: '1', currency: 'IRR' } },
          templateLineId: ulid('T190'),
        },
      ],
    }
    given()
      .when(draft({ template: rials }))
      .thenFails({ type: 'CurrencyMismatch', expected: 'EUR', given: 'IRR' })
  })
})

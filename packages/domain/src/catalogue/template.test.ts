import { describe, test } from 'vitest'
import { specification } from '../specification.ts'
import type { TemplateEvent } from './events.ts'
import { when } from './examples.ts'
import { template } from './template.ts'
import type { TemplateLine, TemplateOption } from './template-line.ts'

const { given } = specification(template)

const ulid = (last: string) => last.padStart(26, '0')
const desk: TemplateLine = { id: ulid('G1'), kind: 'item', productId: ulid('C1'), quantity: '12' }
const note: TemplateLine = { id: ulid('G2'), kind: 'note', description: 'تحویل در طبقهٔ همکف.' }
const cover: TemplateOption = {
  id: ulid('M1'),
  kind: 'item',
  description: 'پوشش',
  unitPrice: { amount: '900000', currency: 'IRR' },
  quantityEditable: false,
}
const office = { name: 'دفتر کامل', lines: [desk, note], options: [cover], validityDays: 15 }

const created: TemplateEvent = { type: 'TemplateCreated', data: office }
const archived: TemplateEvent = { type: 'TemplateArchived', data: {} }

describe('a template', () => {
  test('is made once, with its lines and options', () => {
    given()
      .when({ type: 'CreateTemplate', data: { ...office, ...when } })
      .thenEvents(created)
    given(created)
      .when({ type: 'CreateTemplate', data: { ...office, ...when } })
      .thenFails({ type: 'AlreadyExists' })
  })

  test('keeps the lines that a revision does not name', () => {
    given(created)
      .when({ type: 'ReviseTemplate', data: { changes: { validityDays: 0 }, ...when } })
      .thenEvents({ type: 'TemplateRevised', data: { validityDays: 0 } })
  })

  test('is not revised by lines that are as they were', () => {
    const lines = [{ quantity: '12', ...desk }, note]
    given(created)
      .when({ type: 'ReviseTemplate', data: { changes: { lines }, ...when } })
      .thenNothing()
  })

  test('tells an exempt line from one that takes its product’s tax', () => {
    const lines = [{ ...desk, taxRate: null }, note]
    given(created)
      .when({ type: 'ReviseTemplate', data: { changes: { lines }, ...when } })
      .thenEvents({ type: 'TemplateRevised', data: { lines } })
  })

  test('is put away once', () => {
    given(created).when({ type: 'ArchiveTemplate', data: when }).thenEvents(archived)
    given(created, archived).when({ type: 'ArchiveTemplate', data: when }).thenNothing()
  })
})

describe('a template with more words than an event of the log takes', () => {
  const long = 'ش'.repeat(4000)
  const words = (count: number): TemplateLine[] =>
    Array.from({ length: count }, (_, index) => ({
      id: ulid(`N${index}`),
      kind: 'note',
      description: long,
    }))
  const refusal = { type: 'TemplateTooLarge', mostBytes: 49_152 } as const

  test('is not made', () => {
    const lines = words(7)
    given()
      .when({ type: 'CreateTemplate', data: { name: 'دفتر', lines, options: [], ...when } })
      .thenFails(refusal)
  })

  test('does not come to be by revisions either', () => {
    const half: TemplateEvent = {
      type: 'TemplateCreated',
      data: { name: 'دفتر', lines: words(5), options: [] },
    }
    const changes = { terms: long, deliveryTerms: long }
    given(half)
      .when({ type: 'ReviseTemplate', data: { changes, ...when } })
      .thenFails(refusal)
  })
})

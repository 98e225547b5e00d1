import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { canonical } from '../canonical.ts'
import { dataCommitment, personalCommitment } from '../commitment.ts'
import { envelopeText } from '../envelope.ts'
import { cloudEvents } from './cloud-events.ts'
import { eventTable } from './event-table.ts'
import type { Exported, ExportFormat } from './exported.ts'
import { jsonLines } from './json-lines.ts'
import { ocel } from './ocel.ts'

const salt = new Uint8Array(32).fill(7)
const company = '01J8Z0000000000000000000C0'
const [customer, deal, offer, product, seller] = ['C1', 'A1', 'Q1', 'P1', 'U1'] as const

let index = 0
const event = (
  stream: string,
  name: string,
  data: object,
  more: Partial<Exported> = {},
): Exported => {
  const text = canonical(data)
  const at = `2026-02-0${1 + (index % 9)}T08:00:00.000Z`
  const personal = (more.revealed ?? []).map(({ subject, purpose, fields, salt: inner }) => ({
    subject,
    purpose,
    commitment: personalCommitment(inner, canonical(fields)),
  }))
  const envelope = envelopeText({
    index: index++,
    stream,
    revision: 0,
    id: `E${index}`,
    company,
    name,
    version: 1,
    occurredAt: at,
    recordedAt: at,
    actor: `user:${seller}`,
    command: 'c',
    correlationId: 'r',
    causationId: index > 1 ? `E${index - 1}` : undefined,
    data: dataCommitment(salt, text),
    personal,
  })
  return { envelope, data: text, salt, revealed: [], ...more }
}

const total = (amount: string) => ({ totals: { total: { amount, currency: 'IRR' } } })
const log: readonly Exported[] = [
  event(
    `contact-${customer}`,
    'ContactRegistered',
    { name: { erased: true }, country: 'IR' },
    {
      revealed: [{ subject: customer, purpose: 'sales', fields: { name: '=Parvin' }, salt }],
    },
  ),
  event(`opportunity-${deal}`, 'OpportunityOpened', { contactId: customer, source: 'web' }),
  event(`quotation-${offer}`, 'QuotationDrafted', {
    contactId: customer,
    opportunityId: deal,
    lines: [{ productId: product }],
    ...total('100'),
  }),
  event(`quotation-${offer}`, 'QuotationSent', {
    contactId: customer,
    version: 1,
    ...total('120'),
  }),
  event(`quotation-${offer}`, 'QuotationConfirmed', { version: 1, ...total('120') }),
  event(`quotation-${offer}`, 'QuotationCancelled', { cause: 'person' }),
  event(`contact-${customer}`, 'PersonalDataErased', { subjects: [customer] }),
]

const exported = ({ begin, add, end }: ExportFormat): string =>
  `${begin()}${log.map(add).join('')}${end()}`

describe.each([
  ['JSON Lines', jsonLines],
  ['CSV', eventTable],
  ['CloudEvents', cloudEvents],
  ['OCEL', ocel],
] as const)('a log as %s', (_name, format) => {
  test('is the same to the last byte, however often it is written', () => {
    expect(exported(format())).toBe(exported(format()))
  })
})

describe('JSON Lines', () => {
  const lines = exported(jsonLines()).split('\n').slice(0, -1)

  test('are canonical, and hold what opens every commitment', () => {
    for (const line of lines) {
      const { envelope, data, salt: told } = JSON.parse(line)
      expect(canonical(JSON.parse(line))).toBe(line)
      expect(dataCommitment(Buffer.from(told, 'base64url'), canonical(data))).toBe(envelope.data)
    }
  })

  test('show of a person the commitment alone, unless it was opened', () => {
    const [first] = lines
    const { data, envelope, revealed } = JSON.parse(first ?? '')
    expect(data.name).toEqual({ erased: true })
    const [part] = revealed
    expect(personalCommitment(Buffer.from(part.salt, 'base64url'), canonical(part.fields))).toBe(
      envelope.pii[0].c,
    )
    const unopened = jsonLines().add({ ...(log[0] as Exported), revealed: [] })
    expect(unopened).not.toContain('Parvin')
  })
})

describe('CSV', () => {
  test('has a row for each event, and no cell that a spreadsheet would run', () => {
    const rows = exported(eventTable()).split('\r\n')
    expect(rows).toHaveLength(log.length + 2)
    expect(rows[0]).toBe(
      '\uFEFFindex,stream,revision,id,company,type,version,occurredAt,recordedAt,actor,onBehalfOf,correlationId,causationId,data',
    )
    expect(rows[1]).toContain('"{""country"":""IR"",""name"":""=Parvin""}"')
  })
})

describe('CloudEvents', () => {
  test('have what the specification asks for, under names that it allows', () => {
    const events = exported(cloudEvents()).split('\n').slice(0, -1)
    const ids = events.map((line) => {
      const read = JSON.parse(line)
      for (const name of Object.keys(read)) expect(name).toMatch(/^[a-z0-9]{1,20}$/)
      expect(read).toMatchObject({ specversion: '1.0', datacontenttype: 'application/json' })
      for (const name of ['source', 'type', 'subject', 'dataschema'])
        expect(read[name]).not.toBe('')
      expect(read.sequence).toMatch(/^\d{20}$/)
      return read.id
    })
    expect(new Set(ids).size).toBe(log.length)
  })
})

const text = { type: 'string' }
const listOf = (required: Readonly<Record<string, object>>, others: object = {}) => ({
  type: 'array',
  items: {
    type: 'object',
    required: Object.keys(required),
    properties: { ...required, ...others },
  },
})
const relationships = listOf({ objectId: text, qualifier: text })
const types = listOf({
  name: text,
  attributes: listOf({
    name: text,
    type: { enum: ['string', 'time', 'integer', 'float', 'boolean'] },
  }),
})
/** As the format's own schema has it: every value is text. */
const schema = {
  type: 'object',
  required: ['eventTypes', 'objectTypes', 'events', 'objects'],
  properties: {
    eventTypes: types,
    objectTypes: types,
    events: listOf(
      { id: text, type: text, time: text },
      { attributes: listOf({ name: text, value: text }), relationships },
    ),
    objects: listOf(
      { id: text, type: text },
      { attributes: listOf({ name: text, value: text, time: text }), relationships },
    ),
  },
}

describe('OCEL 2.0', () => {
  const read = JSON.parse(exported(ocel()))
  const isValid = new Ajv().compile(schema)

  test('is what its schema says, and refers to nothing that is not there', () => {
    expect(isValid(read) || isValid.errors).toBe(true)
    const ids: readonly string[] = read.objects.map(({ id }: { readonly id: string }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const named = [...read.events, ...read.objects].flatMap((each) => each.relationships)
    for (const { objectId } of named) expect(ids).toContain(objectId)
    for (const [kind, all] of [
      ['eventTypes', read.events],
      ['objectTypes', read.objects],
    ] as const) {
      for (const { type, attributes } of all) {
        const declared = read[kind].find(({ name }: { readonly name: string }) => name === type)
        const names = declared.attributes.map(({ name }: { readonly name: string }) => name)
        for (const { name } of attributes) expect(names).toContain(name)
      }
    }
  })

  test.each([
    ['a qualifier', { objects: [{ id: 'x', type: 'user', relationships: [{ objectId: 'x' }] }] }],
    ['the time of an event', { events: [{ id: 'x', type: 'y' }] }],
    ['types', { objectTypes: undefined }],
    [
      'text for a number',
      { objects: [{ id: 'x', type: 'y', attributes: [{ name: 'total', time: 't', value: 1 }] }] },
    ],
  ])('needs %s', (_what, broken) => {
    expect(isValid(JSON.parse(JSON.stringify({ ...read, ...broken })))).toBe(false)
  })

  test('tells how objects changed, each first value as if it had always been so', () => {
    const object = (type: string) =>
      read.objects.find((each: { readonly type: string }) => each.type === type)
    const values = (type: string, wanted: string) =>
      object(type)
        .attributes.filter(({ name }: { readonly name: string }) => name === wanted)
        .map(({ value, time }: { readonly value: string; readonly time: string }) => [
          value,
          time.slice(0, 10),
        ])
    expect(values('quote', 'total')).toEqual([
      ['100', '1970-01-01'],
      ['120', '2026-02-04'],
    ])
    expect(values('quote', 'status').map(([status]: readonly string[]) => status)).toEqual([
      'draft',
      'sent',
      'confirmed',
      'cancelled',
    ])
    expect(values('order', 'status').at(-1)?.[0]).toBe('cancelled')
    expect(JSON.stringify(read)).not.toContain('Parvin')
  })
})

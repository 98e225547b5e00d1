/**
 * OCEL 2.0 as JSON: which events happened to which objects, for process mining. Objects are known by
 * their ids alone; every value is text, as the published schema wants it.
 *
 * @module
 */
import {
  dataOf,
  type Exported,
  type ExportFormat,
  envelopeOf,
  type ReadEnvelope,
} from './exported.ts'
import { attributesAfter, objectTypes, type Values } from './ocel-objects.ts'

interface Relationship {
  readonly objectId: string
  readonly qualifier: string
}

interface OcelObject {
  readonly id: string
  readonly type: string
  readonly attributes: { readonly name: string; readonly value: string; readonly time: string }[]
  readonly relationships: Map<string, Relationship>
}

/** The initial value of an attribute is said to have been so always. */
const always = '1970-01-01T00:00:00Z'

/** Of which type the object of a stream is. */
const typeOf: Readonly<Record<string, string>> = {
  opportunity: 'opportunity',
  quotation: 'quote',
  delivery: 'quote',
  contact: 'customer',
  product: 'product',
  user: 'user',
}

/** Fields that name another object, and what it is to the event. */
const references: readonly (readonly [field: string, type: string, qualifier: string])[] = [
  ['contactId', 'customer', 'customer'],
  ['opportunityId', 'opportunity', 'opportunity'],
  ['quotationId', 'quote', 'quote'],
  ['into', 'opportunity', 'survivor'],
  ['from', 'opportunity', 'absorbed'],
  ['salespersonId', 'user', 'salesperson'],
]

type Data = Readonly<Record<string, unknown>>

export const ocel = (): ExportFormat => {
  const objects = new Map<string, OcelObject>()
  const values = new Map<string, Values>()
  const eventTypes = new Set<string>()
  /** The newest order that a quotation made. */
  const orders = new Map<string, OcelObject>()
  let isFirst = true

  const objectOf = (id: string, type: string): OcelObject => {
    const known = objects.get(id)
    if (known !== undefined) return known
    const made = { id, type, attributes: [], relationships: new Map<string, Relationship>() }
    objects.set(id, made)
    return made
  }

  const changed = (object: OcelObject, type: string, data: Data, time: string): void => {
    const before = values.get(object.id)
    const after = attributesAfter(object.type, before ?? {}, type, data)
    values.set(object.id, after)
    for (const [name, value] of Object.entries(after)) {
      if (before?.[name] === value) continue
      const isInitial = object.attributes.every((each) => each.name !== name)
      // Times of one attribute ascend: what was told late is listed when it came to be known.
      const last = object.attributes.findLast((each) => each.name === name)?.time ?? always
      object.attributes.push({ name, value, time: isInitial ? always : later(time, last) })
    }
  }

  const add = (event: Exported): string => {
    const envelope = envelopeOf(event)
    const { stream, type, occurred } = envelope
    const [category, record] = [
      stream.slice(0, stream.indexOf('-')),
      stream.slice(stream.indexOf('-') + 1),
    ]
    const data = dataOf(event)
    const related = new Map<string, Relationship>()
    const relate = (id: string, of: string, qualifier: string): OcelObject => {
      related.set(`${id} ${qualifier}`, { objectId: id, qualifier })
      return objectOf(id, of)
    }
    const own = typeOf[category]
    const object = own === undefined ? undefined : relate(record, own, 'subject')
    for (const [field, of, qualifier] of references) {
      const id = data[field]
      if (typeof id !== 'string' || (field === 'from' && category !== 'opportunity')) continue
      relate(id, of, qualifier)
      object?.relationships.set(`${id} ${qualifier}`, { objectId: id, qualifier })
    }
    for (const id of productsIn(data)) relate(id, 'product', 'product')
    if (type === 'QuotationConfirmed') {
      const order = relate(`order:${envelope.id}`, 'order', 'order')
      order.relationships.set(record, { objectId: record, qualifier: 'confirms' })
      orders.set(record, order)
      changed(order, type, data, occurred)
    }
    const cancelled = type === 'QuotationCancelled' ? orders.get(record) : undefined
    if (cancelled !== undefined) {
      relate(cancelled.id, 'order', 'order')
      changed(cancelled, type, data, occurred)
    }
    const [kind = '', actor = ''] = envelope.actor.split(':')
    if (kind === 'user') relate(actor, 'user', 'actor')
    if (object !== undefined) changed(object, type, data, occurred)
    eventTypes.add(type)
    const line = JSON.stringify(eventOf(envelope, [...related.values()]))
    const separator = isFirst ? '' : ',\n'
    isFirst = false
    return `${separator}${line}`
  }

  const end = (): string => {
    const all = [...objects.values()].map(({ relationships, ...object }) => ({
      ...object,
      relationships: [...relationships.values()],
    }))
    const types = [...eventTypes].toSorted().map((name) => ({ name, attributes: eventAttributes }))
    return `\n],\n"objects":${listed(all)},\n"objectTypes":${listed(objectTypes)},\n"eventTypes":${listed(types)}}\n`
  }

  return { begin: () => '{"events":[\n', add, end }
}

const later = (a: string, b: string): string => (a > b ? a : b)

const listed = (values: readonly object[]): string =>
  `[\n${values.map((value) => JSON.stringify(value)).join(',\n')}\n]`

const eventAttributes = [
  { name: 'recorded', type: 'time' },
  { name: 'company', type: 'string' },
  { name: 'sequence', type: 'integer' },
]

const eventOf = (
  { id, type, occurred, recorded, co, idx }: ReadEnvelope,
  relationships: readonly Relationship[],
) => ({
  id,
  type,
  time: occurred,
  attributes: [
    { name: 'recorded', value: recorded },
    ...(co === undefined ? [] : [{ name: 'company', value: co }]),
    { name: 'sequence', value: String(idx) },
  ],
  relationships,
})

/** Products that the event names, in its own fields or in its lines. */
const productsIn = (data: Data): readonly string[] => {
  const { productId, productIds, line, lines } = data
  const named = [productId, ...listIn(productIds), productOf(line), ...listIn(lines).map(productOf)]
  return [...new Set(named.filter((id) => typeof id === 'string'))]
}

const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const productOf = (line: unknown): unknown =>
  typeof line === 'object' && line !== null && 'productId' in line ? line.productId : undefined

/**
 * The kinds of records a row can be, and what each of their fields is read as.
 *
 * @module
 */
import type { RecordOf, ValueField } from './field.ts'

/** The type a field must be declared with; of records, which. */
export type FieldKind = Exclude<ValueField['type'], 'record'> | RecordOf | 'own'

const place = { country: 'country', region: 'text', language: 'language' } as const
const reached = { email: 'text', phone: 'phone' } as const

const sale = {
  title: 'text',
  contactId: 'contact',
  companyName: 'text',
  contactName: 'text',
  ...reached,
  ...place,
  source: 'text',
  medium: 'text',
  campaign: 'text',
  industry: 'text',
  tags: 'list',
  productIds: 'product',
  teamId: 'team',
  salespersonId: 'user',
  priority: 'number',
  expectedRevenue: 'money',
  expectedCloseOn: 'date',
  nextStep: 'text',
  nextStepOn: 'date',
} as const

/** Fields by kind of record. Those of `contact`, `opportunity` and `lead` may be joined by own ones. */
const kinds = {
  opportunity: sale,
  lead: sale,
  contact: {
    name: 'text',
    givenName: 'text',
    familyName: 'text',
    honorific: 'text',
    isCompany: 'flag',
    parentId: 'contact',
    ...reached,
    mobile: 'phone',
    website: 'text',
    ...place,
    industry: 'text',
  },
  product: {
    name: 'text',
    code: 'text',
    category: 'text',
    unit: 'text',
    price: 'money',
    taxRate: 'percent',
    description: 'text',
  },
  team: { name: 'text', region: 'text' },
  user: { name: 'text', email: 'text' },
} as const satisfies Record<string, Record<string, FieldKind>>

export type TableKind = keyof typeof kinds

/** `attributes.employees`: a field that the company keeps for itself. */
const own = /^attributes\.[A-Za-z][A-Za-z0-9_]{0,39}$/

const ownFieldTypes = ['text', 'number', 'percent', 'flag', 'date', 'money'] as const

/** What a field of a kind must be declared as; `undefined` for one that it does not have. */
export const fieldKind = (kind: TableKind, name: string): FieldKind | undefined => {
  const fields: Readonly<Record<string, FieldKind>> = kinds[kind]
  if (Object.hasOwn(fields, name)) return fields[name]
  return ['opportunity', 'lead', 'contact'].includes(kind) && own.test(name) ? 'own' : undefined
}

/** Whether a field is declared as what it is. */
export const fits = (field: ValueField, expected: FieldKind): boolean => {
  if (expected === 'own') return ownFieldTypes.some((type) => type === field.type)
  return (field.type === 'record' ? field.of : field.type) === expected
}

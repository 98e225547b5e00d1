/**
 * Values of events as people read them: records by their names now, amounts and days as they are
 * written.
 *
 * @module
 */
import { isErased } from '@forsat/domain'
import type { HistoryEntry } from '@forsat/projections'
import type { Session } from './session.ts'
import { fieldName, valueName } from './texts/happenings.ts'

type Find = (
  id: string,
) => Promise<{ readonly name?: unknown; readonly title?: unknown } | undefined>

const isNoList = (value: unknown): boolean => Array.isArray(value) && value.length === 0

export const namesOf = (session: Session) => {
  const { scope, company, formats, texts, language } = session
  const { query } = session.forsat
  const everywhere = { company: company.id, everywhere: true }
  const finders: Readonly<Record<string, Find>> = {
    stageId: (id) => query.stages.get(id, scope),
    teamId: (id) => query.teams.get(id, scope),
    salespersonId: (id) => query.users.get(id, everywhere),
    userId: (id) => query.users.get(id, everywhere),
    contactId: (id) => query.contacts.get(id, scope),
    parentId: (id) => query.contacts.get(id, scope),
    productId: (id) => query.products.get(id, scope),
    productIds: (id) => query.products.get(id, scope),
    reasonId: (id) => query.lostReasons.get(id, scope),
    lostReasonId: (id) => query.lostReasons.get(id, scope),
    from: (id) => query.opportunities.get(id, scope),
    opportunityId: (id) => query.opportunities.get(id, scope),
    into: (id) => query.opportunities.get(id, scope),
  }
  const nameIn = async (find: Find, id: string): Promise<string> => {
    const found = await find(id)
    const name = found?.name ?? found?.title
    return typeof name === 'string' ? name : id
  }

  const value = async (field: string, of: unknown): Promise<string> => {
    if (of === undefined) return ''
    if (of === null) return texts.history.nothing
    if (isErased(of)) return texts.history.erased
    if (Array.isArray(of)) {
      const all = await Promise.all(of.map((each) => value(field, each)))
      return all.length === 0 ? texts.history.nothing : all.join(', ')
    }
    if (typeof of === 'number') return formats.number(of)
    if (field === 'quantity' && typeof of === 'string') return formats.digits(of)
    if (typeof of === 'object') return await objectText(of)
    if (typeof of !== 'string') return valueName(JSON.stringify(of), language)
    const text = of
    const find = finders[field.split('/').at(-1) ?? field]
    if (find !== undefined && /^[0-7][0-9A-Z]{25}$/.test(text)) return await nameIn(find, text)
    if (/^\d{4}-\d{2}-\d{2}T.*Z$/.test(text)) return formats.moment(text)
    return /^\d{4}-\d{2}-\d{2}$/.test(text) ? formats.day(text) : valueName(text, language)
  }

  const objectText = async (of: object): Promise<string> => {
    if ('amount' in of && 'currency' in of) {
      return formats.money({ amount: String(of.amount), currency: String(of.currency) })
    }
    if ('system' in of && 'id' in of) return `${String(of.system)}:${String(of.id)}`
    if ('kind' in of && 'description' in of) return await lineText({ ...of })
    if ('name' in of) return await value('name', of.name)
    const parts = Object.entries(of).filter(([, each]) => each !== null && !isNoList(each))
    const told = parts.map(
      async ([name, each]) => `${fieldName(name, language)} ${await value(name, each)}`,
    )
    return (await Promise.all(told)).join(', ')
  }

  /** A line of an offer as it is read aloud: so many of what, at which price, and what it comes to. */
  const lineText = async (line: Readonly<Record<string, unknown>>): Promise<string> => {
    const { description, quantity, unit, unitPrice, discountPercent, amount } = line
    const said = await value('description', description)
    if (quantity === undefined) return said
    const discount =
      discountPercent === undefined ? '' : ` - ${formats.percent(Number(discountPercent))}`
    const counted = await Promise.all([quantity, unit].map((part) => value('quantity', part)))
    const price = await value('unitPrice', unitPrice)
    const sum = await value('amount', amount)
    return `${counted.join(' ').trim()} × ${said}: ${price}${discount} = ${sum}`
  }

  return {
    value,
    actor: async ({ id, kind, name }: HistoryEntry['actor']): Promise<string> =>
      name ?? `${kind}:${id}`,
  }
}

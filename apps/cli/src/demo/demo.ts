/**
 * Makes the demo company: its people, what they sell, and a year of sales that end in every way.
 *
 * @module
 */
import { type Context, type Forsat, type Step, setUp } from '@forsat/application'
import { plusDays } from '@forsat/domain'
import { localDate, startOfDay } from '@forsat/domain/time'
import { foundCompany } from '../import-session.ts'
import { companiesOf } from '../session.ts'
import { company, contacts, products, sellers, teams } from './people.ts'
import { type DemoSale, demoSales } from './sales.ts'

export interface DemoMade {
  readonly companyId: string
  readonly contacts: number
  readonly opportunities: number
}

/** What of the company a sale refers to, in the order of the lists. */
interface Staff {
  readonly contacts: readonly string[]
  readonly products: readonly string[]
  readonly sellers: readonly string[]
  readonly teams: readonly string[]
  readonly stages: readonly string[]
  readonly reasons: readonly string[]
}

/** Makes it once; `undefined` where it is there already. */
export const makeDemo = async (forsat: Forsat): Promise<DemoMade | undefined> => {
  const known = await companiesOf(forsat)
  if (known.some(({ name }) => name === company.name)) return undefined
  const { companyId, userId } = await setUp(forsat, company)
  const own =
    known.length === 0 ? companyId : await foundCompany(forsat, company, { userId, system: 'demo' })
  const begun = { company: own, actor: `user:${userId}` }
  const staff = await staffOf(forsat, begun)
  const sales = demoSales()
  const today = localDate(forsat.clock.now(), company.zone)
  for (const sale of sales) {
    const seller = staff.sellers[sale.seller] ?? userId
    const id = forsat.ids.next()
    await done(forsat, stepsOf(id, sale, staff, today), { company: own, actor: `user:${seller}` })
  }
  await forsat.settle()
  return { companyId: own, contacts: contacts.length, opportunities: sales.length }
}

const staffOf = async (forsat: Forsat, context: Context): Promise<Staff> => {
  const scope = { company: context.company ?? '' }
  const make = async (type: string, data: object, more: readonly Step[] = []): Promise<string> => {
    const id = forsat.ids.next()
    const rest = more.map(({ command }) => ({
      command: { ...command, data: { id, ...command.data } },
    }))
    await done(forsat, [{ command: { type, data: { id, ...data } } }, ...rest], context)
    return id
  }

  const teamIds: string[] = []
  for (const team of teams) teamIds.push(await make('CreateTeam', team))
  const sellerIds: string[] = []
  for (const { name, team } of sellers) {
    const role = { type: 'GrantRole', data: { companyId: scope.company, role: 'sales' } }
    const userId = await make('RegisterUser', { name }, [{ command: role }])
    sellerIds.push(userId)
    const joins = { command: { type: 'JoinTeam', data: { id: teamIds[team], userId } } }
    await done(forsat, [joins], context)
  }
  const productIds: string[] = []
  for (const { price, ...product } of products) {
    const unitPrice = { amount: String(price), currency: company.currency }
    productIds.push(await make('CreateProduct', { ...product, prices: [{ unitPrice }] }))
  }
  const contactIds: string[] = []
  for (const [index, contact] of contacts.entries()) {
    contactIds.push(await make('RegisterContact', contactOf(contact, index, contactIds)))
  }

  await forsat.settle()
  const stages = await forsat.query.stages.list(scope, { limit: 200 })
  const reasons = await forsat.query.lostReasons.list(scope, { limit: 200 })
  if (stages._tag === 'Left' || reasons._tag === 'Left') throw new Error('a list was refused')
  return {
    contacts: contactIds,
    products: productIds,
    sellers: sellerIds,
    teams: teamIds,
    stages: stages.right.items.filter(({ won }) => !won).map(({ id }) => id),
    reasons: reasons.right.items.map(({ id }) => id),
  }
}

const contactOf = (
  contact: (typeof contacts)[number],
  index: number,
  known: readonly string[],
): object => {
  const { name, isCompany, region } = contact
  const number = String(index).padStart(2, '0')
  return {
    name,
    isCompany,
    region,
    country: 'IR',
    language: 'fa',
    ...('industry' in contact ? { industry: contact.industry } : {}),
    ...('parent' in contact ? { parentId: known[contact.parent] } : {}),
    email: `demo${number}@example.ir`,
    phone: `099900000${number}`,
  }
}

const stepsOf = (id: string, sale: DemoSale, staff: Staff, today: string): readonly Step[] => {
  /** In the middle of a working day, each step of a day a little later. */
  let minutes = 9 * 60
  const at = (daysAgo: number): string => {
    minutes += 5
    const midnight = Date.parse(startOfDay(plusDays(today, -daysAgo), company.zone))
    return new Date(midnight + minutes * 60_000).toISOString()
  }
  const step = (type: string, data: object, day: number): Step => ({
    command: { type, data: { id, ...data } },
    occurredAt: at(day),
  })
  const { end } = sale
  const team = sellers[sale.seller]?.team ?? 0
  return [
    step(
      sale.kind === 'lead' ? 'CaptureLead' : 'OpenOpportunity',
      {
        title: sale.title,
        contactId: staff.contacts[sale.contact],
        productIds: [staff.products[sale.product]],
        salespersonId: staff.sellers[sale.seller],
        teamId: staff.teams[team],
        source: sale.source,
        region: contacts[sale.contact]?.region,
        expectedRevenue: { amount: sale.amount, currency: company.currency },
      },
      sale.opened,
    ),
    ...sale.staged.map((day, index) =>
      step('StageOpportunity', { stageId: staff.stages[index + 1] }, day),
    ),
    ...(end === undefined ? [] : ending(end, staff, step)),
  ]
}

const ending = (
  end: NonNullable<DemoSale['end']>,
  { reasons }: Staff,
  step: (type: string, data: object, day: number) => Step,
): readonly Step[] => {
  if (end.outcome === 'won') {
    const revenue = { amount: end.revenue, currency: company.currency }
    return [step('WinOpportunity', { revenue }, end.day)]
  }
  const { day, reason, note, competitor, reopened } = end
  const data = {
    reasonId: reasons[reason],
    ...(note === undefined ? {} : { note }),
    ...(competitor === undefined ? {} : { competitor }),
  }
  return [
    step('LoseOpportunity', data, day),
    ...(reopened === undefined ? [] : [step('ReopenOpportunity', {}, reopened)]),
  ]
}

const done = async (forsat: Forsat, steps: readonly Step[], context: Context): Promise<void> => {
  const outcome = await forsat.executeTogether(steps, context)
  if (outcome._tag === 'Left') {
    throw new Error(`the demo was refused: ${JSON.stringify(outcome.left)}`)
  }
}

/**
 * Makes the demo company: its people, what they sell, and a year of sales and offers that end in
 * every way.
 *
 * @module
 */
import { type Context, type Forsat, type Step, setUp } from '@forsat/application'
import { localDate } from '@forsat/domain/time'
import { foundCompany } from '../import-session.ts'
import { companiesOf } from '../session.ts'
import { type Act, actsOf, type Staff } from './acts.ts'
import { demoOffers } from './offers.ts'
import { company, contacts, products, sellers, teams } from './people.ts'
import { demoSales } from './sales.ts'

export interface DemoMade {
  readonly companyId: string
  readonly contacts: number
  readonly opportunities: number
  readonly quotations: number
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
  const offers = demoOffers(sales)
  const today = localDate(forsat.clock.now(), company.zone)
  const acts = sales.flatMap((sale, index) =>
    actsOf({ sale, offer: offers[index], staff, today, ids: forsat.ids }),
  )
  // In the order in which it all happened, so that numbers follow the days.
  for (const { seller, steps } of acts.toSorted(byMoment)) {
    await done(forsat, steps, { company: own, actor: `user:${staff.sellers[seller] ?? userId}` })
  }
  await forsat.expireDue({ company: own, actor: 'system:expiry' })
  await forsat.settle()
  return {
    companyId: own,
    contacts: contacts.length,
    opportunities: sales.length,
    quotations: offers.filter((offer) => offer !== undefined).length,
  }
}

/** What happened at the same moment stays in the order of the sales. */
const byMoment = ({ moment: one }: Act, { moment: other }: Act): number =>
  Number(one > other) - Number(one < other)

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
    const fields = contactOf(contact, index, contactIds)
    const address = { type: 'AddAddress', data: addressOf(contact) }
    contactIds.push(await make('RegisterContact', fields, [{ command: address }]))
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

/** Where a contact is written to. */
const addressOf = ({ street, city, region }: (typeof contacts)[number]): object => ({
  street,
  city,
  region,
  country: 'IR',
})

const done = async (forsat: Forsat, steps: readonly Step[], context: Context): Promise<void> => {
  const outcome = await forsat.executeTogether(steps, context)
  if (outcome._tag === 'Left') {
    throw new Error(`the demo was refused: ${JSON.stringify(outcome.left)}`)
  }
}

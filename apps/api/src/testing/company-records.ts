/**
 * Two companies on one server, each with people in every role and with records of every kind. Whatever
 * text belongs to one holds its own word, so that it is known wherever it turns up.
 *
 * @internal
 * @module
 */
import { issueApiKey } from '@forsat/application'
import { Role } from '@forsat/domain'
import { euros, item, type Offered, seen } from './offers.ts'
import { type Made, type Served, until } from './served.ts'

export const roleNames = Role.options
export type RoleName = (typeof roleNames)[number]

/** What a request may name, of one company or of none. */
export interface Named {
  readonly word: string
  readonly companyId: string
  readonly contactId: string
  readonly addressId: string
  readonly productId: string
  readonly templateId: string
  readonly teamId: string
  readonly userId: string
  readonly stageId: string
  readonly wonStageId: string
  readonly reasonId: string
  readonly opportunityId: string
  readonly quotationId: string
  /** Of an order. */
  readonly number: string
  /** A currency that the company has a rate of. */
  readonly quote: string
}

/** The parameters of a path. */
export type Path = Readonly<Record<string, string>>

export interface Company {
  readonly named: Named
  readonly keys: Readonly<Record<RoleName, string>>
  /** What may be acted on, made anew for each act. */
  readonly make: Makers
}

type Done = <Body = Made>(method: string, path: string, body?: unknown) => Promise<Body>
type Base = Omit<Named, 'opportunityId' | 'quotationId' | 'number'>

export type Makers = ReturnType<typeof makersOf>

export const makersOf = (done: Done, { word, ...of }: Base) => {
  const post = <Body = Made>(path: string, body?: unknown) => done<Body>('POST', `/v1${path}`, body)
  const { contactId, companyId, reasonId, userId } = of
  const opened = (more: object) => post('/opportunities', { title: `${word} desks`, ...more })
  const drafted = (more: object = {}) => {
    const lines = [item(euros('100.00'), { description: `${word} desk`, quantity: '2' })]
    return post<Offered>('/quotations', { contactId, currency: 'EUR', lines, ...more })
  }
  const sent = async (more: object = {}) =>
    post<Offered>(`/quotations/${(await drafted(more)).id}/send`)
  const onePart = {
    options: [item(euros('20.00'), { description: `${word} support`, quantityEditable: true })],
  }
  const optionOf = ({ id, options }: Offered): Path => ({ id, optionId: options[0]?.id ?? '' })
  const tokenOf = ({ customerUrl = '' }: Offered) => customerUrl.split('/').at(-1) ?? ''
  const only = ({ id }: Made): Path => ({ id })
  /** One that was sent, and to which something was done then. */
  const sentAnd = async (command: string, body?: object) => {
    const { id } = await sent()
    await post(`/quotations/${id}/${command}`, body)
    return { id }
  }

  return {
    contact: async () => only(await post('/contacts', { name: `${word} Ltd` })),
    address: async (): Promise<Path> => {
      const address = { kind: 'invoice', street: `${word} street`, city: word }
      const { id } = await post('/contacts', { name: `${word} Ltd` })
      return { id, addressId: (await post(`/contacts/${id}/addresses`, address)).id }
    },
    product: async () => only(await post('/products', { name: `${word} desk` })),
    template: async () => only(await post('/templates', { name: `${word} office` })),
    stage: async () => only(await post('/stages', { name: word, position: 35 })),
    reason: async () => only(await post('/lost-reasons', { name: word })),
    team: async () => only(await post('/teams', { name: word })),
    user: async () => {
      const roles = [{ companyId, role: 'sales' }]
      return only(await post('/users', { name: `${word} person`, roles }))
    },
    member: async (): Promise<Path> => {
      const { id } = await post('/teams', { name: word })
      await post(`/teams/${id}/members`, { userId })
      return { id, userId }
    },
    run: async () => {
      const { id } = await post('/teams', { name: word })
      return only(await post('/assignment/runs', { teamId: id }))
    },
    opportunity: async () => only(await opened({ contactId })),
    lead: async () => only(await opened({ kind: 'lead', contactName: `${word} buyer` })),
    lost: async () => {
      const { id } = await opened({ contactId })
      await post(`/opportunities/${id}/lose`, { reasonId })
      return { id }
    },
    draft: async () => only(await drafted()),
    line: async (): Promise<Path> => {
      const { id, lines } = await drafted()
      return { id, lineId: lines[0]?.id ?? '' }
    },
    option: async (): Promise<Path> => optionOf(await drafted(onePart)),
    offeredOption: async (): Promise<Path> => optionOf(await sent(onePart)),
    optionLink: async (): Promise<Path> => {
      const offered = await sent(onePart)
      return { token: tokenOf(offered), optionId: optionOf(offered)['optionId'] ?? '' }
    },
    templated: async () => only(await drafted({ templateId: of.templateId })),
    sent: async () => only(await sent()),
    /** By mail, and taken by the server. */
    mailed: async () => {
      const { id } = await drafted()
      await post(`/quotations/${id}/send`, { by: 'mail', to: `${word}@example.com` })
      const shown = () => done<Offered>('GET', `/v1/quotations/${id}`)
      await until(shown, ({ delivery }) => delivery.state === 'delivered')
      return { id }
    },
    cancelled: () => sentAnd('cancel', { reason: word }),
    revised: () => sentAnd('revise'),
    order: async (): Promise<Path> => {
      const offered = await sent()
      const { order } = await post<Offered>(`/quotations/${offered.id}/confirm`, seen(offered))
      return { number: order?.number ?? '' }
    },
    link: async (): Promise<Path> => ({
      token: tokenOf(await sent()),
    }),
    company: async (): Promise<Path> => ({ id: companyId }),
    stream: async (): Promise<Path> => ({
      stream: `opportunity-${(await opened({ contactId })).id}`,
    }),
    rate: async (): Promise<Path> => ({ base: 'EUR', quote: of.quote, date: '2026-02-01' }),
    projection: async (): Promise<Path> => ({ name: 'contacts' }),
  }
}

export const keyOf = async (
  { forsat }: Served,
  userId: string,
  company: string,
  { delegate = false, everywhere = false } = {},
): Promise<string> => {
  const companyIds = everywhere ? [] : [company]
  const request = { userId, name: 'Test', companyIds, delegate }
  const issued = await issueApiKey(forsat, request, { company, actor: 'system:test' })
  if (issued._tag === 'Left') throw new Error(issued.left.type)
  await forsat.settle()
  return issued.right.key
}

/** A company with everything in it; `founder` is the key of somebody who may do everything there. */
const furnished = async (
  server: Served,
  founder: string,
  companyId: string,
  { word, quote }: Pick<Named, 'word' | 'quote'>,
): Promise<Company> => {
  const headers = { authorization: `Bearer ${founder}`, 'forsat-company': companyId }
  const done: Done = (method, path, body) => server.done(method, path, body, headers)
  const post = (path: string, body: unknown) => done('POST', `/v1${path}`, body)
  const known = {
    externalIds: [{ system: 'erp', id: `${word}-1` }],
    attributes: { region: word },
  }
  await done('PATCH', `/v1/companies/${companyId}`, {
    ...known,
    name: word,
    numberPatterns: { quotation: `${word}-Q-{seq:4}`, order: `${word}-S-{seq:4}` },
  })
  const people = new Map<RoleName, string>()
  for (const role of roleNames) {
    const roles = [{ companyId, role }]
    const own = role === 'sales' ? known : {}
    people.set(role, (await post('/users', { name: `${word} ${role}`, roles, ...own })).id)
  }
  const keys: [RoleName, string][] = []
  for (const [role, id] of people) keys.push([role, await keyOf(server, id, companyId)])

  const userId = people.get('sales') ?? ''
  const { id: contactId } = await post('/contacts', { name: `${word} trading`, ...known })
  const address = { kind: 'contact', street: `${word} street`, city: word }
  const stages = await done<{ items: readonly (Made & { won: boolean })[] }>('GET', '/v1/stages')
  await post('/stages', { name: word, position: 37, ...known })
  const stageOf = (won: boolean) => stages.items.find((each) => each.won === won)?.id ?? ''
  const prices = [{ unitPrice: euros('100.00') }]
  const base: Base = {
    word,
    quote,
    companyId,
    contactId,
    addressId: (await post(`/contacts/${contactId}/addresses`, address)).id,
    productId: (await post('/products', { name: `${word} desk`, prices, ...known })).id,
    templateId: (await post('/templates', { name: `${word} office`, ...known })).id,
    teamId: (await post('/teams', { name: word, ...known })).id,
    userId,
    stageId: stageOf(false),
    wonStageId: stageOf(true),
    reasonId: (await post('/lost-reasons', { name: word, ...known })).id,
  }
  const { teamId, productId } = base
  await post(`/teams/${teamId}/members`, { userId })
  await done('PUT', `/v1/exchange-rates/EUR/${quote}/2026-02-01`, { rate: '1.0837' })

  const make = makersOf(done, base)
  const title = `${word} desks`
  const whose = { contactId, teamId, salespersonId: userId, source: word }
  const { id: opportunityId } = await post('/opportunities', { title, ...whose, ...known })
  const { id: quotationId } = await post(`/opportunities/${opportunityId}/quotations`, {
    currency: 'EUR',
    subject: `${word} offer`,
    lines: [{ kind: 'item', productId, quantity: '3' }],
    ...known,
  })
  await post(`/quotations/${quotationId}/send`, {})
  await make.lost()
  await make.lead()
  const { number = '' } = await make.order()
  return {
    named: { ...base, opportunityId, quotationId, number },
    keys: Object.fromEntries(keys) as Record<RoleName, string>,
    make,
  }
}

/** Two companies that share a server, a founder who works for both, and nothing else. */
export const twoCompanies = async (
  server: Served,
): Promise<{ readonly here: Company; readonly there: Company; readonly founder: string }> => {
  const { companyId, userId } = server
  const founder = await keyOf(server, userId, companyId, { everywhere: true })
  const second = await server.done(
    'POST',
    '/v1/companies',
    { name: 'Zagros', currency: 'EUR', zone: 'Europe/Berlin', language: 'en' },
    { authorization: `Bearer ${founder}` },
  )
  return {
    founder,
    here: await furnished(server, founder, companyId, { word: 'Alborz', quote: 'CHF' }),
    there: await furnished(server, founder, second.id, { word: 'Zagros', quote: 'SEK' }),
  }
}

/** Names of nothing, each of the right shape. */
export const nothing: Named = {
  word: 'Nowhere',
  companyId: '01KDQ1A0M0C0MPANY000000006',
  contactId: '01KDQ1A0M0C0NTACT000000001',
  addressId: '01KDQ1A0M0ADDRESS000000008',
  productId: '01KDQ1A0M0PR0DVCT000000009',
  templateId: '01KDQ1A0M0TEMPXATE000000A0',
  teamId: '01KDQ1A0M0TEAM000000000007',
  userId: '01KDQ1A0M0ASEER00000000002',
  stageId: '01KDQ1A0M0STAGE00000000003',
  wonStageId: '01KDQ1A0M0W0NSTAGE00000003',
  reasonId: '01KDQ1A0M0REAS0N0000000004',
  opportunityId: '01KDQ1A0M0TWNSA1E000000005',
  quotationId: '01KDQ1A0M0Q00TE0000000000A',
  number: 'Nowhere-S-0001',
  quote: 'NOK',
}

/** A path of nothing, for each name of a parameter. */
export const pathOfNothing: Path = {
  id: nothing.opportunityId,
  addressId: nothing.addressId,
  userId: nothing.userId,
  lineId: '01KDQ1A0M0A1NE00000000000B',
  optionId: '01KDQ1A0M00PT10N000000000C',
  number: nothing.number,
  token: 'x'.repeat(43),
  stream: `opportunity-${nothing.opportunityId}`,
  name: 'nothing',
  base: 'EUR',
  quote: nothing.quote,
  date: '2026-02-01',
}

/**
 * A sale from its opening to its order, over HTTP at full durability: opened, a quotation of five
 * lines, sent, confirmed, and won by that.
 *
 * @module
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { issueApiKey, openForsat, setUp } from '@forsat/application'
import type { BareCall } from './bare-server.ts'
import { contest, perSecond, type Row } from './measure.ts'
import { rowsAfter, written } from './rows.ts'
import { type Server, serverOf } from './server-process.ts'

const program = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const bareProgram = fileURLToPath(new URL('bare-server.ts', import.meta.url))

/** Paths a second that Tryton reaches on the machine of the reference, in process and in memory. */
const tryton = 3
/** A hundred times as many is a quarter of what bare work reaches on two quiet cores. */
const aim = 0.25

interface Begun {
  readonly key: string
  readonly contactId: string
  readonly productIds: readonly string[]
}

/** A company that sells five things, one who buys them, and a key. */
const begin = async (store: string): Promise<Begun> => {
  await using forsat = await openForsat({ store })
  const { companyId: company, userId } = await setUp(forsat, { language: 'en' })
  const context = { company, actor: `user:${userId}` }
  const made = async (type: string, data: object): Promise<string> => {
    const outcome = await forsat.executeUnchecked({ type, data }, context)
    if (outcome._tag === 'Left') throw new Error(outcome.left.type)
    return outcome.right.id
  }
  const contactId = await made('RegisterContact', { name: 'Alborz', isCompany: true })
  await made('AddAddress', { id: contactId, street: '12 Zand', city: 'Shiraz' })
  const productIds: string[] = []
  for (let product = 1; product <= 5; product += 1) {
    const prices = [{ unitPrice: { amount: `${product}500000`, currency: 'IRR' } }]
    productIds.push(await made('CreateProduct', { name: `Desk ${product}`, unit: 'piece', prices }))
  }
  const issued = await issueApiKey(forsat, { userId, name: 'bench' }, context)
  if (issued._tag === 'Left') throw new Error(issued.left.type)
  return { key: issued.right.key, contactId, productIds }
}

interface Offer {
  readonly id: string
  readonly version: number
  readonly totals: { readonly total: object }
}

/** Four calls, each about what the one before has answered. */
const walk = async (post: Server['post'], { contactId, productIds }: Begun): Promise<void> => {
  const sale = await post<{ readonly id: string }>('/v1/opportunities', {
    title: 'Twelve desks',
    contactId,
    source: 'fair',
    expectedRevenue: { amount: '30000000', currency: 'IRR' },
  })
  const lines = productIds.map((productId, index) => ({ productId, quantity: String(index + 1) }))
  const { id } = await post<Offer>(`/v1/opportunities/${sale.id}/quotations`, { lines })
  const { version, totals } = await post<Offer>(`/v1/quotations/${id}/send`, {})
  const seen = { version, total: totals.total }
  const order = await post<{ readonly status: string }>(`/v1/quotations/${id}/confirm`, seen)
  if (order.status !== 'confirmed') throw new Error(`the quotation is ${order.status}`)
}

/** How many paths a second that many callers walk together. */
const walked = (post: Server['post'], begun: Begun, paths: number, callers: number) => {
  let left = paths
  return perSecond(paths, () =>
    Promise.all(
      Array.from({ length: callers }, async () => {
        while (left > 0) {
          left -= 1
          await walk(post, begun)
        }
      }),
    ),
  )
}

/** One path as the bare server is to repeat it: what each call answered, and the rows it left. */
const recorded = async (
  { post }: Pick<Server, 'post'>,
  begun: Begun,
  store: string,
): Promise<readonly BareCall[]> => {
  using log = new DatabaseSync(store, { readOnly: true })
  const last = () => Number(log.prepare('SELECT max(pos) last FROM event').get()?.['last'])
  const calls: BareCall[] = []
  const listening: Server['post'] = async (path, body) => {
    const before = last()
    const answer = await post<never>(path, body)
    const route = path.replace(/[0-9A-Z]{26}/, ':id')
    // One caller waits for each event, so each was a commit of its own.
    const commits = rowsAfter(log, before).map((row) => [row])
    calls.push({ path: route, commits, answer: JSON.stringify(answer) })
    return answer
  }
  await walk(listening, begun)
  return calls
}

export const wonPathRows = async (folder: string): Promise<readonly Row[]> => {
  const store = join(folder, 'won-path.db')
  const begun = await begin(`sqlite:${store}`)
  await using ours = await serverOf(
    [program, 'serve', '--port', '0', '--json', '--store', `sqlite:${store}`],
    { authorization: `Bearer ${begun.key}` },
  )
  const calls = await recorded(ours, begun, store)
  const file = join(folder, 'won-path.json')
  writeFileSync(file, JSON.stringify(calls, written))
  await using plain = await serverOf([bareProgram, join(folder, 'won-path-bare.db'), file])

  const events = calls.reduce((sum, { commits }) => sum + commits.length, 0)
  const work = `${calls.length} calls and ${events} events a path, the server in a process of its own; bare: Fastify and SQLite with the same answers and rows, ready; wanted are ${100 * tryton} paths/s`
  const row = (name: string, paths: number, callers: number, note: string) =>
    contest({
      row: name,
      unit: 'paths/s',
      aim,
      peer: tryton,
      note: `${note}; ${work}`,
      ours: () => walked(ours.post, begun, paths, callers),
      ceiling: () => walked(plain.post, begun, paths, callers),
    })
  return [
    await row('won-path', 400, 50, 'fifty callers at once, who share commits'),
    await row('won-path-1', 100, 1, 'one caller, each event a commit'),
  ]
}

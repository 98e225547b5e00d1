/**
 * Two who act at once, and one who acts twice, over HTTP; each is named by its case.
 */
import { once } from 'node:events'
import { issueApiKey, openForsat, setUp } from '@forsat/application'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  address,
  item,
  type Offered,
  offersOn,
  type Quotation,
  rials,
  seen,
} from './testing/offers.ts'
import { freePort, started, textOf } from './testing/processes.ts'
import { expectSameAfterReplay } from './testing/replay.ts'
import { type Made, type Served, serve } from './testing/served.ts'

interface Heard {
  readonly status: number
  readonly body: unknown
}
interface Items<Item> {
  readonly items: readonly Item[]
}

let server: Served
const { contact, draft, act, send, offer, shown, attempt } = offersOn(() => server)
beforeEach(async () => {
  server = await serve()
})
afterEach(() => server[Symbol.asyncDispose]())

const typesOf = async (id: string): Promise<readonly string[]> => {
  const path = `/v1/streams/quotation-${id}/events`
  return (await server.read<Items<{ type: string }>>(path)).items.map(({ type }) => type)
}

/** One of them was taken, and all others were told that they came late. */
const expectOneTaken = (heard: readonly Heard[], revision: number): void => {
  const taken = heard.filter(({ status }) => status < 300)
  expect(taken).toMatchObject([{ body: { revision: revision + 1 } }])
  for (const each of heard.filter((one) => !taken.includes(one))) {
    expect(each).toMatchObject({
      status: 412,
      body: { code: 'RevisionConflict', expected: revision, current: revision + 1 },
    })
    expect(JSON.stringify(each.body)).not.toMatch(/sqlite|database|locked/i)
  }
}

const cancelling = { reason: 'Sold the house' }

describe('O21 confirming against cancelling', () => {
  /** A sent one whose stream stands at revision 7. */
  const atSeven = async (): Promise<Offered> => {
    const { id } = await draft([item(rials('1000'))])
    for (let line = 0; line < 6; line += 1) await act(id, 'lines', item(rials('1000')))
    return send(id)
  }
  const seven = { 'if-match': '"7"' }
  const confirmation = (offered: Quotation) => attempt(offered.id, 'confirm', seen(offered), seven)
  const cancellation = ({ id }: Quotation) => attempt(id, 'cancel', cancelling, seven)

  const expectOneEnd = async ({ id }: Quotation): Promise<void> => {
    const types = await typesOf(id)
    expect(types).toHaveLength(9)
    expect(types.at(-1)).toMatch(/^Quotation(?:Confirmed|Cancelled)$/)
    const status = types.at(-1) === 'QuotationConfirmed' ? 'confirmed' : 'cancelled'
    expect(await shown(id)).toMatchObject({ status, revision: 8 })
    const { items } = await server.read<Items<object>>(`/v1/orders?quotationId=${id}`)
    expect(items).toHaveLength(status === 'confirmed' ? 1 : 0)
  }

  test('ends as one of the two, twenty times over', async () => {
    for (let time = 0; time < 20; time += 1) {
      const offered = await atSeven()
      expect(offered.revision).toBe(7)
      const asks = [() => confirmation(offered), () => cancellation(offered)]
      const inTurn = time % 2 === 0 ? asks : asks.toReversed()
      expectOneTaken(await Promise.all(inTurn.map((ask) => ask())), 7)
      await expectOneEnd(offered)
    }
    await expectSameAfterReplay(server)
  })

  test('ends as one of the two for fifty callers', async () => {
    const offered = await atSeven()
    const all = Array.from({ length: 50 }, (_, index) =>
      index % 2 === 0 ? confirmation(offered) : cancellation(offered),
    )
    const heard = await Promise.all(all)
    expect(heard).toHaveLength(50)
    expectOneTaken(heard, 7)
    await expectOneEnd(offered)
    await expectSameAfterReplay(server)
  })
})

describe('O21 over two processes', () => {
  test('ends as one of the two, and nobody waits for ever', async () => {
    const store = `sqlite:${server.folder}/two.db`
    const key = await keyTo(store)
    const ports = [await freePort(), await freePort()]
    const children = ports.map((port) =>
      started(server.folder, { FORSAT_STORE: store, PORT: String(port) }),
    )
    await Promise.all(children.map(({ stdout }) => textOf(stdout, /listening/i)))

    const ask = async (side: number, path: string, body?: object, revision?: number) => {
      const answer = await fetch(`http://127.0.0.1:${ports[side]}/v1${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(revision === undefined ? {} : { 'if-match': `"${revision}"` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(10_000),
      })
      return { status: answer.status, body: (await answer.json()) as Quotation }
    }
    const lines = [item(rials('1000'))]
    const { id: contactId } = (await ask(0, '/contacts', { name: 'Aftab' })).body
    await ask(0, `/contacts/${contactId}/addresses`, address)
    for (let time = 0; time < 10; time += 1) {
      const { id } = (await ask(0, '/quotations', { contactId, lines })).body
      const { body: offered } = await ask(0, `/quotations/${id}/send`, {})
      const { revision } = offered
      const heard = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          index % 4 < 2
            ? ask(index % 2, `/quotations/${id}/confirm`, seen(offered), revision)
            : ask(index % 2, `/quotations/${id}/cancel`, cancelling, revision),
        ),
      )
      expectOneTaken(heard, revision)
      const [here, there] = [await ask(0, `/quotations/${id}`), await ask(1, `/quotations/${id}`)]
      expect(here.body.revision).toBe(revision + 1)
      expect(there.body).toEqual(here.body)
    }
    // Whoever names no revision comes late, or is heard after the one before: never unheard.
    for (let time = 0; time < 5; time += 1) {
      const { id } = (await ask(0, '/quotations', { contactId, lines })).body
      const { body: offered } = await ask(0, `/quotations/${id}/send`, {})
      const heard = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          index % 4 < 2
            ? ask(index % 2, `/quotations/${id}/confirm`, seen(offered))
            : ask(index % 2, `/quotations/${id}/cancel`, cancelling),
        ),
      )
      expect(heard.filter(({ status }) => status !== 200 && status !== 409)).toEqual([])
      const taken = heard.filter(({ status }) => status === 200)
      expect(taken.length).toBeGreaterThan(0)
      const { revision } = (await ask(1, `/quotations/${id}`)).body
      expect(revision).toBe(offered.revision + taken.length)
    }
    for (const child of children) child.kill('SIGTERM')
    const exits = await Promise.all(children.map((child) => once(child, 'exit')))
    expect(exits).toEqual([
      [0, null],
      [0, null],
    ])
  })
})

/** A key to a store that nobody serves yet. */
const keyTo = async (store: string): Promise<string> => {
  await using forsat = await openForsat({ store })
  const { companyId, userId } = await setUp(forsat)
  const context = { company: companyId, actor: 'system:test' }
  const issued = await issueApiKey(forsat, { userId, name: 'Test' }, context)
  if (issued._tag === 'Left') throw new Error(issued.left.type)
  return issued.right.key
}

describe('O22 what is sent twice', () => {
  const under = (key: string) => ({ 'idempotency-key': key })
  const thrice = async <Value>(ask: () => Promise<Value>) => Promise.all([ask(), ask(), ask()])

  test('is done once, and answered alike for as long as the key is kept', async () => {
    const offered = await offer([item(rials('1000'))])
    const confirm = (key: string, more: object = {}) =>
      attempt(offered.id, 'confirm', { ...seen(offered), ...more }, under(key))
    const confirmed = await thrice(() => confirm('confirm-1'))
    for (const each of confirmed) {
      expect(each).toMatchObject({ status: 200, body: confirmed[0].body })
    }
    const body = { contactId: await contact() }
    const drafted = await thrice(() =>
      server.call<Made>('POST', '/v1/quotations', body, under('draft-1')),
    )
    expect(new Set(drafted.map(({ body: { id } }) => id)).size).toBe(1)
    expect(await server.read('/v1/quotations?count=true&limit=1')).toMatchObject({ total: 2 })
    expect(await server.read('/v1/orders?count=true')).toMatchObject({ total: 1 })
    expect(await typesOf(offered.id)).toEqual([
      'QuotationDrafted',
      'QuotationSent',
      'QuotationConfirmed',
    ])

    await expectSameAfterReplay(server)
    const before = await server.forsat.store.head()
    expect(await confirm('confirm-1')).toMatchObject({ status: 200, body: confirmed[0].body })
    expect(await confirm('confirm-2')).toMatchObject({
      status: 409,
      body: { code: 'QuotationAlreadyConfirmed' },
    })
    expect(await confirm('confirm-1', { note: 'Again' })).toMatchObject({
      status: 422,
      body: { code: 'IdempotencyKeyReused' },
    })
    expect(await server.forsat.store.head()).toBe(before)
  })
})

import type { EventStore } from '@forsat/event-store'
import { memoryKeys, memoryStore } from '@forsat/event-store/memory'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { testClock } from '../clock.ts'
import { createForsat } from '../forsat.ts'
import { mintedIds } from '../ids.ts'
import { setUp } from '../set-up.ts'

const clock = testClock('2026-03-01T08:00:00.000Z')

/** A store that loses its connection once, at the first event of a type. */
const failingOnce = (store: EventStore, type: string): EventStore => {
  let failed = false
  return {
    ...store,
    append: async (append) => {
      if (!failed && append.events.some((event) => event.type === type)) {
        failed = true
        throw new Error('the power is gone')
      }
      return store.append(append)
    },
  }
}

const merging = async (store: EventStore, report: (message: string) => void = () => {}) => {
  const ids = mintedIds(clock)
  const given = { store, keys: memoryKeys(), readModels: ':memory:', clock, ids, report }
  const forsat = await createForsat(given)
  const { companyId: company, userId } = await setUp(forsat)
  const context = { company, actor: `user:${userId}` }
  const open = async (title: string, source: string) => {
    const opened = await forsat.execute(
      { type: 'OpenOpportunity', data: { title, source } },
      context,
    )
    if (E.isLeft(opened)) throw new Error(opened.left.type)
    return opened.right.id
  }
  const [survivor, duplicate] = [await open('A', 'fair'), await open('B', 'web')]
  const merge = () =>
    forsat.execute(
      { type: 'MergeOpportunities', data: { id: survivor, from: [duplicate] } },
      context,
    )
  const absorbed = async () => {
    let count = 0
    for await (const page of store.readStream(`opportunity-${survivor}`)) {
      count += page.filter(({ type }) => type === 'OpportunityAbsorbed.v1').length
    }
    return count
  }
  return { forsat, merge, absorbed }
}

test('what follows from an event is done once, by the call that caused it', async () => {
  const { forsat, merge, absorbed } = await merging(memoryStore({ clock }))
  await using _closing = forsat
  expect(E.isRight(await merge())).toBe(true)
  expect(await absorbed()).toBe(1)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  expect(await absorbed()).toBe(1)
})

test('a subscription that failed says so, and goes on', async () => {
  const store = memoryStore({ clock })
  let failed = false
  const told: string[] = []
  const flaky: EventStore = {
    ...store,
    async *follow(options) {
      for await (const page of store.follow(options)) {
        // The one that follows for the policies asks for pages of a size.
        if (options.pageSize !== undefined && !failed) {
          failed = true
          throw new Error('the disk is full')
        }
        yield page
      }
    },
  }
  const { forsat, merge, absorbed } = await merging(
    failingOnce(flaky, 'OpportunityAbsorbed.v1'),
    (message) => told.push(message),
  )
  await using _closing = forsat
  await expect(merge()).rejects.toThrow('the power is gone')
  await expect.poll(absorbed, { timeout: 8000 }).toBe(1)
  expect(told).toEqual([expect.stringContaining('the disk is full')])
})

test('what a crash left undone is done later, without anybody asking', async () => {
  const { forsat, merge, absorbed } = await merging(
    failingOnce(memoryStore({ clock }), 'OpportunityAbsorbed.v1'),
  )
  await using _closing = forsat
  await expect(merge()).rejects.toThrow('the power is gone')
  expect(await absorbed()).toBe(0)
  await expect.poll(absorbed, { timeout: 5000 }).toBe(1)
})

test('what was taken back before anybody came to it has no consequences any more', async () => {
  const store = failingOnce(memoryStore({ clock }), 'QuotationReinstated.v1')
  const ids = mintedIds(clock)
  await using forsat = await createForsat({ store, keys: memoryKeys(), clock, ids })
  const { companyId: company, userId } = await setUp(forsat)
  const done = async (type: string, data: object): Promise<string> => {
    const outcome = await forsat.executeUnchecked(
      { type, data },
      { company, actor: `user:${userId}` },
    )
    if (E.isLeft(outcome)) throw new Error(outcome.left.type)
    return outcome.right.id
  }
  await done('SetPolicies', { id: company, requireLostReason: false })
  const contactId = await done('RegisterContact', { name: 'Alborz' })
  await done('AddAddress', { id: contactId, street: '12 Zand', city: 'Shiraz' })
  const sale = await done('OpenOpportunity', { title: 'Desks', contactId })
  const unitPrice = { amount: '1000', currency: 'IRR' }
  const lines = [{ description: 'Desk', quantity: '1', unitPrice }]
  const id = await done('DraftQuotation', { opportunityId: sale, lines })
  await done('SendQuotation', { id })
  await done('LoseOpportunity', { id: sale })
  await expect(done('ReopenOpportunity', { id: sale })).rejects.toThrow('the power is gone')
  await done('LoseOpportunity', { id: sale })

  const seen = async () => (await store.policies.find('reactions')) ?? 0
  const last = await store.head()
  await expect.poll(seen, { timeout: 8000 }).toBeGreaterThanOrEqual(last)
  await forsat.settle()
  const offer = await forsat.query.quotations.get(id, { company })
  expect(offer?.status).toBe('cancelled')
})

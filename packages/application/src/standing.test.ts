import type { EventStore } from '@forsat/event-store'
import { memoryKeys, memoryStore } from '@forsat/event-store/memory'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { testClock } from './clock.ts'
import { createForsat } from './forsat.ts'
import { mintedIds } from './ids.ts'
import { setUp } from './set-up.ts'
import type { Command } from './use-cases.ts'

const clock = testClock('2026-02-01T08:00:00.000Z')

/** A store in which somebody else is faster, once, just before an event of a type is written. */
const overtaking = (store: EventStore) => {
  let faster: { readonly type: string; readonly act: () => Promise<unknown> } | undefined
  return {
    store: {
      ...store,
      append: async (append) => {
        const now = faster
        if (now !== undefined && append.events.some(({ type }) => type === now.type)) {
          faster = undefined
          await now.act()
        }
        return store.append(append)
      },
    } satisfies EventStore,
    before: (type: string, act: () => Promise<unknown>) => {
      faster = { type, act }
    },
  }
}

const selling = async () => {
  const { store, before } = overtaking(memoryStore({ clock }))
  const forsat = await createForsat({ store, keys: memoryKeys(), clock, ids: mintedIds(clock) })
  const { companyId: company, userId } = await setUp(forsat, { language: 'en', currency: 'EUR' })
  const staff = { company, actor: `user:${userId}` }
  const ask = (command: Command) => forsat.execute(command, staff)
  const done = async (command: Command) => {
    const outcome = await ask(command)
    if (E.isLeft(outcome)) throw new Error(JSON.stringify(outcome.left))
    return outcome.right
  }
  const { id: contactId } = await done({ type: 'RegisterContact', data: { name: 'Pars' } })
  await done({ type: 'AddAddress', data: { id: contactId, street: 'Zand 12', city: 'Shiraz' } })
  const unitPrice = { amount: '400.00', currency: 'EUR' }
  const lines = [{ description: 'Desk', unitPrice }]
  const { id } = await done({ type: 'DraftQuotation', data: { contactId, lines } })
  const offer = { id, version: 1, total: unitPrice }
  return {
    before,
    ask,
    done,
    company,
    id,
    send: { type: 'SendQuotation', data: { id } } satisfies Command,
    confirm: { type: 'ConfirmQuotation', data: offer } satisfies Command,
    accept: { type: 'AcceptQuotation', data: { ...offer, name: 'Mina' } } satisfies Command,
    cancel: { type: 'CancelQuotation', data: { id, reason: 'House sold' } } satisfies Command,
    shown: async () => {
      await forsat.settle()
      return forsat.query.quotations.get(id, { company })
    },
    [Symbol.asyncDispose]: () => forsat[Symbol.asyncDispose](),
  }
}

describe('who names no revision, and whom somebody overtakes', () => {
  test('does not cancel what was confirmed a moment ago (O21 e)', async () => {
    await using at = await selling()
    const { before, ask, done, send, cancel, confirm, shown } = at
    const { revision } = await done(send)
    before('QuotationCancelled.v1', () => done(confirm))
    expect(await ask(cancel)).toMatchObject(
      E.left({ type: 'RevisionConflict', expected: revision, current: revision + 1 }),
    )
    expect(await shown()).toMatchObject({ status: 'confirmed', revision: revision + 1 })
    await done(cancel)
    expect(await shown()).toMatchObject({ status: 'cancelled', order: { status: 'cancelled' } })
  })

  test('does not confirm what was cancelled a moment ago', async () => {
    await using at = await selling()
    const { before, ask, done, send, cancel, confirm, shown } = at
    const { revision } = await done(send)
    before('QuotationConfirmed.v1', () => done(cancel))
    expect(await ask(confirm)).toEqual(E.left({ type: 'QuotationCancelled' }))
    expect(await shown()).toMatchObject({ status: 'cancelled', revision: revision + 1 })
  })

  test('does not cancel an offer where they meant a draft, nor one that was accepted', async () => {
    await using at = await selling()
    const { before, ask, done, send, cancel, accept, company } = at
    before('QuotationCancelled.v1', () => done(send))
    expect(await ask(cancel)).toMatchObject(E.left({ type: 'RevisionConflict' }))
    await done({ type: 'SetPolicies', data: { id: company, onAccept: 'record' } })
    before('QuotationCancelled.v1', () => done(accept))
    expect(await ask(cancel)).toMatchObject(E.left({ type: 'RevisionConflict' }))
  })

  test('is heard where only a link came between', async () => {
    await using at = await selling()
    const { before, done, id, send, cancel, shown } = at
    await done(send)
    before('QuotationCancelled.v1', () => done({ type: 'IssueQuotationLink', data: { id } }))
    await done(cancel)
    expect(await shown()).toMatchObject({ status: 'cancelled' })
  })
})

/**
 * A company that sells in euros, with one customer, and how its quotations are asked for and seen.
 *
 * @module
 */
import type { SubjectKeys } from '@forsat/event-store'
import { memoryKeys, memoryStore } from '@forsat/event-store/memory'
import type { QuotationView } from '@forsat/projections'
import * as E from 'fp-ts/lib/Either.js'
import { testClock } from '../clock.ts'
import type { Context, Outcome } from '../context.ts'
import { createForsat, type Forsat } from '../forsat.ts'
import { mintedIds } from '../ids.ts'
import type { Refusal } from '../refusal.ts'
import { setUp } from '../set-up.ts'
import type { Command } from '../use-cases.ts'

export type Lines = NonNullable<Extract<Command, { type: 'DraftQuotation' }>['data']['lines']>

export interface Selling extends AsyncDisposable {
  readonly forsat: Forsat
  readonly company: string
  readonly contactId: string
  /** With which personal data can be made unreadable. */
  readonly keys: SubjectKeys
  done(command: Command, context?: Partial<Context>): Promise<Outcome>
  /** Why it was turned down. Throws where it was not, or where something was recorded all the same. */
  refusal(command: Command, context?: Partial<Context>): Promise<Refusal>
  drafted(lines: Lines, more?: object): Promise<QuotationView>
  shown(id: string): Promise<QuotationView>
}

export const selling = async (): Promise<Selling> => {
  const clock = testClock('2026-02-01T08:00:00.000Z')
  const store = memoryStore({ clock })
  const keys = memoryKeys()
  const forsat = await createForsat({ store, keys, clock, ids: mintedIds(clock) })
  const { companyId: company, userId } = await setUp(forsat, { language: 'en', currency: 'EUR' })
  const staff = { company, actor: `user:${userId}` }

  const done: Selling['done'] = async (command, context) => {
    const outcome = await forsat.execute(command, { ...staff, ...context })
    if (E.isLeft(outcome)) throw new Error(JSON.stringify(outcome.left))
    return outcome.right
  }
  const refusal: Selling['refusal'] = async (command, context) => {
    const before = await store.head()
    const outcome = await forsat.execute(command, { ...staff, ...context })
    if (E.isRight(outcome)) throw new Error(`${command.type} was not refused`)
    if ((await store.head()) !== before) throw new Error(`${command.type} left a trace`)
    return outcome.left
  }
  const shown: Selling['shown'] = async (id) => {
    await forsat.settle()
    const view = await forsat.query.quotations.get(id, { company })
    if (view === undefined) throw new Error(`there is no quotation ${id}`)
    return view
  }
  await done({ type: 'ReviseCompany', data: { id: company, defaultTaxRate: '10' } })
  const { id: contactId } = await done({ type: 'RegisterContact', data: { name: 'Pars' } })
  await done({ type: 'AddAddress', data: { id: contactId, street: 'Zand 12', city: 'Shiraz' } })

  return {
    forsat,
    company,
    contactId,
    keys,
    done,
    refusal,
    drafted: async (lines, more = {}) => {
      const data = { contactId, lines, ...more }
      return shown((await done({ type: 'DraftQuotation', data })).id)
    },
    shown,
    [Symbol.asyncDispose]: () => forsat[Symbol.asyncDispose](),
  }
}

/**
 * Offers in the store that commands open, for tests: the command line itself writes none.
 *
 * @module
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type AnyCommand, openForsat, setUp, testClock } from '@forsat/application'

interface Offers {
  readonly count?: number
  readonly validUntil: string
  /** Whether the sale of each is lost, and then opened again. */
  readonly fall?: boolean
}

/** On a day in spring; each is sent, and valid to the last day. */
export const offered = async (
  folder: string,
  { count = 1, validUntil, fall = false }: Offers,
): Promise<readonly string[]> => {
  await mkdir(join(folder, 'data'), { recursive: true })
  const store = `sqlite:${join(folder, 'data', 'forsat.db')}`
  await using forsat = await openForsat({ store, clock: testClock('2026-06-01T08:00:00.000Z') })
  const { companyId: company, userId } = await setUp(forsat, { language: 'fa' })
  const done = async (command: AnyCommand): Promise<string> => {
    const outcome = await forsat.executeUnchecked(command, { company, actor: `user:${userId}` })
    if (outcome._tag === 'Left') throw new Error(JSON.stringify(outcome.left))
    return outcome.right.id
  }
  if (fall) await done({ type: 'SetPolicies', data: { id: company, requireLostReason: false } })
  const contactId = await done({ type: 'RegisterContact', data: { name: 'البرز' } })
  await done({ type: 'AddAddress', data: { id: contactId, street: 'بلوار زند', city: 'شیراز' } })
  const unitPrice = { amount: '1000000', currency: 'IRR' }
  const lines = [{ description: 'میز', quantity: '2', unitPrice }]
  const ids: string[] = []
  for (let offer = 0; offer < count; offer += 1) {
    const sale = await done({ type: 'OpenOpportunity', data: { title: 'میزها', contactId } })
    const drafting = { opportunityId: sale, lines, validUntil }
    const id = await done({ type: 'DraftQuotation', data: drafting })
    await done({ type: 'SendQuotation', data: { id } })
    ids.push(id)
    if (!fall) continue
    await done({ type: 'LoseOpportunity', data: { id: sale } })
    await done({ type: 'ReopenOpportunity', data: { id: sale } })
  }
  return ids
}

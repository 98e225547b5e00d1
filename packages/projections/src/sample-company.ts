/**
 * A company at work, with read models over its log: what tests of answers begin with.
 *
 * @module
 */
import type { OpportunityCommand } from '@forsat/domain'
import type * as E from 'fp-ts/lib/Either.js'
import { inMemory } from './database.ts'
import { createProjections, type Projections } from './projections.ts'
import { acme, idOf, on, type SampleLog, sampleLog } from './sample-log.ts'

export const scope = { company: acme }

export const price = { id: idOf('R', 1), name: 'قیمت', archived: false, requiresNote: false }
const proposal = { id: idOf('S', 1), name: 'Proposal', won: false as const }
const signed = { id: idOf('S', 2), name: 'Signed', won: true as const }

type Fields = Partial<Extract<OpportunityCommand, { type: 'OpenOpportunity' }>['data']>

export interface SampleCompany extends AsyncDisposable {
  readonly log: SampleLog
  readonly projections: Projections
  /** Waits for what was told so far. */
  readonly upToDate: () => Promise<void>
  /** Opens the n-th opportunity. */
  readonly opens: (n: number, fields?: Fields, day?: string) => Promise<unknown>
  readonly loses: (n: number, reason?: typeof price, day?: string) => Promise<unknown>
  readonly wins: (n: number, day?: string) => Promise<unknown>
  readonly reopens: (n: number, day?: string) => Promise<unknown>
  readonly createsReason: (id: string, name: string) => Promise<unknown>
}

export const sampleCompany = async (): Promise<SampleCompany> => {
  const log = sampleLog()
  const projections = await createProjections({ ...log, now: () => log.now, path: inMemory })
  return {
    log,
    projections,
    upToDate: async () => {
      const isThere = await projections.waitFor(await log.store.head(), { timeoutMs: 5000 })
      if (!isThere) throw new Error('the read models do not come after')
    },
    opens: (n, fields = {}, day = '2026-01-10') =>
      log.ask(idOf('A', n), {
        type: 'OpenOpportunity',
        data: { title: `No ${n}`, emailPresent: false, phonePresent: false, ...fields, ...on(day) },
      }),
    loses: (n, reason = price, day = '2026-01-20') =>
      log.ask(idOf('A', n), {
        type: 'LoseOpportunity',
        data: {
          reason,
          requireReason: true,
          quoted: [],
          quotationSent: false,
          cause: 'person',
          ...on(day),
        },
      }),
    wins: (n, day = '2026-01-20') =>
      log.ask(idOf('A', n), {
        type: 'WinOpportunity',
        data: { stage: signed, cause: 'person', ...on(day) },
      }),
    reopens: (n, day = '2026-01-25') =>
      log.ask(idOf('A', n), {
        type: 'ReopenOpportunity',
        data: { stage: proposal, cause: 'person', ...on(day) },
      }),
    createsReason: (id, name) =>
      log.tell('lostreason', id, [
        { type: 'LostReasonCreated', data: { name, position: 1, requiresNote: false } },
      ]),
    [Symbol.asyncDispose]: () => projections[Symbol.asyncDispose](),
  }
}

/** What was answered; a refusal fails the test. */
export const right = <Value>(answer: E.Either<unknown, Value>): Value => {
  if (answer._tag === 'Left') throw new Error(JSON.stringify(answer.left))
  return answer.right
}

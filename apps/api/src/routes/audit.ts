/**
 * Proofs of the log over HTTP: what somebody elsewhere keeps, and what they check it with.
 *
 * @module
 */
import { type Forsat, lateEntries } from '@forsat/application'
import type { Scope } from '@forsat/projections'
import * as z from 'zod'
import { readHeaders } from '../asking.ts'
import { type Caller, scopeOf } from '../caller.ts'
import { type Api, answers, none, operation } from '../operation.ts'
import { granted, Refused } from '../problem.ts'
import { wholeNumber } from '../values.ts'

const path = '/audit'
const tag = 'Audit'

const key = z.string().describe('What to check it with, as one line; publish it out of reach.')

const SignedView = z
  .strictObject({
    checkpoint: z
      .string()
      .describe('A signed note: name, number of events, root; then signatures.'),
    size: z.int(),
    key,
  })
  .meta({ id: 'Checkpoint' })

const ProofView = z
  .strictObject({ proof: z.string().describe('The file that others check.'), key })
  .meta({ id: 'Proof' })

const LatePage = z
  .strictObject({
    items: z.array(
      z.strictObject({
        position: z.string(),
        id: z.string(),
        stream: z.string(),
        type: z.string(),
        occurredAt: z.string(),
        recordedAt: z.string(),
        actor: z.string().describe('kind:id'),
        daysLate: z.int(),
        period: z.string().optional().describe('The period that was closed by then.'),
      }),
    ),
    next: z.string().optional().describe('To go on behind.'),
  })
  .meta({ id: 'LateEntries' })

export const auditRoutes = (api: Api, forsat: Forsat): void => {
  const { audit, query: queries } = forsat
  const maySee = async (scope: Scope, position: number): Promise<boolean> => {
    const { items } = granted(await queries.events(scope, { after: position - 1, limit: 1 }))
    return items[0]?.position === String(position)
  }
  api.get(
    `${path}/checkpoint`,
    {
      schema: {
        ...operation({ summary: 'Signs the log as it is now', tag, role: 'read' }),
        params: none,
        querystring: none,
        headers: readHeaders,
        response: answers(SignedView),
      },
    },
    async () => {
      const { note, size, verifierKey } = granted(await audit.checkpoint())
      return { checkpoint: note, size, key: verifierKey }
    },
  )
  api.get(
    `${path}/proofs/inclusion`,
    {
      schema: {
        ...operation({
          summary: 'Proves that an event is in the log',
          tag,
          role: 'read',
          description:
            'The file leads to a signed checkpoint. It holds the envelope itself where the caller may see the event.',
        }),
        params: none,
        querystring: z.strictObject({
          position: wholeNumber(1).optional().describe('Of the event; by default the newest.'),
        }),
        headers: readHeaders,
        response: answers(ProofView),
      },
    },
    async ({ caller, query }) => {
      const position = query.position ?? Math.max(1, await forsat.store.head())
      const isSeen = await maySee(scopeOf(caller), position)
      const { text, verifierKey } = granted(await audit.inclusion(position - 1, { bare: !isSeen }))
      return { proof: text, key: verifierKey }
    },
  )
  api.get(
    `${path}/proofs/consistency`,
    {
      schema: {
        ...operation({
          summary: 'Proves that the log holds an earlier one unchanged',
          tag,
          role: 'read',
        }),
        params: none,
        querystring: z.strictObject({
          from: wholeNumber(1)
            .optional()
            .describe('The number of events of an earlier checkpoint; by default the first.'),
          to: wholeNumber(1).optional().describe('Of a later one; by default all.'),
        }),
        headers: readHeaders,
        response: answers(ProofView),
      },
    },
    async ({ query: { from = 1, to } }) => {
      const { text, verifierKey } = granted(await audit.consistency(from, to))
      return { proof: text, key: verifierKey }
    },
  )
  api.get(
    `${path}/late`,
    {
      schema: {
        ...operation({
          summary: 'Lists what was told after its period was closed, or long after it happened',
          tag,
          role: 'read',
        }),
        params: none,
        querystring: z.strictObject({
          days: wholeNumber(0, 36_500).optional().describe('Late by so many days; 30 if not said.'),
          after: wholeNumber(0).optional().describe('Behind this position.'),
          limit: wholeNumber(1, 200).optional().describe('At most, 50 if not said.'),
        }),
        headers: readHeaders,
        response: answers(LatePage),
      },
    },
    async ({ caller, query: { days = 30, after, limit = 50 } }) => {
      const { id, zone } = await companyOf(forsat, caller)
      const { items, next } = await lateEntries(forsat.store, {
        company: { id, zone },
        days,
        after,
        limit,
      })
      return {
        items: items.map((each) => ({ ...each, position: String(each.position) })),
        ...(next === undefined ? {} : { next: String(next) }),
      }
    },
  )
}

const companyOf = async ({ query }: Forsat, caller: Caller) => {
  const company = await query.companies.get(caller.company, scopeOf(caller))
  if (company === undefined) throw new Refused({ type: 'NotFound' })
  return company
}

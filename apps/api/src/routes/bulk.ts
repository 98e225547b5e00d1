/**
 * One command for many records. Each is decided on its own and says on its own what became of it.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import { Ulid } from '@forsat/domain'
import * as z from 'zod'
import { contextOf, creationHeaders, partOf } from '../asking.ts'
import { bodyOf, bodyWith, type CommandName, dataOf } from '../command-body.ts'
import { exampleOf } from '../examples.ts'
import { type Api, answers, none, operation } from '../operation.ts'
import { Fault, Refused } from '../problem.ts'
import { awaited } from '../records.ts'
import { languageOf, sentence } from '../refusals.ts'

const ids = z
  .array(Ulid)
  .min(1)
  .max(200)
  .refine((each) => new Set(each).size === each.length, 'must name each only once')

const BulkAnswer = z
  .strictObject({
    items: z.array(
      z.strictObject({
        id: Ulid,
        ok: z.boolean(),
        revision: z.int().optional(),
        code: z.string().optional(),
        detail: z.string().optional(),
        errors: z.array(Fault).optional(),
      }),
    ),
  })
  .meta({ id: 'BulkAnswer' })

export interface BulkRoute {
  /** The whole address, `/opportunities/lose`. */
  readonly path: string
  readonly command: CommandName
  readonly summary: string
}

export const bulkRoutes = (
  api: Api,
  forsat: Forsat,
  tag: string,
  bulks: readonly BulkRoute[],
): void => {
  for (const { path, command, summary } of bulks) {
    const example = { ids: ['01KDQ1A0M0TWNSA1E000000005'], ...exampleOf(command) }
    api.post(
      path,
      {
        schema: {
          ...operation({ summary, tag, role: 'sell', command }),
          params: none,
          querystring: none,
          headers: creationHeaders,
          body: bodyWith({ ids, ...bodyOf(command).shape }, example),
          response: answers(BulkAnswer),
        },
      },
      async (request, reply) => {
        const { occurredAt, data } = dataOf(request.body)
        const { ids: wanted, ...shared } = data as { readonly ids: readonly string[] }
        const context = contextOf(request, occurredAt)
        const one = (id: string, index: number) =>
          forsat.executeUnchecked(
            { type: command, data: { ...shared, id } },
            partOf(context, index),
          )
        const [begun = '', ...others] = wanted
        // The first tells whether the key was used for something else, before anything is done.
        const first = unlessMisused(await one(begun, 0))
        const rest = await Promise.all(others.map((id, index) => one(id, index + 1)))
        const outcomes = [first, ...rest.map(unlessMisused)]
        const language = languageOf(request.headers['accept-language'])
        const items = outcomes.map((outcome, index) => {
          const id = wanted[index] ?? ''
          if (outcome._tag === 'Right') return { id, ok: true, revision: outcome.right.revision }
          const { left } = outcome
          const told = { code: left.type, detail: sentence({ ...left }, language) }
          const where = left.type === 'InvalidRequest' ? { errors: [...left.errors] } : {}
          return { id, ok: false, ...told, ...where }
        })
        const last = Math.max(
          0,
          ...outcomes.map((each) => (each._tag === 'Right' ? each.right.position : 0)),
        )
        await awaited(forsat, last, reply)
        return { items }
      },
    )
  }
}

type Outcome = Awaited<ReturnType<Forsat['executeUnchecked']>>

/** An outcome of a part; that the key stands for another request is said of the whole. */
const unlessMisused = (outcome: Outcome): Outcome => {
  if (outcome._tag === 'Right' || outcome.left.type !== 'IdempotencyKeyReused') return outcome
  throw new Refused({ type: 'IdempotencyKeyReused' })
}

/**
 * What a request says beside its data: which revision it has seen, which repeat it is, which past it
 * asks for.
 *
 * @module
 */
import type { Context, Forsat } from '@forsat/application'
import type { Queries } from '@forsat/projections'
import type { FastifyRequest } from 'fastify'
import * as z from 'zod'
import { managedBy } from './caller.ts'
import { Refused } from './problem.ts'
import { moment, wholeNumber } from './values.ts'

const revision = z
  .string()
  .regex(/^"(?:0|[1-9]\d{0,14})"$/, 'must be a revision in quotes, like "3"')
  .optional()
  .describe('The revision the caller has seen, as ETag gave it; another one is 412.')
const company = z
  .string()
  .optional()
  .describe("The company acted for; by default the key's only or first one.")
const repeat = z
  .string()
  .regex(/^[\x21-\x7E]{1,200}$/, 'must be 1 to 200 visible ASCII characters')
  .optional()
  .describe('The same key with the same request is carried out once; kept for at least a day.')

/** The headers that a route knows; all others are none of its business. */
export const readHeaders = z.looseObject({ 'forsat-company': company })
export const commandHeaders = readHeaders.extend({
  'idempotency-key': repeat,
  'if-match': revision,
})
export const creationHeaders = readHeaders.extend({ 'idempotency-key': repeat })
/** Of commands that nobody needs a key for. */
export const publicHeaders = z.looseObject({ 'idempotency-key': repeat })

/** A W3C traceparent; one that is not well formed is as if it were not there. */
const traceparent = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/

const textOf = (header: string | readonly string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : undefined

/** Who commands, and under which conditions. */
export const contextOf = (request: FastifyRequest, occurredAt?: string): Context => {
  const { caller, headers } = request
  const seen = textOf(headers['if-match'])
  return {
    company: caller.company,
    companies: caller.companies,
    manages: managedBy(caller),
    actor: caller.actor,
    onBehalfOf: caller.onBehalfOf,
    occurredAt,
    expectedRevision: seen === undefined ? undefined : Number(seen.slice(1, -1)),
    idempotencyScope: caller.keyId,
    ...carried(request),
  }
}

/** What any request brings along, whoever sends it: its own key, and the trace it is part of. */
export const carried = ({ headers, routeOptions, params, body }: FastifyRequest) => {
  const trace = textOf(headers['traceparent'])
  const { method, url: type } = routeOptions
  return {
    idempotencyKey: textOf(headers['idempotency-key']),
    request: { type, data: { method, params, body } },
    trace: trace !== undefined && traceparent.test(trace) ? trace : undefined,
  }
}

/** The context of one part of a request that is carried out as several. */
export const partOf = (context: Context, part: string | number): Context => ({
  ...context,
  idempotencyKey:
    context.idempotencyKey === undefined ? undefined : `${context.idempotencyKey}/${part}`,
})

export const minPosition = {
  minPosition: wholeNumber(0)
    .optional()
    .describe('Answer from read models that are at least that far, else 503.'),
}

/** Parameters that ask for the past. */
export const past = {
  asOf: moment.optional().describe('As it was recorded by then.'),
  atPosition: wholeNumber(0).optional().describe('As it was recorded up to that event.'),
  effectiveAt: moment.optional().describe('As it was by then, as known now or at asOf.'),
}

export interface Past {
  readonly asOf?: string | undefined
  readonly atPosition?: number | undefined
  readonly effectiveAt?: string | undefined
}

/** Which past is asked for. */
export type At = NonNullable<Parameters<Queries['contacts']['get']>[2]>

/** Which past is meant; `undefined` for now. */
export const atOf = ({ asOf, atPosition, effectiveAt }: Past): At | undefined =>
  asOf === undefined && atPosition === undefined && effectiveAt === undefined
    ? undefined
    : {
        ...(asOf === undefined ? {} : { asOf }),
        ...(atPosition === undefined ? {} : { position: atPosition }),
        ...(effectiveAt === undefined ? {} : { effectiveAt }),
      }

/** Waits until the read models have seen that much. */
export const reached = async (
  { settle }: Pick<Forsat, 'settle'>,
  position: number | undefined,
): Promise<void> => {
  if (position !== undefined && !(await settle(position))) throw new Refused({ type: 'NotReady' })
}

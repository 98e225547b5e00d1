/**
 * What the document says of an operation: its summary, whose role allows it, the library's command
 * behind it, what it answers. The role said is the role asked for.
 *
 * @module
 */
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import * as z from 'zod'
import type { Need } from './caller.ts'
import { Problem } from './problem.ts'

/** The server as routes see it: what schemas say is what handlers get. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>

// What else an operation says is declared by the plugin that makes the document.
declare module 'fastify' {
  interface FastifySchema {
    readonly 'x-command'?: string | readonly string[]
    readonly 'x-role'?: Need
  }
}

export interface Operation {
  readonly summary: string
  readonly tag: string
  readonly role: Need
  readonly description?: string
  readonly command?: string | readonly string[]
}

export const operation = ({ summary, tag, role, description, command }: Operation) => ({
  summary,
  tags: [tag],
  security: role === 'public' ? [] : [{ key: [] }],
  'x-role': role,
  ...(description === undefined ? {} : { description }),
  ...(command === undefined ? {} : { 'x-command': command }),
})

/** A route that has no parameters of a kind takes none. */
export const none = z.strictObject({})

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
})
const refusals = {
  '4xx': problem('Turned down; nothing has changed.'),
  '5xx': problem('The server could not answer.'),
}

export const answers = <Answer>(answer: Answer) => ({ 200: answer, ...refusals })
export const creates = <Answer>(answer: Answer) => ({ 201: answer, ...refusals })
/** Nothing is left to answer. */
export const ends = { 204: z.null().describe('It is gone.'), ...refusals }

/** A route beside the API: for people and machines that look after the server. */
export const undocumented = { schema: { hide: true } }

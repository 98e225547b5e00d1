/**
 * A problem is the answer to a request that was turned down (RFC 9457): its code, a sentence, and the
 * facts of the refusal. What went wrong inside is for the log, never for the caller.
 *
 * @module
 */
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { StoreUnreachable } from '@forsat/event-store'
import { ReadModelNotReady } from '@forsat/projections'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { fastifyPlugin } from 'fastify-plugin'
import * as z from 'zod'
import { knownRoutes } from './known-routes.ts'
import { type Code, languageOf, sentence, turnedDown } from './refusals.ts'

/** What of a request is not as it must be. */
export const Fault = z.strictObject({
  in: z.enum(['body', 'query', 'path', 'header']).optional(),
  pointer: z.string().describe('A JSON pointer into that part.'),
  detail: z.string(),
})

export const Problem = z
  .looseObject({
    type: z.string().describe('The same for every problem of a code.'),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().describe('A sentence for people, in the language they asked for.'),
    errors: z.array(Fault).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details, with the facts of the refusal.' })
export type Problem = z.infer<typeof Problem>

export interface AnyRefusal {
  readonly type: string
  readonly [fact: string]: unknown
}

/** A refusal on its way out of a route. */
export class Refused extends Error {
  readonly refusal: AnyRefusal
  constructor(refusal: AnyRefusal) {
    super(refusal.type)
    this.name = 'Refused'
    this.refusal = refusal
  }
}

interface Left {
  readonly _tag: 'Left'
  readonly left: { readonly type: string }
}

/** What was granted; a refusal leaves the route. */
export const granted = <Value>(
  answer: Left | { readonly _tag: 'Right'; readonly right: Value },
): Value => {
  if (answer._tag === 'Left') throw new Refused({ ...answer.left })
  return answer.right
}

/** `LostReasonMissing` as words. */
const titleOf = (code: string): string =>
  code
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .replace(/^./, (first) => first.toUpperCase())

/** What of a request its problem depends on. */
type Asked = Pick<FastifyRequest, 'headers'>

const statusOf = (code: string, request: Asked): number =>
  code === 'RevisionConflict' && request.headers['if-match'] !== undefined
    ? 412
    : turnedDown(code).status

const problemOf = ({ type: code, ...known }: AnyRefusal, request: Asked): Problem => {
  // Here `status` is that of HTTP; how a record stands is told as its state.
  const { status: state, ...others } = known
  const facts = state === undefined ? others : { ...others, state }
  const standard = {
    type: `urn:forsat:problem:${code}`,
    title: titleOf(code),
    status: statusOf(code, request),
    code,
    detail: sentence({ ...facts, type: code }, languageOf(request.headers['accept-language'])),
  }
  // Standard members come first, and no fact replaces one.
  return { ...standard, ...facts, ...standard }
}

const edgeCodes: Readonly<Record<number, Code>> = {
  404: 'NotFound',
  413: 'PayloadTooLarge',
  // No id and no token is as long as that.
  414: 'NotFound',
  415: 'UnsupportedMediaType',
  429: 'TooManyRequests',
  431: 'HeadersTooLarge',
  503: 'NotReady',
}

/** What the server itself turns down before a route is reached. */
const refusalOf = (error: FastifyError, request: FastifyRequest): AnyRefusal => {
  if (error instanceof Refused) return error.refusal
  if (error instanceof ReadModelNotReady || error instanceof StoreUnreachable) {
    return { type: 'NotReady' }
  }
  const { statusCode = 500 } = error
  const type = edgeCodes[statusCode] ?? (statusCode < 500 ? 'InvalidRequest' : 'InternalError')
  if (type === 'InvalidRequest') return { type, errors: [{ pointer: '', detail: plainly(error) }] }
  if (type === 'PayloadTooLarge') return { type, limit: request.routeOptions.bodyLimit }
  return type === 'InternalError' ? { type, request: request.id } : { type }
}

/** Fastify's own messages may quote the request; its codes do not. */
const plainly = ({ code }: FastifyError): string =>
  code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH'
    ? 'must be as long as Content-Length says'
    : 'cannot be read'

const send = (reply: FastifyReply, problem: Problem) => {
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="forsat"')
  if (problem.status === 503) reply.header('retry-after', '1')
  return reply
    .code(problem.status)
    .type('application/problem+json')
    .header('cache-control', 'no-store')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(problem)
}

/** Answers an error, whether a route threw it or the server before a route was reached. */
export const respond = (
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void => {
  const refusal = refusalOf(error, request)
  if (refusal.type === 'InternalError') request.log.error(error)
  // A lock that is held, a disk that is full: not the caller's to know of, but somebody's to mend.
  if (error instanceof StoreUnreachable) request.log.warn(error)
  send(reply, problemOf(refusal, request))
}

/** What the server turns down before it has read a whole request, by the code of the parser. */
const unreadable: Readonly<Record<string, Code>> = {
  HPE_HEADER_OVERFLOW: 'HeadersTooLarge',
  ERR_HTTP_REQUEST_TIMEOUT: 'RequestTimeout',
}

/** Answers what is not HTTP, or took too long to become a request. */
export const respondUnread = (error: NodeJS.ErrnoException, socket: Socket): void => {
  if (!socket.writable) return
  const type = unreadable[error.code ?? ''] ?? 'InvalidRequest'
  const problem = problemOf({ type }, { headers: {} })
  const body = JSON.stringify(problem)
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'Connection: close',
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

export const problems = fastifyPlugin(
  async (app) => {
    const routes = knownRoutes()
    app.addHook('onRoute', routes.add)
    app.setErrorHandler(respond)
    app.setNotFoundHandler((request, reply) => {
      const path = request.url.split('?', 1)[0] ?? ''
      const allowed = routes.methodsAt(path)
      if (allowed.length === 0) return send(reply, problemOf({ type: 'NotFound' }, request))
      reply.header('allow', allowed.join(', '))
      const refusal = { type: 'MethodNotAllowed', method: request.method }
      return send(reply, problemOf(refusal, request))
    })
  },
  { name: 'problems', fastify: '5.x' },
)

/**
 * What the server has taken on and not answered yet. Whoever comes when that is much is told at once to
 * come again: the line in front of a server that is asked too much would only grow, and what is at its
 * end be answered to nobody.
 *
 * @module
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refused } from './problem.ts'

/** Answered always: a server that has much to do is not to be taken for one that is dead. */
const sign = '/healthz'

export const unansweredOf = (
  app: FastifyInstance,
  { most }: { readonly most: number },
): ReadonlySet<FastifyRequest> => {
  const unanswered = new Set<FastifyRequest>()
  app.addHook('onRequest', async (request) => {
    if (unanswered.size >= most && request.url !== sign) throw new Refused({ type: 'NotReady' })
    unanswered.add(request)
  })
  // An answer is sent also where nobody is left to hear it: only then its work is done.
  app.addHook('onSend', async (request) => {
    unanswered.delete(request)
  })
  return unanswered
}

/**
 * How often somebody without a key may knock: enough for people who read and accept, too little to
 * guess a token or to wear out one quotation.
 *
 * @module
 */
import '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from './problem.ts'

export interface VisitorLimits {
  /** Requests a minute with one token. */
  readonly perToken: number
  /** Requests a minute from one address, with whatever tokens. */
  readonly perAddress: number
}

export const usualVisitorLimits: VisitorLimits = { perToken: 60, perAddress: 300 }

const timeWindow = '1 minute'

export const limitVisitors = (
  scope: FastifyInstance,
  { perToken, perAddress }: VisitorLimits,
): void => {
  const limits = [
    scope.createRateLimit({ max: perAddress, timeWindow, keyGenerator: ({ ip }) => ip }),
    scope.createRateLimit({
      max: perToken,
      timeWindow,
      keyGenerator: ({ params }) => (params as { readonly token: string }).token,
    }),
  ]
  scope.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    for (const limit of limits) {
      const used = await limit(request)
      if (used.isAllowed || !used.isExceeded) continue
      reply.header('retry-after', used.ttlInSeconds)
      throw new Refused({ type: 'TooManyRequests' })
    }
  })
}

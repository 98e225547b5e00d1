/**
 * How the server ends: it takes nothing new, finishes what was asked, also by those who have gone
 * since, and waits for nobody who only keeps a connection.
 *
 * @module
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refused } from './problem.ts'

/** How long an answer may take that was begun, and somebody to read it. */
const patienceMs = 10_000
const sweepMs = 50

/** Aborted as soon as the server is asked to end: feeds end then too. */
export const closingOf = (app: FastifyInstance): AbortSignal => {
  const closing = new AbortController()
  const unanswered = new Set<FastifyRequest>()

  app.addHook('onRequest', async (request, reply) => {
    if (!closing.signal.aborted) {
      unanswered.add(request)
      return
    }
    reply.header('connection', 'close')
    throw new Refused({ type: 'NotReady' })
  })
  // An answer is sent also where nobody is left to hear it: only then its work is done.
  app.addHook('onSend', async (request) => {
    unanswered.delete(request)
  })
  app.addHook('onClose', async () => {
    const end = Date.now() + patienceMs
    while (unanswered.size > 0 && Date.now() < end) await wait(sweepMs)
  })

  app.addHook('preClose', async () => {
    closing.abort()
    const { server } = app
    if (!server.listening) return
    // A connection whose answer is finished only now is idle only now.
    const sweep = setInterval(() => server.closeIdleConnections(), sweepMs)
    const end = setTimeout(() => server.closeAllConnections(), patienceMs)
    server.once('close', () => {
      clearInterval(sweep)
      clearTimeout(end)
    })
  })
  return closing.signal
}

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
export const closingOf = (
  app: FastifyInstance,
  unanswered: ReadonlySet<FastifyRequest>,
): AbortSignal => {
  const closing = new AbortController()

  app.addHook('onRequest', async (_request, reply) => {
    if (!closing.signal.aborted) return
    reply.header('connection', 'close')
    throw new Refused({ type: 'NotReady' })
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

/**
 * Whether the server runs, and whether it can serve: its store answers, its read models live.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import type { FastifyInstance } from 'fastify'
import { undocumented } from './operation.ts'
import { Refused } from './problem.ts'

const patienceMs = 1_000

/** Whether the store answers and every read model goes on, found out in time. */
const isReady = async ({ store, projections }: Forsat): Promise<boolean> => {
  const found = Promise.all([store.head(), projections.status()])
  const late = new Promise<undefined>((resolve) => {
    setTimeout(() => resolve(undefined), patienceMs).unref()
  })
  const [, statuses] = (await Promise.race([found, late])) ?? []
  return statuses !== undefined && statuses.every(({ state }) => state === 'live')
}

export const healthRoutes = (app: FastifyInstance, forsat: Forsat): void => {
  app.get('/healthz', undocumented, async () => ({ status: 'ok' }))
  app.get('/readyz', undocumented, async () => {
    if (!(await isReady(forsat))) throw new Refused({ type: 'NotReady' })
    return { status: 'ready' }
  })
}

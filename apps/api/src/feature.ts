/**
 * What a company may switch off. Its routes are there all the same, and say that it is off.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import type { CompanyView } from '@forsat/projections'
import type { FastifyInstance } from 'fastify'
import { scopeOf } from './caller.ts'
import { Refused } from './problem.ts'

type Feature = keyof CompanyView['policies']['features']

/** Every route of the scope is answered only where the company that is acted for uses the feature. */
export const needFeature = (
  scope: Pick<FastifyInstance, 'addHook'>,
  { query }: Forsat,
  feature: Feature,
): void => {
  scope.addHook('preHandler', async ({ caller }) => {
    const company = await query.companies.get(caller.company, scopeOf(caller))
    if (company?.policies.features[feature] === false) {
      throw new Refused({ type: 'FeatureOff', feature })
    }
  })
}

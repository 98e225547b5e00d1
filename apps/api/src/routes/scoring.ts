/**
 * How likely wins are over HTTP: what scores are learnt from, why one is what it is, and how good they
 * would have been.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import { ScoringSettings } from '@forsat/domain'
import { EvaluationView, ExplanationView, FrequenciesView } from '@forsat/projections'
import * as z from 'zod'
import {
  atOf,
  commandHeaders,
  contextOf,
  minPosition,
  past,
  reached,
  readHeaders,
} from '../asking.ts'
import { type Caller, scopeOf } from '../caller.ts'
import { bodyOf, dataOf, recordPath } from '../command-body.ts'
import { type Api, answers, none, operation } from '../operation.ts'
import { granted, Refused } from '../problem.ts'
import { awaited, found } from '../records.ts'

const path = '/scoring'
const tag = 'Scoring'

const Learnt = z.strictObject({ position: z.string() }).meta({ id: 'Learnt' })

export const scoringRoutes = (api: Api, forsat: Forsat): void => {
  settingsRoutes(api, forsat)
  learningRoutes(api, forsat)
  explanationRoute(api, forsat)
}

const settingsRoutes = (api: Api, forsat: Forsat): void => {
  api.get(
    `${path}/settings`,
    {
      schema: {
        ...operation({ summary: 'Reads what scores are learnt from', tag, role: 'read' }),
        params: none,
        querystring: z.strictObject(minPosition),
        headers: readHeaders,
        response: answers(ScoringSettings),
      },
    },
    async (request) => {
      await reached(forsat, request.query.minPosition)
      return (await companyOf(forsat, request.caller)).scoring
    },
  )
  api.put(
    `${path}/settings`,
    {
      schema: {
        ...operation({
          summary: 'Chooses what scores are learnt from, and by which model',
          tag,
          role: 'manage',
          command: 'ConfigureScoring',
          description:
            'The settings as a whole. Stage and team always count; every open opportunity is scored by the new settings at once.',
        }),
        params: none,
        querystring: none,
        headers: commandHeaders,
        body: bodyOf('ConfigureScoring'),
        response: answers(ScoringSettings),
      },
    },
    async (request, reply) => {
      const { caller } = request
      await offered(forsat, caller)
      const { occurredAt, data } = dataOf(request.body)
      const asked = { type: 'ConfigureScoring', data: { ...data, id: caller.company } }
      const context = contextOf(request, occurredAt)
      const { position } = granted(await forsat.executeUnchecked(asked, context))
      await awaited(forsat, position, reply)
      return (await companyOf(forsat, caller)).scoring
    },
  )
}

const learningRoutes = (api: Api, forsat: Forsat): void => {
  api.post(
    `${path}/rebuild`,
    {
      schema: {
        ...operation({
          summary: 'Learns from the log anew',
          tag,
          role: 'administer',
          description: 'What comes of it is the same, unless something was broken.',
        }),
        params: none,
        querystring: none,
        headers: readHeaders,
        body: none,
        response: answers(Learnt),
      },
    },
    async (request) => {
      await offered(forsat, request.caller)
      const { position } = granted(await forsat.projections.rebuild(['scoring']))
      return { position: String(position) }
    },
  )
  const { frequencies, evaluation } = forsat.query.scoring
  api.get(
    `${path}/frequencies`,
    {
      schema: {
        ...operation({
          summary: 'Counts wins and losses by what was known of them',
          tag,
          role: 'read',
          description:
            'By team, as closed opportunities were when they ended. A win counts in every stage, a loss in its own and in those before.',
        }),
        params: none,
        querystring: z.strictObject(minPosition),
        headers: readHeaders,
        response: answers(FrequenciesView),
      },
    },
    async (request) => {
      await offered(forsat, request.caller)
      await reached(forsat, request.query.minPosition)
      return await frequencies(scopeOf(request.caller))
    },
  )
  api.get(
    `${path}/evaluation`,
    {
      schema: {
        ...operation({
          summary: 'Measures how good each model would have been',
          tag,
          role: 'read',
          description:
            'Over the own history, step by step: learnt from what had ended by then, judged by how those that began afterwards ended.',
        }),
        params: none,
        querystring: z.strictObject(minPosition),
        headers: readHeaders,
        response: answers(EvaluationView),
      },
    },
    async (request) => {
      await offered(forsat, request.caller)
      await reached(forsat, request.query.minPosition)
      return await evaluation(scopeOf(request.caller))
    },
  )
}

const explanationRoute = (api: Api, forsat: Forsat): void => {
  api.get(
    '/opportunities/:id/probability/explanation',
    {
      schema: {
        ...operation({
          summary: 'Tells why an opportunity is as likely to be won as it is',
          tag: 'Opportunities',
          role: 'read',
          description:
            'The points of the base and of all factors add up: 100 / (1 + e^-points) is the automatic probability.',
        }),
        params: recordPath,
        querystring: z.strictObject({ ...minPosition, ...past }),
        headers: readHeaders,
        response: answers(ExplanationView),
      },
    },
    async (request) => {
      await offered(forsat, request.caller)
      const { minPosition: least, ...then } = request.query
      await reached(forsat, least)
      const { id } = request.params
      const { explanation } = forsat.query.scoring
      return await found(request.caller, (scope) => explanation(id, scope, atOf(then)))
    },
  )
}

const companyOf = async (forsat: Forsat, caller: Caller) => {
  const company = await forsat.query.companies.get(caller.company, scopeOf(caller))
  if (company === undefined) throw new Refused({ type: 'NotFound' })
  return company
}

/** Where a company does without scores there is nothing to ask. */
const offered = async (forsat: Forsat, caller: Caller): Promise<void> => {
  const { policies } = await companyOf(forsat, caller)
  if (!policies.features.scoring) throw new Refused({ type: 'FeatureOff', feature: 'scoring' })
}

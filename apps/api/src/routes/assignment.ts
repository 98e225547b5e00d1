/**
 * Who takes which lead, by rules: how a company assigns, and its runs.
 *
 * @module
 */
import { commandInputs, type Forsat } from '@forsat/application'
import { AssignmentSettings } from '@forsat/domain'
import { PlanView, planView, RunSummaryView, RunView } from '@forsat/projections'
import * as z from 'zod'
import {
  commandHeaders,
  contextOf,
  creationHeaders,
  minPosition,
  reached,
  readHeaders,
} from '../asking.ts'
import { scopeOf } from '../caller.ts'
import { bodyOf, bodyWith, dataOf, recordPath } from '../command-body.ts'
import { known, pageOf, paging, sortBy } from '../lists.ts'
import { type Api, answers, none, operation } from '../operation.ts'
import { granted, Refused } from '../problem.ts'
import { awaited, found, locatedAt } from '../records.ts'

const tag = 'Assignment'
const path = '/assignment'

const Settings = AssignmentSettings.meta({ id: 'AssignmentSettings' })

const runQuery = z.strictObject({ ...paging, ...minPosition, sort: sortBy(['at']) })

export const assignmentRoutes = (api: Api, forsat: Forsat): void => {
  settingsRoutes(api, forsat)
  runRoute(api, forsat)
  readRoutes(api, forsat)
}

const settingsRoutes = (api: Api, forsat: Forsat): void => {
  api.get(
    `${path}/settings`,
    {
      schema: {
        ...operation({ summary: 'Reads how the company assigns', tag, role: 'read' }),
        params: none,
        querystring: z.strictObject(minPosition),
        headers: readHeaders,
        response: answers(Settings),
      },
    },
    async (request) => {
      await reached(forsat, request.query.minPosition)
      return (await forsat.assignment(request.caller.company)).settings
    },
  )
  api.put(
    `${path}/settings`,
    {
      schema: {
        ...operation({
          summary: 'Sets how the company assigns',
          tag,
          role: 'manage',
          command: 'ConfigureAssignment',
          description: 'As a whole: what is left out is as usual.',
        }),
        params: none,
        querystring: none,
        headers: commandHeaders,
        body: bodyOf('ConfigureAssignment'),
        response: answers(Settings),
      },
    },
    async (request, reply) => {
      const { occurredAt, data } = dataOf(request.body)
      const { company } = request.caller
      const { id } = await forsat.assignment(company)
      const asked = { type: 'ConfigureAssignment', data: { ...data, id } }
      const { position } = granted(
        await forsat.executeUnchecked(asked, contextOf(request, occurredAt)),
      )
      await awaited(forsat, position, reply)
      return (await forsat.assignment(company)).settings
    },
  )
}

const runRoute = (api: Api, forsat: Forsat): void => {
  api.post(
    `${path}/runs`,
    {
      schema: {
        ...operation({
          summary: 'Gives waiting leads to those who take them',
          tag,
          role: 'manage',
          command: 'RunAssignment',
          description:
            'With `dryRun` only the plan is answered, with 200, and nothing happens. The same seed and facts make the same plan.',
        }),
        params: none,
        querystring: none,
        headers: creationHeaders,
        body: bodyWith(
          { dryRun: z.boolean().optional(), ...commandInputs.RunAssignment.shape },
          { seed: 42 },
        ),
        response: { ...answers(PlanView), 201: RunView },
      },
    },
    async (request, reply) => {
      const { occurredAt, data } = dataOf(request.body)
      const { dryRun = false, ...asked } = data
      const context = contextOf(request, occurredAt)
      if (dryRun) {
        const { seed, ...plan } = granted(await forsat.planAssignment(asked, context))
        return { seed, ...planView(plan) }
      }
      const outcome = granted(
        await forsat.executeUnchecked({ type: 'RunAssignment', data: asked }, context),
      )
      const settled = await awaited(forsat, outcome.position, reply)
      const summed = outcome.events.at(-1)?.id ?? ''
      const run = await forsat.query.assignment.runOfEvent(summed, scopeOf(request.caller))
      if (run === undefined) throw new Refused({ type: settled ? 'NotFound' : 'NotReady' })
      locatedAt(reply, `${path}/runs/${run.id}`)
      return run
    },
  )
}

const readRoutes = (api: Api, forsat: Forsat): void => {
  const { assignment } = forsat.query
  api.get(
    `${path}/runs`,
    {
      schema: {
        ...operation({ summary: 'Lists runs of assignment', tag, role: 'read' }),
        params: none,
        querystring: runQuery,
        headers: readHeaders,
        response: answers(pageOf(RunSummaryView)),
      },
    },
    async (request) => {
      const { minPosition: least, ...page } = request.query
      await reached(forsat, least)
      return granted(await assignment.runs(scopeOf(request.caller), known(page)))
    },
  )
  api.get(
    `${path}/runs/:id`,
    {
      schema: {
        ...operation({ summary: 'Reads what a run decided, and why', tag, role: 'read' }),
        params: recordPath,
        querystring: z.strictObject(minPosition),
        headers: readHeaders,
        response: answers(RunView),
      },
    },
    async (request) => {
      await reached(forsat, request.query.minPosition)
      const { id } = request.params
      return found(request.caller, (scope) => assignment.run(id, scope))
    },
  )
}

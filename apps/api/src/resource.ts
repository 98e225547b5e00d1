/**
 * A resource is a kind of record under an address of its own: read with GET, changed by commands, and
 * always answered the same way.
 *
 * @module
 */
import type { Forsat, Outcome } from '@forsat/application'
import type { FastifyRequest } from 'fastify'
import * as z from 'zod'
import {
  atOf,
  commandHeaders,
  contextOf,
  creationHeaders,
  minPosition,
  past,
  reached,
  readHeaders,
} from './asking.ts'
import type { Caller, Need } from './caller.ts'
import {
  bodyOf,
  type CommandData,
  type CommandName,
  dataOf,
  pathOf,
  recordPath,
} from './command-body.ts'
import { type Api, answers, creates, ends, none, operation } from './operation.ts'
import { granted, Refused } from './problem.ts'
import {
  afterwards,
  awaited,
  current,
  found,
  locatedAt,
  type Records,
  tagged,
  type View,
} from './records.ts'

export interface Resource<Shown extends View> {
  readonly path: string
  readonly tag: string
  /** What one of them is called in a sentence. */
  readonly noun: string
  readonly view: z.ZodType<Shown>
  readonly records: Records<Shown>
  /** Whether any past of one can be read. */
  readonly readsPast: boolean
}

/** A command under an address of the resource, or of a part of it. */
export interface CommandRoute<Shown> {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Behind the path of the resource, `/:id/win`. */
  readonly path: string
  readonly command: CommandName
  readonly summary: string
  readonly role: Need
  readonly description?: string
  /** What of the record is answered, if not the whole. */
  readonly part?: Part<Shown>
  /** What the body tells of what the caller has seen; without all of it, `If-Match` must. */
  readonly seen?: readonly string[]
}

export interface Part<Shown> {
  readonly view: z.ZodType
  readonly of: (
    record: Shown,
    path: Readonly<Record<string, string>>,
    request: FastifyRequest,
    /** Of what was asked for; reading has none. */
    outcome?: Outcome,
  ) => unknown
}

const mergePatch = ['application/json', 'application/merge-patch+json']

/** Commands to a record that there is. */
export const commandRoutes = <Shown extends View>(
  api: Api,
  forsat: Forsat,
  { path: base, tag, view, records }: Resource<Shown>,
  routes: readonly CommandRoute<Shown>[],
): void => {
  for (const { method, path, command, part, seen = [], ...about } of routes) {
    api.route({
      method,
      url: `${base}${path}`,
      schema: {
        ...operation({ ...about, tag, command }),
        ...(method === 'PATCH' ? { consumes: mergePatch } : {}),
        params: pathOf(path),
        querystring: none,
        headers: commandHeaders,
        body: bodyOf(command, path),
        response: answers(part?.view ?? view),
      },
      handler: async (request, reply) => {
        const { occurredAt, data } = dataOf(request.body)
        if (request.headers['if-match'] === undefined && !seen.every((name) => name in data)) {
          throw new Refused({ type: 'VersionRequired' })
        }
        const said = request.params as Readonly<Record<string, string>>
        const asked = { type: command, data: { ...data, ...said } }
        const outcome = granted(
          await forsat.executeUnchecked(asked, contextOf(request, occurredAt)),
        )
        const shown = await afterwards(forsat, records, outcome, request.caller, reply)
        tagged(reply, shown)
        return part === undefined ? shown : part.of(shown, said, request, outcome)
      },
    })
  }
}

/** `DELETE` of a record that is no record any more: there is nothing left to answer. */
export const removalRoute = <Shown extends View>(
  api: Api,
  forsat: Forsat,
  { path, tag }: Resource<Shown>,
  { command, ...about }: Pick<CommandRoute<Shown>, 'command' | 'role' | 'summary' | 'description'>,
): void => {
  api.delete(
    `${path}/:id`,
    {
      schema: {
        ...operation({ ...about, tag, command }),
        params: recordPath,
        querystring: none,
        headers: commandHeaders,
        body: bodyOf(command),
        response: ends,
      },
    },
    async (request, reply) => {
      const { occurredAt, data } = dataOf(request.body)
      const asked = { type: command, data: { ...data, id: request.params.id } }
      const { position } = granted(
        await forsat.executeUnchecked(asked, contextOf(request, occurredAt)),
      )
      await awaited(forsat, position, reply)
      return reply.code(204).send(null)
    },
  )
}

export interface CreationRoute {
  readonly command: CommandName
  readonly role: Need
  readonly summary: string
  readonly description?: string
  /** The data of the command, where who asks says more than the body. */
  readonly completed?: (data: CommandData, caller: Caller) => Promise<CommandData>
}

/** `POST` to the resource makes a record. */
export const creationRoute = <Shown extends View>(
  api: Api,
  forsat: Forsat,
  { path, tag, view, records }: Resource<Shown>,
  { command, completed = async (data) => data, ...about }: CreationRoute,
): void => {
  api.post(
    path,
    {
      schema: {
        ...operation({ ...about, tag, command }),
        params: none,
        querystring: none,
        headers: creationHeaders,
        body: bodyOf(command),
        response: creates(view as z.ZodType<View>),
      },
    },
    async (request, reply) => {
      const { occurredAt, data } = dataOf(request.body)
      const asked = { type: command, data: await completed(data, request.caller) }
      const outcome = granted(await forsat.executeUnchecked(asked, contextOf(request, occurredAt)))
      const shown = await afterwards(forsat, records, outcome, request.caller, reply)
      locatedAt(reply, `${path}/${shown.id}`)
      return tagged(reply, shown)
    },
  )
}

const ofNow = z.strictObject(minPosition)
const ofAnyTime = ofNow.extend(past)

/** `GET` of a record, now or in any past. */
export const readRoute = <Shown extends View>(
  api: Api,
  forsat: Forsat,
  { path, tag, noun, view, records, readsPast }: Resource<Shown>,
): void => {
  api.get(
    `${path}/:id`,
    {
      schema: {
        ...operation({ summary: `Reads ${noun}`, tag, role: 'read' }),
        params: recordPath,
        querystring: (readsPast ? ofAnyTime : ofNow) as typeof ofAnyTime,
        headers: readHeaders,
        response: answers(view as z.ZodType<View>),
      },
    },
    async (request, reply) => {
      const { id } = request.params
      await reached(forsat, request.query.minPosition)
      const at = atOf(request.query)
      const shown =
        at === undefined
          ? await current(forsat, { records, readsPast }, id, request.caller, reply)
          : await found(request.caller, (scope) => records.get(id, scope, at))
      return tagged(reply, shown)
    },
  )
}

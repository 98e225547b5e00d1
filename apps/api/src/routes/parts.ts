/**
 * The parts of a quotation that have addresses of their own: its lines and its options.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import { Ulid } from '@forsat/domain'
import { QuotationView } from '@forsat/projections'
import * as z from 'zod'
import { commandHeaders, contextOf, minPosition, reached, readHeaders } from '../asking.ts'
import { bodyOf, type CommandName, dataOf, recordPath } from '../command-body.ts'
import { type Api, answers, creates, none, operation } from '../operation.ts'
import { type AnyRefusal, granted, Refused } from '../problem.ts'
import { afterwards, found, locatedAt, tagged } from '../records.ts'
import type { Resource } from '../resource.ts'

interface Part {
  readonly list: 'lines' | 'options'
  /** What one of them is called in a sentence. */
  readonly noun: string
  /** What the path calls its id. */
  readonly parameter: string
  readonly view: z.ZodType
  readonly command: CommandName
  readonly summary: string
  /** Why there is none. */
  readonly unknown: (id: string) => AnyRefusal
}

export const lines: Part = {
  list: 'lines',
  noun: 'a line',
  parameter: 'lineId',
  view: QuotationView.shape.lines.element,
  command: 'AddQuotationLine',
  summary: 'Adds a line to a draft',
  unknown: (lineId) => ({ type: 'LineUnknown', lineId }),
}

export const options: Part = {
  list: 'options',
  noun: 'an option',
  parameter: 'optionId',
  view: QuotationView.shape.options.element,
  command: 'OfferOption',
  summary: 'Offers an option beside the lines of a draft',
  unknown: () => ({ type: 'NotFound' }),
}

export const partRoutes = (
  api: Api,
  forsat: Forsat,
  { path, tag, view, records }: Resource<QuotationView>,
  { list, noun, parameter, view: partView, command, summary, unknown }: Part,
): void => {
  api.post(
    `${path}/:id/${list}`,
    {
      schema: {
        ...operation({
          summary,
          tag,
          role: 'sell',
          command,
          description: 'Answers the quotation, for its totals have changed with it.',
        }),
        params: recordPath,
        querystring: none,
        headers: commandHeaders,
        body: bodyOf(command),
        response: creates(view),
      },
    },
    async (request, reply) => {
      const { occurredAt, data } = dataOf(request.body)
      const { id } = request.params
      const asked = { type: command, data: { ...data, id } }
      const outcome = granted(await forsat.executeUnchecked(asked, contextOf(request, occurredAt)))
      const shown = await afterwards(forsat, records, outcome, request.caller, reply)
      // Where it was put is known of the quotation as this command left it; since then it may have moved.
      const { position } = outcome
      const then = await found(request.caller, (scope) => records.get(id, scope, { position }))
      const { position: at = then[list].length - 1 } = data as { readonly position?: number }
      locatedAt(reply, `${path}/${id}/${list}/${then[list].at(at)?.id ?? ''}`)
      return tagged(reply, shown)
    },
  )
  api.get(
    `${path}/:id/${list}/:${parameter}`,
    {
      schema: {
        ...operation({ summary: `Reads ${noun}`, tag, role: 'read' }),
        params: recordPath.extend({ [parameter]: Ulid.describe('A ULID.') }),
        querystring: z.strictObject(minPosition),
        headers: readHeaders,
        response: answers(partView),
      },
    },
    async (request, reply) => {
      const { id, [parameter]: partId = '' } = request.params as Readonly<Record<string, string>>
      await reached(forsat, request.query.minPosition)
      const shown = await found(request.caller, (scope) => records.get(String(id), scope))
      const part = tagged(reply, shown)[list].find((each) => each.id === partId)
      if (part === undefined) throw new Refused(unknown(partId))
      return part
    },
  )
}

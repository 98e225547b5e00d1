/**
 * What a customer may do through the link: see the version it was made for, print it, ask about it, take
 * of its options what they want, accept or decline it. The token is all that they show, so a token that
 * opens nothing is answered the same way whatever is wrong with it.
 *
 * @module
 */
import type { Context, Forsat } from '@forsat/application'
import { FreeText, Line, Money, Quantity } from '@forsat/domain'
import { PublicQuotationView } from '@forsat/projections'
import type { FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { carried, publicHeaders, reached } from '../asking.ts'
import { isStaffOf } from '../caller.ts'
import { documentAnswer, format, sendDocument } from '../document.ts'
import { type Api, answers, none, operation } from '../operation.ts'
import { granted, Refused } from '../problem.ts'
import { awaited } from '../records.ts'

/** What a link opens. */
type Opened = NonNullable<Awaited<ReturnType<Forsat['byToken']>>>

// Of any shape: what was cut off is to be as unknown as what nobody ever made.
const tokenPath = z.strictObject({ token: z.string().describe('The last part of the link.') })

const Acceptance = z
  .strictObject({
    name: Line.describe('Of the person who accepts.'),
    title: Line.optional(),
    customerReference: Line.optional(),
    note: FreeText.optional(),
    version: z.int().min(1).describe('As it was seen.'),
    total: Money.describe('As it was seen.'),
  })
  .meta({
    examples: [
      {
        name: 'Nasrin Rahimi',
        title: 'Head of purchasing',
        customerReference: 'PO-4711',
        version: 1,
        total: { amount: '1450000000', currency: 'IRR' },
      },
    ],
  })

const Refusal = z
  .strictObject({ reason: FreeText })
  .meta({ examples: [{ reason: 'We buy elsewhere this time.' }] })

const Question = z
  .strictObject({ text: FreeText })
  .meta({ examples: [{ text: 'Do the desks come assembled?' }] })

const Taking = z
  .strictObject({
    quantity: Quantity.optional().describe('By default as much as was offered; 0 declines.'),
  })
  .meta({ examples: [{ quantity: '2' }] })

// Whether the token opens anything is asked first, and only then whether this is an option of it.
const optionPath = tokenPath.extend({ optionId: z.string().describe('A ULID.') })

const path = '/public/quotations/:token'
const tag = "The customer's link"

export const publicRoutes = (api: Api, forsat: Forsat): void => {
  const { quotations } = forsat.query

  const opened = async (token: string): Promise<Opened> => {
    // A link that was taken back elsewhere a moment ago opens nothing here either.
    await reached(forsat, await forsat.store.head())
    const link = await forsat.byToken(token)
    if (link === undefined) throw new Refused({ type: 'NotFound' })
    return link
  }
  const shown = async ({ id, company, version }: Opened): Promise<PublicQuotationView> => {
    const view = await quotations.forCustomer(id, version, { company })
    if (view === undefined) throw new Refused({ type: 'NotFound' })
    return view
  }
  /** That somebody looked is worth knowing, and never in the way of looking. */
  const looked = async ({ id, company, version }: Opened): Promise<void> => {
    const asked = { type: 'ViewQuotation', data: { id, version } }
    await forsat.executeUnchecked(asked, { company, actor: `customer:${id}` })
  }
  const act = async (
    type:
      | 'AcceptQuotation'
      | 'DeclineQuotation'
      | 'AskAboutQuotation'
      | 'AcceptOption'
      | 'DeclineOption',
    data: object,
    link: Opened,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<PublicQuotationView> => {
    const asked = { type, data: { ...data, id: link.id } }
    const { position } = granted(await forsat.executeUnchecked(asked, contextOf(link, request)))
    await awaited(forsat, position, reply)
    return shown(link)
  }

  api.get(
    path,
    {
      schema: {
        ...operation({ summary: 'Shows a customer their quotation', tag, role: 'public' }),
        params: tokenPath,
        querystring: none,
        response: answers(PublicQuotationView),
      },
    },
    async (request) => {
      const link = await opened(request.params.token)
      const view = await shown(link)
      if (!(await isStaffOf(link.company, forsat, request))) await looked(link)
      return view
    },
  )
  api.get(
    `${path}/document`,
    {
      schema: {
        ...operation({
          summary: 'Prints the quotation behind a link, as HTML or as PDF',
          tag,
          role: 'public',
          description: 'In the version that the link was made for.',
        }),
        params: tokenPath,
        querystring: z.strictObject(format),
        response: documentAnswer,
      },
    },
    async ({ params, query }, reply) => {
      const { id, company, version } = await opened(params.token)
      const facts = await forsat.documentOf(id, { company, version })
      // What was never issued is nobody's but the seller's.
      if (facts?.number === undefined) throw new Refused({ type: 'NotFound' })
      return sendDocument(reply, facts, query.format)
    },
  )
  api.post(
    `${path}/accept`,
    {
      schema: {
        ...operation({
          summary: 'Accepts a quotation as it was seen',
          tag,
          role: 'public',
          command: 'AcceptQuotation',
          description: 'Confirms it at once, unless the company has its people do that.',
        }),
        params: tokenPath,
        querystring: none,
        headers: publicHeaders,
        body: Acceptance,
        response: answers(PublicQuotationView),
      },
    },
    async (request, reply) => {
      const link = await opened(request.params.token)
      const { body } = request
      // An old link sells nothing new, even to somebody who knows what the new version says.
      const isOld = body.version > link.version && (await shown(link)).status === 'superseded'
      const data = isOld ? { ...body, version: link.version } : body
      return act('AcceptQuotation', data, link, request, reply)
    },
  )
  api.post(
    `${path}/decline`,
    {
      schema: {
        ...operation({
          summary: 'Declines a quotation',
          tag,
          role: 'public',
          command: 'DeclineQuotation',
        }),
        params: tokenPath,
        querystring: none,
        headers: publicHeaders,
        body: Refusal,
        response: answers(PublicQuotationView),
      },
    },
    async (request, reply) => {
      const link = await opened(request.params.token)
      const data = { version: link.version, note: request.body.reason }
      return act('DeclineQuotation', data, link, request, reply)
    },
  )
  api.post(
    `${path}/questions`,
    {
      schema: {
        ...operation({
          summary: 'Asks the seller about a quotation',
          tag,
          role: 'public',
          command: 'AskAboutQuotation',
          description:
            'Shown to the people of the company; whether they answer, and how, is theirs.',
        }),
        params: tokenPath,
        querystring: none,
        headers: publicHeaders,
        body: Question,
        response: answers(PublicQuotationView),
      },
    },
    async (request, reply) => {
      const link = await opened(request.params.token)
      const data = { version: link.version, text: request.body.text }
      return act('AskAboutQuotation', data, link, request, reply)
    },
  )
  for (const { answer, command, summary, description, body } of optionAnswers) {
    api.post(
      `${path}/options/:optionId/${answer}`,
      {
        schema: {
          ...operation({ summary, tag, role: 'public', command, description }),
          params: optionPath,
          querystring: none,
          headers: publicHeaders,
          body,
          response: answers(PublicQuotationView),
        },
      },
      async (request, reply) => {
        const { token, optionId } = request.params
        const link = await opened(token)
        const data = { ...request.body, version: link.version, optionId }
        return act(command, data, link, request, reply)
      },
    )
  }
}

const optionAnswers = [
  {
    answer: 'accept',
    command: 'AcceptOption',
    summary: 'Takes an option',
    description: 'At the price it was offered at. The last answer holds; the same again is none.',
    body: Taking,
  },
  {
    answer: 'decline',
    command: 'DeclineOption',
    summary: 'Declines an option, or takes it back',
    description: 'It may be taken again for as long as the offer stands.',
    body: z.strictObject({}),
  },
] as const

/** Nobody knows who holds a link; it speaks for the quotation that it opens, and manages nothing. */
const contextOf = ({ id, company }: Opened, request: FastifyRequest): Context => ({
  company,
  companies: [company],
  manages: [],
  actor: `customer:${id}`,
  ...carried(request),
})

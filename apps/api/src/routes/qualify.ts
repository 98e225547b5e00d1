/**
 * Turning a lead into an opportunity, with a contact that is there already or one made from what the
 * lead tells.
 *
 * @module
 */
import type { Context, Forsat } from '@forsat/application'
import type { OpportunityView } from '@forsat/projections'
import * as z from 'zod'
import { commandHeaders, contextOf, partOf } from '../asking.ts'
import { bodyOf, bodyWith, dataOf, recordPath } from '../command-body.ts'
import { known } from '../lists.ts'
import { type Api, answers, none, operation } from '../operation.ts'
import { granted, Refused } from '../problem.ts'
import { afterwards, found, tagged } from '../records.ts'
import type { Resource } from '../resource.ts'
import { invalidRequest } from '../schemas.ts'

const body = bodyWith(
  {
    ...bodyOf('QualifyLead').shape,
    createContact: z
      .literal(true)
      .optional()
      .describe('Makes a contact from the names, mail and phone of the lead.'),
  },
  { createContact: true },
)

export const qualifyRoute = (
  api: Api,
  forsat: Forsat,
  { path, tag, view, records }: Resource<OpportunityView>,
): void => {
  api.post(
    `${path}/:id/qualify`,
    {
      schema: {
        ...operation({
          summary: 'Turns a lead into an opportunity',
          tag,
          role: 'sell',
          command: ['QualifyLead', 'RegisterContact'],
        }),
        params: recordPath,
        querystring: none,
        headers: commandHeaders,
        body,
        response: answers(view),
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { caller } = request
      const { occurredAt, data } = dataOf(request.body)
      const { createContact, ...fields } = data
      const context = contextOf(request, occurredAt)
      if (createContact === true && 'contactId' in fields) {
        const detail = 'must not stand beside contactId'
        throw invalidRequest('body', { pointer: '/createContact', detail })
      }
      const lead = await found(caller, (scope) => records.get(id, scope))
      const qualify = { type: 'QualifyLead', data: { ...fields, id } }
      // Of what is refused, no contact is left over.
      if (createContact === true) granted(await forsat.attempt(qualify, context))
      const contactId =
        createContact === true
          ? await registered(forsat, lead, partOf(context, 'contact'))
          : undefined
      const asked = { ...qualify, data: { ...qualify.data, ...known({ contactId }) } }
      const outcome = granted(await forsat.executeUnchecked(asked, context))
      return tagged(reply, await afterwards(forsat, records, outcome, caller, reply))
    },
  )
}

/** The contact that a lead tells of: a person if one is named, else a company. */
const registered = async (
  forsat: Forsat,
  { contactId, contactName, companyName, ...lead }: OpportunityView,
  { expectedRevision: _ofTheLead, ...context }: Context,
): Promise<string> => {
  if (contactId !== undefined) return contactId
  const name = contactName ?? companyName
  if (typeof name !== 'string') throw new Refused({ type: 'ContactMissing' })
  const { email, phone, country, region, language } = lead
  const fields = known({ country, region, language, email, phone })
  const data = { name, isCompany: contactName === undefined, ...fields }
  const outcome = await forsat.executeUnchecked({ type: 'RegisterContact', data }, context)
  return granted(outcome).id
}

/**
 * The address of a customer's link. It opens one version to whoever has it, so it is answered where it
 * is made, to those who made it, and stands nowhere else: not in a list, not in the log.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import { QuotationView } from '@forsat/projections'
import type { FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { Part } from './resource.ts'

const LinkedQuotation = QuotationView.extend({
  customerUrl: z
    .string()
    .optional()
    .describe("The customer's page. Absent only where the link is dead again by now."),
}).meta({ id: 'LinkedQuotation' })

/** A quotation with its link; a repeat works out the same one again. */
export const withCustomerUrl = (
  { customerToken }: Pick<Forsat, 'customerToken'>,
  publicUrl: string | undefined,
): Part<QuotationView> => ({
  view: LinkedQuotation,
  of: async (quotation, _path, request) => {
    const token = await customerToken(quotation.id)
    if (token === undefined) return quotation
    return { ...quotation, customerUrl: `${publicUrl ?? addressOf(request)}/q/${token}` }
  },
})

/** Where the request came to: as good as any address where none was set. */
const addressOf = ({ protocol, host }: FastifyRequest): string => `${protocol}://${host}`

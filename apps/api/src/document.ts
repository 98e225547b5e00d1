/**
 * How a printed quotation is answered.
 *
 * @module
 */
import { type DocumentFacts, documentName, quotationHtml, quotationPdf } from '@forsat/document'
import type { FastifyReply } from 'fastify'
import * as z from 'zod'
import { answers } from './operation.ts'

const Format = z.enum(['html', 'pdf'])

export const format = {
  format: Format.default('html').describe('HTML is made for print too.'),
}

export const documentAnswer = answers({
  description: 'The document.',
  content: {
    'text/html': { schema: z.string() },
    'application/pdf': { schema: z.string().meta({ contentEncoding: 'binary' }) },
  },
})

export const sendDocument = async (
  reply: FastifyReply,
  facts: DocumentFacts,
  as: z.infer<typeof Format>,
) => {
  reply.header('content-disposition', `inline; ${fileName(documentName(facts, as))}`)
  if (as === 'html') return reply.type('text/html; charset=utf-8').send(quotationHtml(facts))
  const pdf = await quotationPdf(facts)
  return reply.type('application/pdf').send(Buffer.from(pdf))
}

/** Numbers may have letters of any script in them: RFC 6266 has a form for those. */
const fileName = (name: string): string => {
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  )
  return `filename="${name.replaceAll(/[^\w.-]/g, '_')}"; filename*=UTF-8''${encoded}`
}

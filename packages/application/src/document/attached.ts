/**
 * The printed version that goes along with its mail.
 *
 * @module
 */
import { type DocumentFacts, documentName, quotationPdf } from '@forsat/document'
import type { Aggregates } from '../aggregate.ts'
import type { AttachmentOf } from '../delivery/posting.ts'
import type { DocumentRequest } from './document.ts'

interface Printing {
  readonly aggregates: Aggregates
  readonly documentOf: (
    quotationId: string,
    request: DocumentRequest,
  ) => Promise<DocumentFacts | undefined>
}

export const printedBy =
  ({ aggregates, documentOf }: Printing): AttachmentOf =>
  async (quotationId, version) => {
    const { company = '' } = await aggregates.load('quotation', quotationId)
    const facts = await documentOf(quotationId, { company, version })
    if (facts === undefined) throw new Error(`there is no version ${version} to print`)
    const content = await quotationPdf(facts)
    return { filename: documentName(facts, 'pdf'), content }
  }

export type {
  DocumentFacts,
  DocumentItem,
  DocumentLine,
  DocumentOption,
  Seller,
  Standing,
} from './facts.ts'
export { documentName } from './file-name.ts'
export { quotationHtml } from './html.ts'
export { quotationPdf } from './pdf.ts'

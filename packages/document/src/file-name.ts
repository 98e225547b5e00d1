import type { DocumentFacts } from './facts.ts'

/** What no file name may hold, on whatever machine. */
const unfit = /[/\\:*?"<>|]/g

/** A fit name for the file of a document: the number that stands on it. */
export const documentName = (
  { number = 'draft' }: Pick<DocumentFacts, 'number'>,
  format: 'html' | 'pdf',
): string => `${number.replaceAll(unfit, '-')}.${format}`

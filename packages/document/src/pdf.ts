/**
 * A quotation as PDF, set by Typst: no browser, and the same bytes for the same facts.
 *
 * @module
 */
import type { DocumentFacts } from './facts.ts'
import { type Press, startPress } from './press.ts'
import { sheetOf } from './sheet.ts'

let press: Press | undefined

export const quotationPdf = async (facts: DocumentFacts): Promise<Uint8Array> => {
  // A thread and a large library: there with the first document.
  press ??= startPress(() => {
    press = undefined
  })
  return press({ sheet: sheetOf(facts), author: facts.seller.name, madeAt: facts.madeAt })
}

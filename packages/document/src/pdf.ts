/**
 * A quotation as PDF, set by Typst: no browser, and the same bytes for the same facts.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import type { DocumentFacts } from './facts.ts'
import { fontFile, ownFile } from './files.ts'
import { sheetOf } from './sheet.ts'

type Sources = Readonly<Record<'sheet' | 'made', string>>
type Typesetter = (inputs: Sources, seconds: number) => Uint8Array

/** How often what it remembers may go unused. */
const kept = 5

const started = async (): Promise<Typesetter> => {
  const { NodeCompiler } = await import('@myriaddreamin/typst-ts-node-compiler')
  const fontBlobs = ['Regular', 'Medium', 'Bold'].map((weight) =>
    readFileSync(fontFile(`ttf/Vazirmatn-${weight}.ttf`)),
  )
  const compiler = NodeCompiler.create({ fontArgs: [{ fontBlobs }] })
  const mainFileContent = readFileSync(ownFile('sheet.typ'), 'utf8')
  return (inputs, creationTimestamp) => {
    const pdf = compiler.pdf({ mainFileContent, inputs }, { creationTimestamp })
    compiler.evictCache(kept)
    return new Uint8Array(pdf)
  }
}

let typesetter: Promise<Typesetter> | undefined

export const quotationPdf = async (facts: DocumentFacts): Promise<Uint8Array> => {
  // A large library, loaded with the first document.
  typesetter ??= started()
  const set = await typesetter
  const at = new Date(facts.madeAt)
  const on = {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
  }
  const made = { by: facts.seller.name, on }
  const inputs = { sheet: JSON.stringify(sheetOf(facts)), made: JSON.stringify(made) }
  return set(inputs, Math.floor(at.getTime() / 1000))
}

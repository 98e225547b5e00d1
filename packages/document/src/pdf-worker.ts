/**
 * The thread behind the press: Typst with our font, one document after the other.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { fontFile, ownFile } from './files.ts'
import type { Order, PostedOrder, Printed } from './press.ts'

const fontBlobs = ['Regular', 'Medium', 'Bold'].map((weight) =>
  readFileSync(fontFile(`ttf/Vazirmatn-${weight}.ttf`)),
)
const compiler = NodeCompiler.create({ fontArgs: [{ fontBlobs }] })
const mainFileContent = readFileSync(ownFile('sheet.typ'), 'utf8')

/** For how many documents the compiler remembers what it has not used again. */
const kept = 5

const printed = ({ sheet, author, madeAt }: Order): Uint8Array<ArrayBuffer> => {
  const at = new Date(madeAt)
  const on = {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
  }
  const inputs = { sheet: JSON.stringify(sheet), made: JSON.stringify({ by: author, on }) }
  const creationTimestamp = Math.floor(at.getTime() / 1000)
  const pdf = compiler.pdf({ mainFileContent, inputs }, { creationTimestamp })
  compiler.evictCache(kept)
  // A copy that can be handed over: the compiler's own belongs to the machine.
  return new Uint8Array(pdf)
}

parentPort?.on('message', ({ back, ...order }: PostedOrder) => {
  const answer = (of: Printed, handedOver: readonly ArrayBuffer[] = []) =>
    back.postMessage(of, [...handedOver])
  try {
    const pdf = printed(order)
    answer({ pdf }, [pdf.buffer])
  } catch (failure) {
    answer({ failure })
  }
})

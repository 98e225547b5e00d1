/**
 * The press is a thread that sets type. The longest offers keep it busy for a good part of a second,
 * in which the server answers others.
 *
 * @module
 */
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import type { Sheet } from './sheet.ts'

/** What is to be set. */
export interface Order {
  readonly sheet: Sheet
  readonly author: string
  readonly madeAt: string
}

/** The same with the way back, of each order its own. */
export interface PostedOrder extends Order {
  readonly back: MessagePort
}

export type Printed = { readonly pdf: Uint8Array } | { readonly failure: unknown }

export type Press = (order: Order) => Promise<Uint8Array>

export const startPress = (onEnd: () => void): Press => {
  // Built files lie beside each other as sources do.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  // How the program itself was started is nothing to the thread, but for where sources are run.
  const execArgv = extension === 'ts' ? ['--conditions=@forsat/source'] : []
  const worker = new Worker(new URL(`./pdf-worker.${extension}`, import.meta.url), { execArgv })
  let ending: unknown = new Error('the thread that sets type has ended')
  worker.once('error', (error) => {
    ending = error
  })
  worker.once('exit', onEnd)
  // Whoever waits for a document keeps the program alive; the thread alone does not.
  worker.unref()

  return (order) =>
    new Promise((resolve, reject) => {
      const { port1, port2 } = new MessageChannel()
      port1.once('message', (printed: Printed) => {
        if ('pdf' in printed) resolve(printed.pdf)
        else reject(printed.failure)
        port1.close()
      })
      port1.once('close', () => reject(ending))
      const posted: PostedOrder = { ...order, back: port2 }
      worker.postMessage(posted, [port2])
    })
}

/**
 * Bytes to a server and back, as badly behaved clients send and read them.
 *
 * @internal
 * @module
 */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export interface Wire extends Disposable {
  readonly socket: Socket
  /** All that came back, once the server has hung up. */
  readonly ended: Promise<string>
}

export const wireTo = async (base: string): Promise<Wire> => {
  const { hostname, port } = new URL(base)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  let heard = ''
  socket.on('data', (chunk) => {
    heard += String(chunk)
  })
  // A server that hangs up on somebody who is still sending resets the connection.
  socket.on('error', () => {})
  const ended = once(socket, 'close').then(() => heard)
  return { socket, ended, [Symbol.dispose]: () => socket.destroy() }
}

interface Ask {
  readonly method: string
  readonly path: string
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
}

/** A request as it goes over the wire. */
export const requestText = ({ method, path, body, headers = {} }: Ask): string => {
  const text = body === undefined ? '' : JSON.stringify(body)
  const all = {
    host: 'localhost',
    ...headers,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    'content-length': String(Buffer.byteLength(text)),
  }
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return [`${method} ${path} HTTP/1.1`, ...head, '', text].join('\r\n')
}

/** The statuses of all answers in what came back, in order, each with how long to wait. */
export const answersIn = (
  heard: string,
): readonly { readonly status: number; readonly retryAfter: string | undefined }[] =>
  heard
    .split(/(?=HTTP\/1\.1 \d{3} )/)
    .filter((answer) => answer.startsWith('HTTP/1.1 '))
    .map((answer) => ({
      status: Number(answer.slice(9, 12)),
      retryAfter: /^retry-after: (\S+)\r$/im.exec(answer)?.[1],
    }))

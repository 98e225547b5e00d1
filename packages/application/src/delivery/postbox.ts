/**
 * A real mail server for tests, that does as it is told: takes mails, refuses them, hangs, hangs up.
 *
 * @internal
 * @module
 */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** Of this machine alone, and of these tests. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBszCCAVmgAwIBAgIUEebRPkcsWuCbmMi4qFIAa7prwIAwCgYIKoZIzj0EAwIw
IDEeMBwGA1UEAwwVVGVzdCBvZiBtYWlsIG92ZXIgVExTMCAXDTI2MTEyNTEwNTc0
NVoYDzIxMjYxMTAxMTA1NzQ1WjAgMR4wHAYDVQQDDBVUZXN0IG9mIG1haWwgb3Zl
ciBUTFMwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAR596IFh9OYa6zJOgfIni3d
TtPNdy31hOz9F94l0BXcRhwYcj0R4zDdiQ6UFZSbXUn8MqJLjddCW+haWuYxVsNd
o28wbTAdBgNVHQ4EFgQUxsy15Vta+qY/7OP9JKgaIgp13bUwHwYDVR0jBBgwFoAU
xsy15Vta+qY/7OP9JKgaIgp13bUwDwYDVR0TAQH/BAUwAwEB/zAaBgNVHREEEzAR
gglsb2NhbGhvc3SHBH8AAAEwCgYIKoZIzj0EAwIDSAAwRQIgCp+lRKWGQ5YrCc/M
Id5fhHxi/vzBEFA9TRvpvRgHpc0CIQDlXP3eIQpt/JnOeHDLUebXABnowD3IRja8
luIyvk/h9A==
-----END CERTIFICATE-----`
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgVmz4lLdI58qG/jrB
/J9Kcttbe4NTK0kswUjlqZTeS9ihRANCAAR596IFh9OYa6zJOgfIni3dTtPNdy31
hOz9F94l0BXcRhwYcj0R4zDdiQ6UFZSbXUn8MqJLjddCW+haWuYxVsNd
-----END PRIVATE KEY-----`

export interface Received {
  readonly to: readonly string[]
  /** Its headers and parts, with the lines put together again. */
  readonly text: string
}

/** What the server does with the next mail. */
export type Manner =
  | 'takes'
  /** Says no to the receivers, by a code. */
  | { readonly refuses: number; readonly at: 'receiver' | 'end'; readonly words?: string }
  /** Never says a word. */
  | 'is silent'
  /** Takes the whole mail, and never says so. */
  | 'is silent at the end'
  /** Takes the whole mail, and hangs up. */
  | 'hangs up at the end'
  /** Hangs up before it has heard anything. */
  | 'hangs up at once'

export interface Postbox extends AsyncDisposable {
  readonly url: string
  readonly port: number
  /** All mails that reached it whole, whatever it said to them. */
  readonly received: readonly Received[]
  manner: Manner
  /** Takes the place of the password that it knows. */
  readonly login: string
}

const login = 'offers:s3cret'

export const postbox = async ({
  tls = false,
  asksWho = false,
}: {
  readonly tls?: boolean
  readonly asksWho?: boolean
} = {}): Promise<Postbox> => {
  const received: Received[] = []
  const state: { manner: Manner } = { manner: 'takes' }
  const refusal = (responseCode: number, words: string) =>
    Object.assign(new Error(words), { responseCode })

  const options: SMTPServerOptions = {
    key,
    cert: certificate,
    authOptional: !asksWho,
    allowInsecureAuth: true,
    disabledCommands: tls ? [] : ['STARTTLS'],
    closeTimeout: 1,
    onAuth: ({ username, password }, _session, done) => {
      const isKnown = `${username}:${password}` === login
      done(
        isKnown ? null : refusal(535, 'Who are you'),
        isKnown ? { user: username ?? '' } : undefined,
      )
    },
    onConnect: (_session, done) => {
      if (state.manner === 'is silent') return
      if (state.manner === 'hangs up at once') hangUp()
      else done()
    },
    onRcptTo: ({ address }, _session, done) => {
      const { manner } = state
      if (address.startsWith('nobody@')) done(refusal(550, `No such user: ${address}`))
      else if (typeof manner === 'object' && manner.at === 'receiver') {
        done(refusal(manner.refuses, manner.words ?? 'Not here'))
      } else done()
    },
    onData: (stream, { envelope }, done) => {
      const keep = async () => {
        const { manner } = state
        const to = envelope.rcptTo.map(({ address }) => address)
        received.push({ to, text: readable(await text(stream)) })
        if (manner === 'is silent at the end') return
        if (manner === 'hangs up at the end') hangUp()
        else if (typeof manner === 'object') {
          done(refusal(manner.refuses, manner.words ?? 'Not now'))
        } else done()
      }
      void keep()
    },
  }
  const server = new SMTPServer(options)
  // Whoever hangs up first is no error of the server.
  server.on('error', () => {})
  const hangUp = () => {
    for (const { _socket } of server.connections) _socket.destroy()
  }
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo

  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    login,
    received,
    get manner() {
      return state.manner
    },
    set manner(manner: Manner) {
      state.manner = manner
    },
    [Symbol.asyncDispose]: async () => {
      hangUp()
      const closed = Promise.withResolvers<void>()
      server.close(() => closed.resolve())
      await closed.promise
    },
  }
}

/** Headers and texts as their reader sees them. */
const readable = (mail: string): string =>
  mail
    .replaceAll('\r\n', '\n')
    .replaceAll(/(?<=\?=)\s+(?==\?UTF-8)/gi, '')
    .replaceAll(/=\?UTF-8\?B\?(.*?)\?=/gi, (_, words: string) => decoded(words))
    .replaceAll(/=\?UTF-8\?Q\?(.*?)\?=/gi, (_, words: string) => words.replaceAll('_', ' '))
    .replaceAll(base64Part, (_, head: string, body: string) => `${head}${decoded(body)}`)
    .replaceAll('=\n', '')
    .replaceAll(/(?:=[0-9A-F]{2})+/g, (bytes) =>
      Buffer.from(bytes.replaceAll('=', ''), 'hex').toString('utf8'),
    )

const base64Part = /(Content-Transfer-Encoding: base64(?:\n[^\n]+)*\n\n)([A-Za-z0-9+/=\n]+)/g

const decoded = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8')

/**
 * Serves an open store over HTTP until somebody asks it to stop.
 *
 * @module
 */
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import {
  type Forsat,
  type MailSettings,
  MailSettingWrong,
  smtpMailer,
  startSweep,
} from '@forsat/application'
import type { Desk } from './session.ts'
import type { Settings } from './settings.ts'
import { type Exit, type Shell, Stop } from './shell.ts'
import type { Texts } from './texts/texts.ts'

export interface Address {
  readonly host: string
  readonly port: number
  /** Where customers reach it, without a slash at the end, if that is elsewhere. */
  readonly publicUrl: string | undefined
}

export interface Serving {
  readonly forsat: Forsat
  readonly settings: Settings
  readonly address: Address
  readonly auth: 'keys' | 'none'
  /** Told the address once callers may come. */
  readonly ready: (url: string) => Promise<void>
}

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const

/** The pages, built; they lie beside this program. */
const webRoot = fileURLToPath(new URL('../../web/dist', import.meta.url))

/** Where to listen: as asked, else as the environment says. Without keys only on this machine. */
export const addressOf = (
  { shell: { env }, texts }: Desk,
  asked: {
    readonly host?: string | undefined
    readonly port?: string | undefined
    readonly auth: boolean
  },
): Address => {
  const port = asked.port ?? (env['PORT'] || '3000')
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new Stop(2, texts.serve.portInvalid(port))
  }
  const host = asked.host ?? (env['HOST'] || '127.0.0.1')
  if (!asked.auth && !isLoopback(host)) throw new Stop(2, texts.serve.loopbackOnly(host))
  return { host, port: Number(port), publicUrl: publicUrlOf(env['FORSAT_URL'], texts) }
}

/**
 * How quotations go by mail, as the environment says; `undefined` where it says nothing. Links lead to
 * where customers reach the server, else to where it listens.
 */
export const mailOf = (
  { shell: { env }, texts }: Desk,
  { publicUrl }: Address,
  listening: () => string | undefined,
): MailSettings | undefined => {
  const { FORSAT_SMTP_URL: url = '', FORSAT_MAIL_FROM: from = '' } = env
  if (url === '' && from === '') return undefined
  if (url === '' || from === '') throw new Stop(2, texts.serve.mailIncomplete)
  try {
    return {
      mailer: smtpMailer({ url, from }),
      origin: () => publicUrl ?? listening() ?? '',
    }
  } catch (error) {
    if (!(error instanceof MailSettingWrong)) throw error
    throw new Stop(2, texts.serve.mailInvalid[error.setting])
  }
}

const publicUrlOf = (given: string | undefined, texts: Texts): string | undefined => {
  if (given === undefined || given === '') return undefined
  const { protocol } = URL.parse(given) ?? {}
  if (protocol === 'http:' || protocol === 'https:') return given.replace(/\/+$/, '')
  throw new Stop(2, texts.serve.urlInvalid(given))
}

const isLoopback = (host: string): boolean =>
  ['localhost', '::1', '[::1]'].includes(host) || /^127(\.\d{1,3}){3}$/.test(host)

export const serve = async (desk: Desk, serving: Serving): Promise<Exit> => {
  const { shell, texts } = desk
  const { forsat, settings, address, auth, ready } = serving
  // Loaded where it is needed: most commands answer sooner without a server.
  const { createApp } = await import('@forsat/api')
  const app = await createApp({
    forsat,
    auth,
    webRoot,
    publicUrl: address.publicUrl,
    testClock: settings.testClock,
    logging: { level: levelOf(shell), stream: { write: shell.err } },
  })
  const stopped = shell.stopped()
  try {
    await app.listen({ host: address.host, port: address.port })
    const { port = address.port } = (app.addresses()[0] ?? {}) as { readonly port?: number }
    await ready(urlOf({ ...address, port }))
    // A clock that tests set stands still until they move it, and they ask for the sweep themselves.
    await using _sweep = settings.testClock
      ? undefined
      : startSweep(forsat, (message) => shell.err(`${message}\n`))
    await untilAborted(stopped)
  } catch (error) {
    throw whyNot(error, address, desk)
  } finally {
    await app.close()
  }
  shell.err(`${texts.serve.stopped}\n`)
  return 0
}

/**
 * Keeps an address for the time until it is served, so that of two starts at once the second one ends
 * before it has done anything. Callers who come too early are turned away.
 */
export const keepAddress = async (desk: Desk, address: Address): Promise<() => Promise<void>> => {
  if (address.port === 0) return async () => {}
  const server = createServer((socket) => socket.destroy())
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject).listen(address, resolve)
  try {
    await promise
  } catch (error) {
    throw whyNot(error, address, desk)
  }
  return async () => {
    const closed = Promise.withResolvers<void>()
    server.close(() => closed.resolve())
    await closed.promise
  }
}

const untilAborted = async (signal: AbortSignal): Promise<void> => {
  if (signal.aborted) return
  const { promise, resolve } = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => resolve(), { once: true })
  await promise
}

const urlOf = ({ host, port }: Pick<Address, 'host' | 'port'>): string =>
  `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`

const levelOf = ({ env }: Shell): (typeof levels)[number] =>
  levels.find((level) => level === env['LOG_LEVEL']) ?? 'warn'

/** Why nobody can listen there, as one sentence; any other failure stays what it is. */
const whyNot = (error: unknown, { host, port }: Address, { texts }: Desk): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return new Stop(3, texts.serve.portTaken(port, host))
  if (code === 'EACCES') return new Stop(3, texts.serve.portForbidden(port))
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new Stop(3, texts.serve.hostInvalid(host))
  }
  return error
}

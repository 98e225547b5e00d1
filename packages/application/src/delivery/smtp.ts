/**
 * Mails over SMTP, each over a connection of its own.
 *
 * @module
 */
import { Transform } from 'node:stream'
import { MailAddress } from '@forsat/domain'
import type { Mail, Mailer, Posted, Sender } from './mailer.ts'

export interface SmtpOptions {
  /** `smtp://` or `smtps://`, with user and password where the server asks for them. */
  readonly url: string
  /** An address, alone or behind a name: `Aftab <offers@example.com>`. */
  readonly from: string
  /** How long a silent server is waited for. */
  readonly patienceMs?: number
  /** A certificate authority to be trusted beside the known ones, as PEM. */
  readonly ca?: string
}

/** A setting that no mail can be sent with. It names the setting, never its value: that is a secret. */
export class MailSettingWrong extends Error {
  readonly setting: 'url' | 'from'
  constructor(setting: 'url' | 'from', why: string) {
    super(why)
    this.name = 'MailSettingWrong'
    this.setting = setting
  }
}

const usualPatienceMs = 20_000
/** However slowly a server goes on answering. */
const longestMs = 240_000

/** Throws `MailSettingWrong`. */
export const smtpMailer = ({
  url,
  from,
  patienceMs = usualPatienceMs,
  ca,
}: SmtpOptions): Mailer => {
  const server = serverAt(url)
  const transport = {
    ...server,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    dnsTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(ca === undefined ? {} : { tls: { ca } }),
  }
  return {
    from: senderOf(from),
    send: async (mail, stop) => {
      // Loaded where it is needed: most programs over a store send no mail.
      const { createTransport } = await import('nodemailer')
      const post = createTransport(transport)
      let isWhole = false
      post.use('stream', (message, done) => {
        message.message.transform(() => noticing(() => (isWhole = true)))
        done()
      })
      try {
        const signal = AbortSignal.any([stop, AbortSignal.timeout(longestMs)])
        const { rejected } = await post.sendMail({ ...written(mail), signal })
        return { outcome: 'taken', refusedFor: rejected }
      } catch (error) {
        return failure(error as SmtpError, isWhole)
      } finally {
        post.close()
      }
    },
  }
}

/** Lets a message through, and tells when the last of it has come by: only then can a server take it. */
const noticing = (onWhole: () => void): Transform =>
  new Transform({
    transform: (chunk, _encoding, done) => done(null, chunk),
    flush: (done) => {
      onWhole()
      done()
    },
  })

/** Addresses go as objects: no text is searched for more of them. */
const written = ({ messageId, from, to, subject, text, html, attachments }: Mail) => ({
  messageId,
  from: { name: from.name ?? '', address: from.address },
  to: to.map((address) => ({ name: '', address })),
  subject,
  text,
  html,
  attachments: attachments.map(({ filename, content }) => ({
    filename,
    content: Buffer.from(content),
  })),
})

interface SmtpError extends Error {
  readonly code?: string
  /** Of the server's answer, if it gave one. */
  readonly responseCode?: number
  readonly response?: string
  /** What the server was told last. */
  readonly command?: string
}

/** What a server says about a mail; whatever comes before is about the connection. */
const aboutMail = new Set(['MAIL FROM', 'RCPT TO', 'DATA'])

const failure = (error: SmtpError, isWhole: boolean): Posted => ({
  outcome: 'failed',
  code: codeOf(error, isWhole),
  detail: error.response ?? error.message,
})

const codeOf = ({ code, responseCode, command = '' }: SmtpError, isWhole: boolean) => {
  if (code === 'EAUTH' || code === 'ENOAUTH') return 'loginRefused'
  if (responseCode !== undefined && aboutMail.has(command)) {
    return responseCode < 500 ? 'deferred' : 'refused'
  }
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return 'refused'
  // The whole of it was handed over, and no answer came: it may lie in a mailbox by now.
  if (isWhole && responseCode === undefined) return 'unknown'
  return 'unreachable'
}

const serverAt = (given: string) => {
  const { protocol, hostname, port, username, password, searchParams, pathname } =
    URL.parse(given) ?? {}
  if (
    (protocol !== 'smtp:' && protocol !== 'smtps:') ||
    hostname === undefined ||
    hostname === ''
  ) {
    throw new MailSettingWrong('url', 'must be smtp://HOST:PORT or smtps://HOST:PORT')
  }
  const secure = protocol === 'smtps:'
  const host = hostname.replace(/^\[|\]$/g, '')
  const auth = username
    ? { user: decodeURIComponent(username), pass: decodeURIComponent(password ?? '') }
    : undefined
  const isHere = host === 'localhost' || host === '::1' || host.startsWith('127.')
  const usual = isHere ? 'never' : auth === undefined ? 'offered' : 'required'
  const tls = searchParams?.get('tls') ?? usual
  const isKnown = ['never', 'offered', 'required'].includes(tls)
  const others = [...(searchParams?.keys() ?? [])].filter((name) => name !== 'tls')
  if (!isKnown || others.length > 0 || !['', '/'].includes(pathname ?? '')) {
    throw new MailSettingWrong('url', 'may end in ?tls=required, ?tls=offered or ?tls=never alone')
  }
  return {
    host,
    port: port ? Number(port) : secure ? 465 : 587,
    secure,
    requireTLS: !secure && tls === 'required',
    ignoreTLS: !secure && tls === 'never',
    ...(auth === undefined ? {} : { auth }),
  }
}

const senderOf = (given: string): Sender => {
  const [, name = '', bracketed] = /^\s*(?:"?([^"<>\r\n]*?)"?\s*)<([^<>]+)>\s*$/.exec(given) ?? []
  const { success, data: address } = MailAddress.safeParse(bracketed ?? given.trim())
  if (!success) {
    throw new MailSettingWrong('from', 'must be an address, like Aftab <offers@example.com>')
  }
  return name === '' ? { address } : { address, name }
}

/**
 * What the environment sets, read once at the start.
 *
 * @module
 */
import { type Mailer, MailSettingWrong, smtpMailer } from '@forsat/application'
import * as z from 'zod'

const Environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z
    .string()
    .refine((port) => /^\d{1,5}$/.test(port) && Number(port) <= 65_535, 'must be a port')
    .default('3000'),
  FORSAT_STORE: z.string().min(1).default('sqlite:./data/forsat.db'),
  FORSAT_READ_MODELS: z.string().min(1).optional(),
  FORSAT_KEYS: z.string().min(1).optional(),
  FORSAT_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address, like https://offers.example.com' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  FORSAT_SMTP_URL: z.string().min(1).optional(),
  FORSAT_MAIL_FROM: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
})

export interface Config {
  readonly host: string
  readonly port: number
  readonly store: string
  readonly readModels: string | undefined
  readonly keys: string | undefined
  /** Where customers reach the server, without a slash at the end. */
  readonly publicUrl: string | undefined
  /** How quotations go by mail; absent where they do not. */
  readonly mailer: Mailer | undefined
  readonly level: z.infer<typeof Environment>['LOG_LEVEL']
}

/** A setting that cannot be. */
export class EnvironmentWrong extends Error {
  constructor(wrong: readonly string[]) {
    super(`The environment is not as it must be: ${wrong.join('; ')}.`)
    this.name = 'EnvironmentWrong'
  }
}

/** Throws `EnvironmentWrong`, which names the settings. */
export const configOf = (environment: NodeJS.ProcessEnv): Config => {
  const parsed = Environment.safeParse(environment)
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`)
    throw new EnvironmentWrong(wrong)
  }
  const { HOST, PORT, LOG_LEVEL, FORSAT_STORE, ...places } = parsed.data
  const { FORSAT_SMTP_URL: url, FORSAT_MAIL_FROM: from } = places
  return {
    host: HOST,
    port: Number(PORT),
    store: FORSAT_STORE,
    readModels: places.FORSAT_READ_MODELS,
    keys: places.FORSAT_KEYS,
    publicUrl: places.FORSAT_URL,
    mailer: mailerOf(url, from),
    level: LOG_LEVEL,
  }
}

const names = { url: 'FORSAT_SMTP_URL', from: 'FORSAT_MAIL_FROM' } as const

/** One setting without the other is a mistake: no mail would go, and nobody would know why. */
const mailerOf = (url: string | undefined, from: string | undefined): Mailer | undefined => {
  if (url === undefined && from === undefined) return undefined
  if (url === undefined) throw new EnvironmentWrong([`${names.url} is missing`])
  if (from === undefined) throw new EnvironmentWrong([`${names.from} is missing`])
  try {
    return smtpMailer({ url, from })
  } catch (error) {
    if (!(error instanceof MailSettingWrong)) throw error
    throw new EnvironmentWrong([`${names[error.setting]} ${error.message}`])
  }
}

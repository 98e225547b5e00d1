/**
 * What the environment sets, read once at the start.
 *
 * @module
 */
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
  return {
    host: HOST,
    port: Number(PORT),
    store: FORSAT_STORE,
    readModels: places.FORSAT_READ_MODELS,
    keys: places.FORSAT_KEYS,
    publicUrl: places.FORSAT_URL,
    level: LOG_LEVEL,
  }
}

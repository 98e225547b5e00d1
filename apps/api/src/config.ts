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
    .regex(/^\d{1,5}$/, 'must be a port')
    .default('3000'),
  FORSAT_STORE: z.string().min(1).default('sqlite:./data/forsat.db'),
  FORSAT_READ_MODELS: z.string().min(1).optional(),
  FORSAT_KEYS: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
})

export interface Config {
  readonly host: string
  readonly port: number
  readonly store: string
  readonly readModels: string | undefined
  readonly keys: string | undefined
  readonly level: z.infer<typeof Environment>['LOG_LEVEL']
}

/** Throws a sentence that names the setting that is wrong. */
export const configOf = (environment: NodeJS.ProcessEnv): Config => {
  const parsed = Environment.safeParse(environment)
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`)
    throw new Error(`The environment is not as it must be: ${wrong.join('; ')}.`)
  }
  const { HOST, PORT, FORSAT_STORE, FORSAT_READ_MODELS, FORSAT_KEYS, LOG_LEVEL } = parsed.data
  return {
    host: HOST,
    port: Number(PORT),
    store: FORSAT_STORE,
    readModels: FORSAT_READ_MODELS,
    keys: FORSAT_KEYS,
    level: LOG_LEVEL,
  }
}

/**
 * What the log of the server holds: which route was asked and how it went, by ids. No body, no query,
 * no header and no address of a person.
 *
 * @module
 */
import type { FastifyInstance, FastifyServerOptions } from 'fastify'

export interface Logging {
  readonly level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace'
  /** Where lines go; standard output if not said. */
  readonly stream?: { write(line: string): void } | undefined
}

export const loggerOf = (
  logging: Logging | undefined,
): NonNullable<FastifyServerOptions['logger']> =>
  logging === undefined
    ? false
    : {
        level: logging.level,
        ...(logging.stream === undefined ? {} : { stream: logging.stream }),
        serializers: {
          // Errors of libraries bring what they were given along; name, message and stack will do.
          err: ({ name, message, stack }: Error) => ({ type: name, message, stack: stack ?? '' }),
          req: ({ method }: { readonly method: string }) => ({ method }),
          res: ({ statusCode }: { readonly statusCode: number }) => ({ statusCode }),
        },
      }

export const logRequests = (app: FastifyInstance): void => {
  app.addHook('onResponse', async ({ method, routeOptions, log, caller }, reply) => {
    const { statusCode, elapsedTime } = reply
    log.info(
      {
        method,
        route: routeOptions.url,
        statusCode,
        ms: Math.round(elapsedTime * 10) / 10,
        actor: caller?.actor,
        company: caller?.company,
      },
      'answered',
    )
  })
}

/**
 * What the log of the server holds: which route was asked and how it went, by ids. No body, no query,
 * no header and no address of a person.
 *
 * @module
 */
import {
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  LogController,
} from 'fastify'

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

/** One line for each request, once it is answered. */
export class RequestLog extends LogController {
  override incomingRequest(): void {}

  override requestCompleted(
    error: Error | null | undefined,
    { method, routeOptions, log, caller }: FastifyRequest,
    { statusCode, elapsedTime }: FastifyReply,
  ): void {
    const line = {
      method,
      route: routeOptions.url,
      statusCode,
      ms: Math.round(elapsedTime * 10) / 10,
      actor: caller?.actor,
      company: caller?.company,
    }
    if (error) log.warn({ ...line, err: error }, 'broke off')
    else log.info(line, 'answered')
  }

  override routeNotFound(): void {}
}

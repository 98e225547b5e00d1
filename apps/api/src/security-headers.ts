/**
 * What tells browsers how carefully to treat an answer. It is the same for every answer, so it is
 * worked out once.
 *
 * @module
 */
import { IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import helmet, { type HelmetOptions } from 'helmet'

export const securityHeaders = (options: HelmetOptions): OutgoingHttpHeaders => {
  const answer = new ServerResponse(new IncomingMessage(new Socket()))
  // Options that make no sense throw here.
  helmet(options)(answer.req, answer, () => {})
  return answer.getHeaders()
}

/**
 * The bodies that the API takes: JSON, read strictly. Everything else is another media type.
 *
 * @module
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refused } from './problem.ts'
import { invalidRequest } from './schemas.ts'
import { readJson } from './strict-json.ts'

const bodyOf = async (request: FastifyRequest, bytes: Buffer): Promise<unknown> => {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers
  const [, charset = 'utf-8'] = /;\s*charset="?([^";\s]+)/i.exec(type) ?? []
  if (encoding !== 'identity' || charset.toLowerCase() !== 'utf-8') {
    throw new Refused({ type: 'UnsupportedMediaType' })
  }
  // A command without fields is often sent as an empty body of a type.
  if (bytes.length === 0) return undefined
  const read = readJson(bytes)
  if (read.ok) return read.value
  throw invalidRequest('body', read.issue)
}

export const jsonBodies = (scope: FastifyInstance): void => {
  scope.removeAllContentTypeParsers()
  for (const type of ['application/json', 'application/merge-patch+json']) {
    scope.addContentTypeParser(type, { parseAs: 'buffer' }, bodyOf)
  }
}

/**
 * The document of the API, OpenAPI 3.1: made from the routes' own schemas, never written by hand.
 *
 * @module
 */
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import {
  createJsonSchemaTransform,
  createJsonSchemaTransformObject,
} from 'fastify-type-provider-zod'

const description = `Sales opportunities as a history of events: every command is recorded, every
answer is derived from the record.

- A command answers with the record as GET gives it, its revision as \`ETag\`; \`If-Match\` refuses it
  where somebody else was faster. \`Idempotency-Key\` makes a repeat safe.
- Lists have at most 200 items a page; \`next\` is the cursor of the page behind.
- \`asOf\`, \`atPosition\` and \`effectiveAt\` ask for any past.
- Unknown fields and parameters are refused, and no value is guessed at.
- A refusal is \`application/problem+json\`; \`code\` is for programs, \`detail\` for people, in English
  or Persian as \`Accept-Language\` asks.`

/** The document knows requests, responses and schemas; what is in between it leaves as it is. */
interface Document {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}
interface Operation {
  requestBody?: { required?: boolean; readonly content: Readonly<Record<string, Media>> }
}
interface Media {
  readonly schema?: { readonly required?: readonly string[] }
}

/** A command without fields that it must have may come without a body. */
const optionalBodies = (document: Document): void => {
  for (const operation of Object.values(document.paths ?? {}).flatMap(Object.values<Operation>)) {
    const { requestBody } = operation
    const media = Object.values(requestBody?.content ?? {})
    if (requestBody && media.every(({ schema }) => (schema?.required ?? []).length === 0)) {
      requestBody.required = false
    }
  }
}

export const documentation = async (app: FastifyInstance): Promise<void> => {
  const withComponents = createJsonSchemaTransformObject({})
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Forsat',
        version: '1.0.0',
        description,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key.' } },
      },
    },
    transform: createJsonSchemaTransform({}),
    transformObject: (document) => {
      const complete = withComponents(document)
      optionalBodies(complete as Document)
      return complete
    },
  })
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
}

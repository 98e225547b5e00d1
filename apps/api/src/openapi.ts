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
import { undocumented } from './operation.ts'

const description = `Sales opportunities as a history of events: every command is recorded, every
answer is derived from the record.

- A command answers with the record as GET gives it, its revision as \`ETag\`; \`If-Match\` refuses it
  where somebody else was faster. \`Idempotency-Key\` makes a repeat safe.
- Lists have at most 200 items a page; \`next\` is the cursor of the page behind.
- \`asOf\`, \`atPosition\` and \`effectiveAt\` ask for any past.
- Unknown fields and parameters are refused, and no value is guessed at.
- A refusal is \`application/problem+json\`; \`code\` is for programs, \`detail\` for people, in English
  or Persian as \`Accept-Language\` asks.`

interface Document {
  readonly paths: Paths
  readonly components: { schemas: Schemas }
}
type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>
interface Operation {
  operationId?: string
  readonly summary: string
  readonly responses: Readonly<Record<string, { description: string }>>
  readonly requestBody?: RequestBody
}
interface RequestBody {
  required?: boolean
  readonly content: Readonly<Record<string, { readonly schema?: Schema }>>
}
interface Schema {
  readonly required?: readonly string[]
}

/** `post /v1/opportunities/{id}/win` as a name that generated clients can use. */
const nameOf = (method: string, path: string): string =>
  [method, ...path.split('/').slice(2)]
    .flatMap((part) => part.replace(/^\{(\w+)\}$/, 'by-$1').split('-'))
    .map((word, index) => (index === 0 ? word : `${word.charAt(0).toUpperCase()}${word.slice(1)}`))
    .join('')

const isOptional = ({ content }: RequestBody): boolean =>
  Object.values(content).every(({ schema }) => (schema?.required ?? []).length === 0)

/** What a response is called that nobody has described. */
const undescribed = 'Default Response'

/** Names each operation, and says where a command may come without a body. */
const complete = (paths: Paths): void => {
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      operation.operationId = nameOf(method, path)
      const { requestBody, responses, summary } = operation
      for (const response of Object.values(responses)) {
        if (response.description === undescribed) response.description = `${summary}.`
      }
      if (requestBody !== undefined && isOptional(requestBody)) requestBody.required = false
    }
  }
}

type Schemas = Readonly<Record<string, unknown>>

/** The names of the schemas that something refers to, through others too. */
const referredTo = (schemas: Schemas, from: unknown, known = new Set<string>()): Set<string> => {
  const text = JSON.stringify(from)
  for (const [name, schema] of Object.entries(schemas)) {
    if (known.has(name) || !text.includes(`"#/components/schemas/${name}"`)) continue
    known.add(name)
    referredTo(schemas, schema, known)
  }
  return known
}

/** A schema exists twice, for what comes and what goes; those of one way only are dropped. */
const withoutUnused = (schemas: Schemas, paths: unknown): Schemas => {
  const used = referredTo(schemas, paths)
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)))
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
      const whole = withComponents(document)
      const { paths, components } = whole as Document
      complete(paths)
      components.schemas = withoutUnused(components.schemas, paths)
      return whole
    },
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    // Its own scripts set styles on elements; and people may open it over plain HTTP.
    transformStaticCSP: (header) =>
      header
        .replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
        .replace(/\s*upgrade-insecure-requests;?/, ''),
  })
  app.get('/openapi.json', undocumented, async () => app.swagger())
}

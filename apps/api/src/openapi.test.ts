/**
 * The document: whole, true to the routes, and with examples that work.
 */
import { commandInputs } from '@forsat/application'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Served, serve } from './testing/served.ts'

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly schema: object
}
interface Media {
  readonly schema: object
  readonly example?: object
}
interface Operation {
  readonly operationId: string
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly security?: readonly object[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly required?: boolean; readonly content: Record<string, Media> }
  readonly responses: Record<string, { readonly description: string; readonly content?: object }>
  readonly 'x-command'?: string | readonly string[]
  readonly 'x-role'?: string
}
interface Document {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string }
  readonly paths: Record<string, Record<string, Operation>>
  readonly components: { readonly schemas: Record<string, object> }
}

let server: Served
let document: Document
let operations: readonly (readonly [method: string, path: string, operation: Operation])[]
beforeAll(async () => {
  server = await serve()
  document = await server.read('/openapi.json')
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => [method, path, operation] as const),
  )
})
afterAll(() => server[Symbol.asyncDispose]())

/** An address of a route, with ids of nothing in it. */
const addressOf = (path: string): string =>
  path
    .replace('{stream}', 'opportunity-01KDQ1A0M0TWNSA1E000000005')
    .replace('{name}', 'nothing')
    .replace('{base}/{quote}/{date}', 'EUR/IRR/2026-03-01')
    .replaceAll(/\{\w+\}/g, '01KDQ1A0M0TWNSA1E000000005')

const exampleOf = ({ requestBody }: Operation): object | undefined => {
  const media = requestBody?.content['application/json']
  if (media === undefined) return undefined
  return media.example ?? {}
}

/** Everything that stands under a key, however deep. */
const allUnder = (key: string, value: unknown): readonly unknown[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) =>
    name === key ? [each] : allUnder(key, each),
  )
}

describe('the document', () => {
  test('is OpenAPI 3.1, and nothing in it leads nowhere', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/)
    expect(document.info).toMatchObject({ title: 'Forsat', version: expect.any(String) })
    for (const reference of allUnder('$ref', document)) {
      const [, name = ''] = /^#\/components\/schemas\/(\w+)$/.exec(String(reference)) ?? []
      expect(document.components.schemas).toHaveProperty(name)
    }
    expect(allUnder('nullable', document.paths)).toEqual([])
  })

  test('names every operation once, and says what it does and who may', () => {
    const names = operations.map(([, , { operationId }]) => operationId)
    expect(new Set(names).size).toBe(names.length)
    for (const [, path, operation] of operations) {
      expect(operation).toMatchObject({
        summary: expect.stringMatching(/^[A-Z]/),
        tags: [expect.any(String)],
        security: operation['x-role'] === 'public' ? [] : [{ key: [] }],
        'x-role': expect.stringMatching(/^(read|sell|manage|administer|public)$/),
      })
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const declared = (operation.parameters ?? []).filter((each) => each.in === 'path')
      expect(declared.map(({ name }) => name)).toEqual(named)
      expect(declared.every(({ required }) => required)).toBe(true)
    }
  })

  test('says of every answer what it is, refusals too', () => {
    for (const [, , { responses }] of operations) {
      expect(Object.keys(responses)).toEqual(
        expect.arrayContaining([expect.stringMatching(/^20[014]$/), '4XX', '5XX']),
      )
      for (const { description } of Object.values(responses)) expect(description).not.toBe('')
      expect(responses['4XX']?.content).toHaveProperty('application/problem+json')
    }
  })

  test('names the command of the library behind every operation that changes something', () => {
    for (const [method, path, operation] of operations) {
      const commands = [operation['x-command'] ?? []].flat()
      for (const command of commands) expect(commandInputs).toHaveProperty(command)
      const isOfTheServer = /\/(projections|test)\/|\/scoring\/rebuild$/.test(path)
      expect(commands.length > 0, `${method} ${path}`).toBe(method !== 'get' && !isOfTheServer)
    }
  })
})

describe('every operation', () => {
  test('refuses a parameter that it does not know', async () => {
    for (const [method, path, operation] of operations) {
      const body = exampleOf(operation)
      const address = `${addressOf(path)}?nope=1`
      const answer = await server.call(method.toUpperCase(), address, body)
      expect(answer, `${method} ${path}`).toMatchObject({
        status: 400,
        body: { code: 'InvalidRequest', errors: [{ in: 'query', pointer: '/nope' }] },
      })
    }
  })

  test('refuses a field that it does not know', async () => {
    for (const [method, path, operation] of operations) {
      const example = exampleOf(operation)
      if (example === undefined) continue
      const body = { ...example, nope: 1 }
      const answer = await server.call(method.toUpperCase(), addressOf(path), body)
      expect(answer, `${method} ${path}`).toMatchObject({
        status: 400,
        body: { code: 'InvalidRequest', errors: [{ in: 'body', pointer: '/nope' }] },
      })
    }
  })

  test('takes its own example', async () => {
    for (const [method, path, operation] of operations) {
      const example = exampleOf(operation)
      if (example === undefined || path.endsWith('/test/clock')) continue
      const answer = await server.call(method.toUpperCase(), addressOf(path), example)
      expect(answer.status, `${method} ${path}`).toBeLessThan(500)
      expect(answer, `${method} ${path}`).not.toMatchObject({ body: { errors: [{ in: 'body' }] } })
    }
  })

  test('is carried out for a company only, never without one', async () => {
    const headers = { 'forsat-company': '01KDQ1A0M0TWNSA1E000000005' }
    for (const [method, path, operation] of operations) {
      if (operation['x-role'] === 'public') continue
      const answer = await server.call(method.toUpperCase(), addressOf(path), undefined, headers)
      expect(answer, `${method} ${path}`).toMatchObject({ status: 404, body: { code: 'NotFound' } })
    }
  })
})

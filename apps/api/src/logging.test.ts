/**
 * What the log holds: enough to find a request, nothing about a person.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Served, serve } from './testing/served.ts'

const lines: string[] = []
let server: Served
beforeAll(async () => {
  server = await serve({
    logging: { level: 'trace', stream: { write: (line) => lines.push(line) } },
  })
})
afterAll(() => server[Symbol.asyncDispose]())

test('a request is logged by its route, its status and the ids of who asked', async () => {
  const person = {
    contactName: 'Nasrin Rahimi',
    email: 'nasrin@aftab.example',
    phone: '02155500100',
  }
  const headers = { authorization: 'Bearer forsat_secret' }
  const opportunity = { title: 'A secret title', ...person }
  await server.call('POST', '/v1/opportunities', opportunity, headers)
  await server.call('POST', '/v1/opportunities', { ...opportunity, nope: 1 }, headers)
  await server.call('GET', '/v1/contacts?q=Nasrin&email=nasrin@aftab.example', undefined, headers)
  await server.call('GET', '/v1/nasrin?q=Nasrin')
  await server.call('GET', '/v1/opportunities/Nasrin')
  const log = lines.join('')
  expect(log).not.toMatch(/nasrin|aftab|secret|02155500100/i)
  const answered = lines
    .map((line) => JSON.parse(line) as { readonly msg: string; readonly statusCode: number })
    .filter(({ msg }) => msg === 'answered')
  expect(answered).toMatchObject([
    { method: 'POST', route: '/v1/opportunities', statusCode: 201, actor: 'user:local' },
    { method: 'POST', route: '/v1/opportunities', statusCode: 400, company: server.companyId },
    { method: 'GET', route: '/v1/contacts', statusCode: 200 },
    { method: 'GET', statusCode: 404 },
    { method: 'GET', route: '/v1/opportunities/:id', statusCode: 400 },
  ])
})

/**
 * What stands around the API: the pages, the documentation, and answers to what is no request at all.
 */
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Served, serve } from './testing/served.ts'

let webRoot: string
let server: Served
beforeAll(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'forsat-web-'))
  await writeFile(join(webRoot, 'index.html'), '<!doctype html><title>Forsat</title>')
  await writeFile(join(webRoot, 'quotation.html'), '<!doctype html><title>Quotation</title>')
  server = await serve({ webRoot })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await rm(webRoot, { recursive: true, force: true })
})

/** What comes back for bytes as they are. */
const sent = async (text: string): Promise<string> => {
  const { hostname, port } = new URL(server.base)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.write(text)
  let answer = ''
  for await (const chunk of socket) answer += String(chunk)
  return answer
}

describe('the server', () => {
  test('shows the pages at its root, and nothing beside them', async () => {
    const page = await server.call<string>('GET', '/')
    expect(page.body).toContain('<title>Forsat</title>')
    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self'/)
    expect(page.headers.get('content-security-policy')).not.toMatch(/upgrade-insecure-requests/)
    for (const path of ['/missing.js', '/..%2f..%2fpackage.json', '/.env']) {
      expect(await server.call('GET', path)).toMatchObject({ status: 404 })
    }
  })

  test('has one page for all links of customers, which nobody keeps and no other site learns of', async () => {
    const page = await server.call<string>('GET', `/q/${'x'.repeat(43)}`)
    expect(page.body).toContain('<title>Quotation</title>')
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self'/)
    expect(await server.call('GET', '/q/a/b')).toMatchObject({ status: 404 })
  })

  test('shows its documentation without asking anybody else for scripts', async () => {
    const page = await server.call<string>('GET', '/docs')
    const policy = page.headers.get('content-security-policy')
    expect(policy).toContain("style-src 'self' 'unsafe-inline'")
    expect(policy).not.toContain('upgrade-insecure-requests')
    expect(page.status).toBe(200)
    expect(page.body).not.toMatch(/(src|href)="https?:/)
  })

  test('answers a problem to what is not HTTP', async () => {
    expect(await sent('nonsense\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 400 Bad Request\r\n(.+\r\n)*Content-Type: application\/problem\+json/,
    )
    const head = `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`
    expect(await sent(head)).toMatch(/^HTTP\/1\.1 431 (.|\r|\n)*"code":"HeadersTooLarge"/)
  })

  test('compresses what is large', async () => {
    const { headers } = await server.call('GET', '/openapi.json', undefined, {
      'accept-encoding': 'br',
    })
    expect(headers.get('content-encoding')).toBe('br')
  })

  test('has a clock to set only where it was started for tests', async () => {
    const { createApp } = await import('./app.ts')
    const app = await createApp({ forsat: server.forsat, auth: 'none' })
    const answer = await app.inject({ method: 'PUT', url: '/v1/test/clock', payload: { now: 'x' } })
    expect(answer.statusCode).toBe(404)
    await app.close()
    expect(await server.done('PUT', '/v1/test/clock', { now: '2026-05-01T10:00+03:30' })).toEqual({
      now: '2026-05-01T06:30:00.000Z',
    })
  })
})

describe('a server that ends', () => {
  test('finishes what was asked, also by those who have gone since', async () => {
    const { createApp } = await import('./app.ts')
    const { forsat } = server
    const [asked, gone] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let isDone = false
    const executeUnchecked: typeof forsat.executeUnchecked = async (command, context) => {
      asked.resolve()
      await gone.promise
      const outcome = await forsat.executeUnchecked(command, context)
      isDone = true
      return outcome
    }
    const app = await createApp({ forsat: { ...forsat, executeUnchecked }, auth: 'none' })
    const base = await app.listen({ port: 0, host: '127.0.0.1' })
    const leaving = new AbortController()
    const answer = fetch(`${base}/v1/opportunities`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'Desks' }),
      signal: leaving.signal,
    })
    await asked.promise
    leaving.abort()
    await expect(answer).rejects.toThrow(/aborted/)
    const unheard = once(app.server, 'close')
    const closed = app.close()
    await unheard
    gone.resolve()
    await closed
    expect(isDone).toBe(true)
  })
})

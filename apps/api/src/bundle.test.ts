import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Served, serve } from './testing/served.ts'

let server: Served
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forsat-bundle-'))
  server = await serve({ language: 'en' })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

describe('the log of a company, handed over', () => {
  test('is an archive that checks itself, and stays sealed; that it was taken is recorded', async () => {
    await server.done('POST', '/v1/contacts', { name: 'Nasrin Rahimi' })
    const answer = await fetch(`${server.base}/v1/audit/bundle`)
    expect(answer.headers.get('content-type')).toBe('application/x-tar')
    const archive = Buffer.from(await answer.arrayBuffer())
    expect(archive.toString('latin1')).not.toContain('Nasrin')
    await writeFile(join(folder, 'bundle.tar'), archive)
    await promisify(execFile)('tar', ['-xf', join(folder, 'bundle.tar'), '-C', folder])
    await rm(join(folder, 'bundle.tar'))
    const verifier = [join(folder, 'verify.mjs'), folder, '--json']
    const failed = promisify(execFile)(process.execPath, verifier)
    await expect(failed).rejects.toMatchObject({
      code: 3,
      stdout: expect.stringContaining('"findings":[]'),
    })

    const last = await server.done<{ readonly items: readonly { readonly type: string }[] }>(
      'GET',
      '/v1/events?type=ExportProduced',
    )
    expect(last.items).toHaveLength(1)
  })

  test('is refused for a time that ends before it begins', async () => {
    const times = 'from=2026-03-01T00:00:00Z&to=2026-02-01T00:00:00Z'
    const { status, body } = await server.call('GET', `/v1/audit/bundle?${times}`)
    expect(status).toBe(400)
    expect(body).toMatchObject({ errors: [{ pointer: '/to' }] })
  })
})

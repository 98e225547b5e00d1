/**
 * The process: it serves what the environment names, ends in order, and says in one sentence why it
 * cannot start.
 */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { freePort, started, textOf } from './testing/processes.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forsat-process-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const start = (environment: Record<string, string>) => started(folder, environment)

describe('the process', () => {
  test('serves, finishes what was asked when it is told to end, and exits with 0', async () => {
    const port = await freePort()
    const child = start({ PORT: String(port) })
    await textOf(child.stdout, /listening/i)
    const base = `http://127.0.0.1:${port}`
    expect((await fetch(`${base}/readyz`)).status).toBe(200)
    expect((await fetch(`${base}/v1/opportunities`)).status).toBe(401)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  test('says in one sentence that its port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const address = taken.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const child = start({ PORT: String(port) })
    const said = textOf(child.stderr)
    expect(await once(child, 'exit')).toEqual([3, null])
    expect(await said).toBe(`The port ${port} is taken; PORT names another one.\n`)
    taken.close()
  })
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Double, startDouble } from '@forsat/event-store/eventstoredb/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toldIn } from './testing/told.ts'

let folder: string
let double: Double
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forsat-copy-'))
  double = await startDouble()
})
afterAll(async () => {
  await double[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, maxRetries: 5 })
})

const forsat = (...args: readonly string[]) =>
  toldIn(folder, { FORSAT_TEST_CLOCK: '2026-06-01T08:00:00Z' }, args)

test('a company moves to a server, is found there as it was, and can move back', async () => {
  const file = `sqlite:${join(folder, 'data/forsat.db')}`
  const away = `sqlite:${join(folder, 'back/forsat.db')}`
  await forsat('company', 'create', 'Alborz', '--store', file)
  const before = await forsat('company', 'show', '--store', file, '--json')

  const there = await forsat('copy', '--from', file, '--to', double.connectionString, '--json')
  expect(there.code).toBe(0)
  expect(there.err).toContain('FORSAT_KEYS')
  const report = JSON.parse(there.out)
  expect(report).toMatchObject({ same: true, to: report.from, copied: report.events })

  const after = await forsat('company', 'show', '--store', double.connectionString, '--json')
  expect(after.out).toBe(before.out)
  expect(await forsat('copy', '--from', double.connectionString, '--to', away)).toMatchObject({
    code: 0,
    out: expect.stringContaining(report.to),
  })
  const again = await forsat('copy', '--from', file, '--to', double.connectionString, '--json')
  expect(JSON.parse(again.out)).toMatchObject({ copied: 0, same: true })
})

test('a server that is not there is a sentence, and the store out of reach', async () => {
  const nowhere = 'esdb://me:secret@127.0.0.1:1?tls=false'
  const asked = await forsat('report', 'win-rate', '--store', nowhere)
  expect(asked.code).toBe(3)
  expect(asked.err).toMatch(/^esdb:\/\/127\.0\.0\.1:1 cannot be reached: /)
  expect(asked.err).not.toContain('secret')
  expect((await forsat('config', '--store', nowhere)).out).not.toContain('secret')
})

test.each([
  [['--from', 'memory:', '--to', 'sqlite:a.db'], 2],
  [['--from', 'sqlite:nowhere.db', '--to', 'sqlite:a.db'], 3],
  [['--from', 'sqlite:a.db'], 2],
] as const)('copy %s is refused', async (args, code) => {
  expect((await forsat('copy', ...args)).code).toBe(code)
})

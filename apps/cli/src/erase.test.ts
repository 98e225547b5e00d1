import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { offered } from './testing/offered.ts'
import { toldIn } from './testing/told.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forsat-erase-'))
  await offered(folder, { validUntil: '2026-07-01' })
})

afterEach(async () => {
  await rm(folder, { recursive: true, maxRetries: 5 })
})

const forsat = (...args: readonly string[]) =>
  toldIn(folder, { FORSAT_TEST_CLOCK: '2026-06-02T08:00:00Z' }, args)

const customer = (): string => {
  using db = new DatabaseSync(join(folder, 'data', 'forsat.db'))
  const row = db.prepare("SELECT stream FROM event WHERE type = 'ContactRegistered.v1'").get()
  return String(row?.['stream']).slice('contact-'.length)
}

describe('erasing a contact from the command line', () => {
  test('tells what would go, then erases it, and says so to an auditor', async () => {
    const id = customer()
    const tried = await forsat('erase', id, '--dry-run')
    expect(tried).toMatchObject({ code: 0, err: expect.stringContaining('only tried') })
    expect((await forsat('history', id)).out).toContain('البرز')

    const erased = await forsat('erase', id, '--ground', 'Consent withdrawn')
    expect(erased).toMatchObject({ code: 0, out: 'Erased, with 2 records linked to it.\n' })
    const told = await forsat('history', id, '--lang', 'fa')
    expect(told.out).toContain('داده‌های شخصی پاک شد')
    expect(told.out).not.toContain('البرز')
    expect((await forsat('erase', id)).out).toBe('Nothing is left to erase.\n')

    const register = await forsat('audit', 'erasures')
    expect(register).toMatchObject({ code: 0, out: expect.stringContaining('Consent withdrawn') })
    const { findings } = JSON.parse((await forsat('audit', 'erasures', '--json')).out)
    expect(findings).toEqual([])
  })

  test('is refused of nobody, and of a name in the reasons', async () => {
    expect((await forsat('erase', '01J8ZQ4T5V6W7X8Y9Z0A1B2C3D')).code).toBe(1)
    expect((await forsat('erase', customer(), '--ground', 'البرز خواست')).code).toBe(2)
  })
})

describe('the register of erasures', () => {
  const keys = () => join(folder, 'data', 'forsat.keys')

  test('shows a key that somebody took without an erasure', async () => {
    const id = customer()
    await rm(join(keys(), 'subjects', id.slice(-1), `${id}.sales.key`))
    const { code, out } = await forsat('audit', 'erasures')
    expect(code).toBe(2)
    expect(out).toContain(`ERASED_WITHOUT_RECORD at position`)
    expect(out).toContain(id)
  })

  test('cannot decide without any keys', async () => {
    expect(await readdir(keys())).not.toEqual([])
    await rm(keys(), { recursive: true })
    expect(await forsat('audit', 'erasures')).toMatchObject({
      code: 3,
      err: expect.stringContaining('nobody can tell'),
    })
  })
})

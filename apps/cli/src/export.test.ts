import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { offered } from './testing/offered.ts'
import { toldIn } from './testing/told.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forsat-export-'))
  await offered(folder, { validUntil: '2026-07-01' })
})

afterAll(async () => {
  await rm(folder, { recursive: true, maxRetries: 5 })
})

const forsat = (...args: readonly string[]) =>
  toldIn(folder, { FORSAT_TEST_CLOCK: '2026-06-02T08:00:00Z' }, args)
const yesterday = ['--to', '2026-06-01']

describe('an export', () => {
  test.each(['jsonl', 'csv', 'cloudevents', 'ocel2'])(
    'as %s is the same whenever it is asked for, and names nobody',
    async (format) => {
      const first = await forsat('export', '--format', format, ...yesterday)
      expect(first).toMatchObject({ code: 0, err: expect.stringMatching(/^\d+ events, SHA-256 /) })
      expect(await forsat('export', '--format', format, ...yesterday)).toEqual(first)
      expect(first.out).not.toContain('البرز')
    },
  )

  test('opens what is sealed only where that is asked for', async () => {
    const streams = ['--streams', 'contact']
    const { out } = await forsat('export', ...streams, '--reveal')
    expect(out).toContain('البرز')
    expect(
      out
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line).envelope.type),
    ).toEqual(['ContactRegistered', 'AddressAdded'])
  })

  test('is told of in the log: what was taken, by whom, with its sum', async () => {
    const made = JSON.parse((await forsat('export', '--out', 'log.jsonl', '--json')).out)
    const { out } = await forsat('export', '--streams', 'ledger')
    const last = JSON.parse(out.split('\n').at(-2) ?? '')
    expect(last.data).toMatchObject({ format: 'jsonl', rows: made.rows, sha256: made.sha256 })
    expect(last.data.by).toBe('user:local')
    expect((await readFile(join(folder, 'log.jsonl'), 'utf8')).split('\n')).toHaveLength(
      made.rows + 1,
    )
  })

  /** What the verifier in a bundle says of it, as an auditor runs it. */
  const checked = async (bundle: string, ...args: readonly string[]) => {
    const verifier = join(folder, bundle, 'verify.mjs')
    const { code, stdout } = await promisify(execFile)(process.execPath, [
      verifier,
      join(folder, bundle),
      '--json',
      ...args,
    ]).then(
      (done) => ({ ...done, code: 0 }),
      (failed: { readonly code: number; readonly stdout: string }) => failed,
    )
    return { code, ...JSON.parse(stdout) }
  }

  test('as a bundle is checked by the verifier in it', async () => {
    const bundle = (to: string) => forsat('export', '--format', 'bundle', '--out', to)
    expect(await bundle('unsigned')).toMatchObject({ code: 0 })
    // Nobody has signed anything yet, so nobody can tell; but what there is hangs together.
    expect(await checked('unsigned')).toMatchObject({ code: 3, findings: [] })
    const { verifierKey } = JSON.parse((await forsat('audit', 'keygen', '--json')).out)
    expect(await bundle('signed')).toMatchObject({ code: 0 })
    expect(await checked('signed', '--key', verifierKey)).toMatchObject({ code: 0, findings: [] })
    // Whoever made the bundle cannot vouch for the key as well.
    expect(await checked('signed')).toMatchObject({ code: 3 })
  })

  test('is written down before it begins, with what it opened', async () => {
    await forsat('export', '--streams', 'contact', '--reveal')
    const { code, out } = await forsat('audit', 'access')
    expect(code).toBe(0)
    expect(out).toMatch(/user:local +took data out +jsonl/)
    expect(out).toMatch(/user:local +opened what is sealed +export/)
    expect(out).toContain('role granted')
    const { items } = JSON.parse((await forsat('audit', 'access', '--json')).out)
    expect(items.at(-1)).toMatchObject({ actor: 'user:local', note: { what: 'reveal' } })
  })

  test('needs a place for what is no text', async () => {
    expect((await forsat('export', '--format', 'bundle')).code).toBe(2)
    expect((await forsat('export', '--from', 'some day')).code).toBe(2)
    expect((await forsat('export', '--streams', 'No stream')).code).toBe(2)
  })
})

import { chmod, copyFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { toldIn } from './testing/told.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forsat-audit-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, maxRetries: 5 })
})

const forsat = (...args: readonly string[]) =>
  toldIn(folder, { FORSAT_TEST_CLOCK: '2026-06-01T08:00:00Z' }, args)
const json = async (...args: readonly string[]) => JSON.parse((await forsat(...args, '--json')).out)

const file = (name: string) => join(folder, name)
const store = () => file('data/forsat.db')
const meddle = (statement: string): void => {
  const db = new DatabaseSync(store())
  db.exec(`DROP TRIGGER IF EXISTS event_stays; DROP TRIGGER IF EXISTS event_remains; ${statement}`)
  db.close()
}

/** A store with a company, a key to sign with, and a checkpoint that somebody else keeps. */
const begun = async (): Promise<string> => {
  await forsat('keys', 'create', '--role', 'manager', '--name', 'Manager')
  const { verifierKey } = await json('audit', 'keygen', '--origin', 'crm.example/ledger/1')
  await forsat('audit', 'checkpoint', '--out', 'kept.checkpoint')
  return verifierKey
}

const another = () => forsat('keys', 'create', '--role', 'sales', '--name', 'Sales')

describe('an audit ends', () => {
  test('with 0 where the log is sound, in both languages', async () => {
    const vkey = await begun()
    await another()
    const verified = await forsat(
      'audit',
      'verify',
      '--checkpoint',
      'kept.checkpoint',
      '--key',
      vkey,
    )
    expect(verified).toMatchObject({ code: 0, out: expect.stringMatching(/Sound: \d+ events/) })
    expect(await forsat('audit', 'verify', '--fast')).toMatchObject({ code: 0 })
    const persian = await forsat('audit', 'verify', '--lang', 'fa')
    expect(persian.out).toMatch(/درست است: [۰-۹]+ رویداد/)
  })

  test('with 1 where it was asked wrongly', async () => {
    await begun()
    for (const args of [
      ['verify', '--nonsense'],
      ['verify', '--checkpoint', 'nowhere'],
      ['verify', '--key', 'nobody'],
      ['verify', '--fast', '--full'],
      ['verify', '--store', 'sqlite:nowhere.db'],
      ['prove', '--index', 'x'],
      ['prove'],
      ['check', 'kept.checkpoint'],
      ['keygen'],
    ]) {
      expect([args, (await forsat('audit', ...args)).code]).toEqual([args, 1])
    }
  })

  test('with 2 where it was tampered with', async () => {
    await begun()
    meddle(`UPDATE event SET data = '{}' WHERE pos = 3`)
    const { code, out } = await forsat('audit', 'verify')
    expect(code).toBe(2)
    expect(out).toMatch(/^COMMITMENT_MISMATCH · event 2/)
    const told = await json('audit', 'verify')
    expect(told).toMatchObject({
      verdict: 'tampered',
      findings: [{ code: 'COMMITMENT_MISMATCH', index: 2 }],
    })
  })

  test('with 3 where nobody can tell', async () => {
    await forsat('keys', 'create', '--role', 'manager', '--name', 'Manager')
    expect(await forsat('audit', 'verify')).toMatchObject({ code: 3 })
    await begun()
    await rm(file('data/forsat.keys/subjects'), { recursive: true })
    const { code, out } = await forsat('audit', 'verify', '--lang', 'en')
    expect([code, out]).toEqual([3, expect.stringContaining('no keys to look into them')])
  })
})

test('the key that signs is its owner’s alone', async () => {
  await begun()
  expect((await stat(file('data/forsat.keys/audit.pem'))).mode & 0o777).toBe(0o600)
  await chmod(file('data/forsat.keys/audit.pem'), 0o600)
})

describe('a proof', () => {
  test('of one event is checked without the log, and not with another key', async () => {
    const vkey = await begun()
    await forsat('audit', 'prove', '--index', '2', '--out', 'third.tlog-proof')
    const checked = await json('audit', 'check', 'third.tlog-proof', '--key', vkey)
    expect(checked).toMatchObject({
      verdict: 'sound',
      files: [{ origin: 'crm.example/ledger/1', index: 2, entry: { idx: 2, v: 1 } }],
    })
    const forged = (await readFile(file('third.tlog-proof'), 'utf8')).replace('index 2', 'index 1')
    await writeFile(file('forged.tlog-proof'), forged)
    expect(await forsat('audit', 'check', 'forged.tlog-proof', '--key', vkey)).toMatchObject({
      code: 2,
      out: expect.stringContaining('BAD_PROOF'),
    })
  })

  test('of growth leads from the checkpoint that somebody keeps to the one of today', async () => {
    const vkey = await begun()
    await another()
    await forsat('audit', 'prove', '--from', 'kept.checkpoint', '--out', 'growth.proof')
    const check = ['audit', 'check', 'growth.proof', '--key', vkey]
    expect(await forsat(...check, '--from', 'kept.checkpoint')).toMatchObject({ code: 0 })
    expect(await forsat(...check)).toMatchObject({ code: 2 })
  })

  test('that one name was signed for two histories is the pair of checkpoints', async () => {
    const vkey = await begun()
    await copyFile(store(), file('data/before.db'))
    await another()
    await forsat('audit', 'checkpoint', '--out', 'one.checkpoint')
    // Somebody who has the key signs another history of as many events.
    for (const suffix of ['', '-wal', '-shm']) await rm(`${store()}${suffix}`, { force: true })
    await copyFile(file('data/before.db'), store())
    await copyFile(file('kept.checkpoint'), file('data/forsat.keys/audit.checkpoint'))
    await another()
    await forsat('audit', 'checkpoint', '--out', 'other.checkpoint')
    const { code, out } = await forsat(
      'audit',
      'check',
      'one.checkpoint',
      'other.checkpoint',
      '--key',
      vkey,
    )
    expect([code, out]).toEqual([
      2,
      expect.stringContaining('FORK_PROVEN · one.checkpoint other.checkpoint'),
    ])
  })
})

test('a witness signs what holds what it has seen, and nothing else', async () => {
  const log = await begun()
  const witness = (what: string) =>
    forsat(
      'audit',
      'witness',
      what,
      '--state',
      'seen',
      '--key',
      'w.pem',
      '--name',
      'auditor.example/w1',
      '--log',
      log,
      '--out',
      'signed',
      '--json',
    )
  const first = await witness('kept.checkpoint')
  expect(first.code).toBe(0)
  await another()
  await forsat('audit', 'checkpoint', '--out', 'next.checkpoint')
  await forsat('audit', 'prove', '--from', 'kept.checkpoint', '--out', 'growth.proof')
  // A later checkpoint alone proves nothing to who has seen an earlier one.
  expect(await witness('next.checkpoint')).toMatchObject({ code: 2 })
  expect(await witness('growth.proof')).toMatchObject({ code: 0 })
  expect(await witness('kept.checkpoint')).toMatchObject({ code: 2 })
  const { key } = JSON.parse(first.out) as { readonly key: string }
  const checked = await forsat('audit', 'check', 'signed', '--key', log, '--key', key)
  expect([checked.code, checked.out]).toEqual([
    0,
    expect.stringContaining('seen by auditor.example/w1 at 2026-06-01T08:00:00.000Z'),
  ])
})

describe('a backup that was put back', () => {
  test('is not written to until that is declared, and goes on under a new name', async () => {
    const vkey = await begun()
    await forsat('backup', 'old.db')
    await another()
    for (const suffix of ['', '-wal', '-shm']) await rm(`${store()}${suffix}`, { force: true })
    await copyFile(file('old.db'), store())
    const refused = await another()
    expect([refused.code, refused.err]).toEqual([
      3,
      expect.stringContaining('forsat audit restore'),
    ])
    expect(await forsat('audit', 'verify', '--key', vkey)).toMatchObject({ code: 2 })

    const restore = ['audit', 'restore', '--reason', 'The disk was lost', '--approved-by']
    expect(await forsat(...restore, 'local')).toMatchObject({ code: 1 })
    const { verifierKey } = await json(...restore, 'second')
    expect(verifierKey).toMatch(/^crm\.example\/ledger\/2\+/)
    expect(await another()).toMatchObject({ code: 0 })
    expect(await forsat('audit', 'verify')).toMatchObject({ code: 0 })
    // What was signed before still holds of what was kept.
    await forsat('audit', 'prove', '--from', 'kept.checkpoint', '--out', 'growth.proof')
    const check = ['audit', 'check', 'growth.proof', '--from', 'kept.checkpoint', '--key']
    expect(await forsat(...check, verifierKey)).toMatchObject({ code: 0 })
  })
})

test('a key is changed by two, and the first checkpoint after it is signed by both', async () => {
  const before = await begun()
  const rotate = ['audit', 'keygen', '--rotate']
  expect(await forsat(...rotate)).toMatchObject({ code: 1 })
  expect(await forsat(...rotate, '--approved-by', 'local')).toMatchObject({ code: 1 })
  const { verifierKey: after, checkpoint } = await json(...rotate, '--approved-by', 'second')
  await writeFile(file('both.checkpoint'), checkpoint)
  for (const key of [before, after]) {
    expect(await forsat('audit', 'check', 'both.checkpoint', '--key', key)).toMatchObject({
      code: 0,
    })
  }
  await another()
  expect(await forsat('audit', 'verify', '--key', after)).toMatchObject({ code: 0 })
})

import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openForsat, setUp, testClock } from '@forsat/application'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toldIn } from './testing/told.ts'

let folder: string
let sale: string

const days = ['2026-01-10', '2026-01-12', '2026-01-20'] as const
const noon = (day: string) => `${day}T08:30:00.000Z`

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forsat-diff-'))
  await mkdir(join(folder, 'data'))
  const clock = testClock(noon(days[0]))
  await using forsat = await openForsat({
    store: `sqlite:${join(folder, 'data', 'forsat.db')}`,
    clock,
  })
  const { companyId: company, userId } = await setUp(forsat, { language: 'en' })
  const done = async (type: string, data: object, occurredAt?: string) => {
    const context = { company, actor: `user:${userId}`, occurredAt }
    const outcome = await forsat.executeUnchecked({ type, data: { ...data } }, context)
    if (outcome._tag === 'Left') throw new Error(JSON.stringify(outcome.left))
    return outcome.right.id
  }
  sale = await done('OpenOpportunity', { title: 'Desks', country: 'IR', source: 'fair' })
  clock.set(noon(days[1]))
  await done('ReviseOpportunity', { id: sale, title: 'Desks and chairs', source: null })
  clock.set(noon(days[2]))
  // Told on the last day, of the day before.
  await done('ReviseOpportunity', { id: sale, country: 'AE' }, '2026-01-19T08:00:00.000Z')
})

afterAll(() => rm(folder, { recursive: true, maxRetries: 5 }))

const forsat = (...args: readonly string[]) =>
  toldIn(folder, { FORSAT_TEST_CLOCK: noon('2026-01-21') }, args)
const changed = async (...args: readonly string[]) =>
  JSON.parse((await forsat('diff', sale, '--json', ...args)).out).items as readonly object[]

const renamed = { field: 'title', from: 'Desks', to: 'Desks and chairs' }
const noSource = { field: 'source', from: 'fair' }
const moved = { field: 'country', from: 'IR', to: 'AE' }

describe('what changed between two moments', () => {
  test('is shown field by field, in both languages', async () => {
    const { code, out } = await forsat('diff', sale, '--from', 'rev:0', '--to', 'rev:1')
    expect(code).toBe(0)
    expect(out).toMatch(/^field +before +after *\n/)
    expect(out).toMatch(/title +Desks +Desks and chairs/)
    const persian = await forsat('diff', sale, '--from', 'rev:0', '--lang', 'fa')
    expect(persian.out).toContain('کشور')
  })

  test('goes by revision, by what was recorded, by what had occurred, and by both', async () => {
    expect(await changed('--from', 'rev:0', '--to', 'rev:1')).toEqual([renamed, noSource])
    expect(await changed('--from', 'rev:1')).toEqual([moved])
    expect(await changed('--from', 'rev:0')).toEqual([renamed, moved, noSource])
    expect(await changed('--from', days[0], '--to', days[1])).toEqual([renamed, noSource])
    expect(await changed('--from', 'rec:2026-01-19')).toEqual([moved])
    expect(await changed('--from', 'eff:2026-01-19')).toEqual([])
    expect(await changed('--from', 'rec:2026-01-19,eff:2026-01-19')).toEqual([moved])
    expect(await changed('--from', 'pos:1', '--to', 'rev:0')).toContainEqual({
      field: 'title',
      to: 'Desks',
    })
  })

  test('is nothing between a moment and itself', async () => {
    const { out } = await forsat('diff', sale, '--from', '1404/10/25', '--to', '2026-01-15')
    expect(out).toBe('Nothing changed.\n')
  })

  test('needs a past that is one, and a record that there is', async () => {
    const wrong = await forsat('diff', sale, '--from', 'pos:many')
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('names no past') })
    expect(await forsat('diff', sale, '--from', 'some day')).toMatchObject({ code: 2 })
    expect(await forsat('diff', sale)).toMatchObject({ code: 2 })
    expect(await forsat('diff', 'Q-1404-9999', '--from', 'rev:0')).toMatchObject({ code: 1 })
  })
})

describe('one record replayed', () => {
  const replayed = async (...args: readonly string[]) =>
    JSON.parse((await forsat('replay', sale, '--digest', '--json', ...args)).out)

  test('is the state that decisions saw, with a digest that is the same again', async () => {
    const first = await replayed('--as-of', 'rev:1')
    expect(first).toMatchObject({
      stream: `opportunity-${sale}`,
      revision: 1,
      state: { facts: { described: { country: 'IR' } } },
      digest: expect.stringMatching(/^[\w-]{43}$/),
    })
    expect(await replayed('--as-of', days[1])).toEqual(first)
    const now = await replayed()
    expect(now).toMatchObject({ revision: 2, state: { facts: { described: { country: 'AE' } } } })
    expect(now.digest).not.toBe(first.digest)
  })

  test('is asked for where a revision is named', async () => {
    expect(await forsat('replay', '--as-of', 'rev:1')).toMatchObject({ code: 2 })
    expect(await forsat('replay', '--as-of', 'pos:1', '--json')).toMatchObject({ code: 0 })
    expect(await forsat('replay', sale, '--as-of', 'pos:1')).toMatchObject({ code: 1 })
  })
})

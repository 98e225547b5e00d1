/**
 * What goes wrong around a server while it serves: another process that holds its files, read models
 * that somebody deletes, a clock that somebody sets.
 */
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { held } from './testing/held.ts'
import { item, offersOn, rials, seen } from './testing/offers.ts'
import { expectSameAfterReplay } from './testing/replay.ts'
import { type Made, type Served, serve, until } from './testing/served.ts'

let server: Served
const { offer, shown, act } = offersOn(() => server)
beforeEach(async () => {
  server = await serve()
})
afterEach(() => server[Symbol.asyncDispose]())

const open = (title: string, headers: Readonly<Record<string, string>> = {}) =>
  server.call<Made>('POST', '/v1/opportunities', { title }, headers)

interface Listed {
  readonly total: number
}
const counted = async () =>
  (await server.read<Listed>('/v1/opportunities?count=true&limit=1')).total

describe('while another process holds the lock', () => {
  test('of the log, reads go on, and writes are told in time to come again', async () => {
    await open('Before')
    const lock = held(server.folder, 'forsat.db')
    const key = { 'idempotency-key': 'once' }
    const ended = new AbortController()
    const writing = Promise.all([open('Keyed', key), ...['A', 'B', 'C'].map((name) => open(name))])
    const reading = async () => {
      const statuses: number[] = []
      while (!ended.signal.aborted) {
        statuses.push((await server.call('GET', '/v1/opportunities')).status)
        await setTimeout(20)
      }
      return statuses
    }
    const reads = reading()
    const writes = await writing
    ended.abort()
    for (const { status, headers, body } of writes) {
      expect(status).toBe(503)
      expect(headers.get('retry-after')).toMatch(/^\d+$/)
      expect(body).toMatchObject({ code: 'NotReady' })
    }
    // Had the wait been one inside SQLite, nobody would have been answered before its end.
    const statuses = await reads
    expect(statuses.length).toBeGreaterThan(5)
    expect(new Set(statuses)).toEqual(new Set([200]))

    lock[Symbol.dispose]()
    expect(await open('Keyed', key)).toMatchObject({ status: 201 })
    expect(await open('Keyed', key)).toMatchObject({ status: 201 })
    expect(await counted()).toBe(2)
  })

  test('of the log for a moment only, nobody is turned away', async () => {
    const lock = held(server.folder, 'forsat.db')
    const writing = Promise.all(['A', 'B', 'C'].map((title) => open(title)))
    await setTimeout(300)
    lock[Symbol.dispose]()
    expect((await writing).map(({ status }) => status)).toEqual([201, 201, 201])
  })

  test('of the read models, commands are carried out and say that lists are behind', async () => {
    const lock = held(server.folder, 'forsat.read.db')
    const answer = await open('Desks')
    expect(answer).toMatchObject({ status: 201, body: { title: 'Desks' } })
    expect(answer.headers.get('forsat-stale')).toBe('true')
    expect(await counted()).toBe(0)
    lock[Symbol.dispose]()
    await until(counted, (total) => total === 1)
  })
})

describe('read models that are deleted while they serve', () => {
  test('are made anew, and whoever asks meanwhile is answered', async () => {
    const offered = await offer([item(rials('1000'))])
    const { digest } = await server.forsat.projections.digest()
    const file = join(server.folder, 'forsat.read.db')
    for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true })

    const asked: { readonly status: number; readonly body: object }[] = []
    await until(
      async () => {
        asked.push(await server.call<object>('GET', `/v1/quotations/${offered.id}`))
        return existsSync(file) && (await server.call('GET', '/readyz')).status === 200
      },
      (isThere) => isThere,
    )
    // Whoever cannot be answered from the whole is told to come again, never that there is nothing.
    expect(asked.filter(({ status }) => status !== 200 && status !== 503)).toEqual([])
    const confirmed = await act(offered.id, 'confirm', seen(offered))
    expect(confirmed.status).toBe('confirmed')
    expect((await server.forsat.projections.digest()).digest).not.toBe(digest)
    expect(await shown(offered.id)).toMatchObject({ status: 'confirmed' })
    await expectSameAfterReplay(server)
  })
})

describe('a clock that is set', () => {
  interface Event {
    readonly position: string
    readonly id: string
    readonly recordedAt: string
  }

  test('back and forth changes no order, refuses no work, and is seen by no replay', async () => {
    const made: string[] = []
    const keyed = { 'idempotency-key': 'first' }
    const first = await open('First', keyed)
    const moments = ['2027-03-01', '2024-03-01', '2026-03-02', '2026-02-28', '2026-03-01']
    for (const day of moments) {
      await server.at(`${day}T08:00:00.000Z`)
      const { id } = (await open(`On ${day}`)).body
      made.push(id)
      const offered = await offer([item(rials('1000'))], { validUntil: '2027-12-31' })
      expect(await act(offered.id, 'confirm', seen(offered))).toMatchObject({ status: 'confirmed' })
      for (const each of made) {
        await server.done('POST', `/v1/opportunities/${each}/notes`, { text: `On ${day}` })
      }
      expect(await open('First', keyed)).toMatchObject({ status: 201, body: { id: first.body.id } })
    }
    expect(made).toEqual(made.toSorted())
    const { items } = await server.read<{ readonly items: readonly Event[] }>(
      '/v1/events?limit=200',
    )
    const recorded = items.map(({ recordedAt }) => recordedAt)
    expect(recorded).toEqual(recorded.toSorted())
    const ids = items.map(({ id }) => id)
    expect(ids).toEqual(ids.toSorted())
    await expectSameAfterReplay(server)
  })
})

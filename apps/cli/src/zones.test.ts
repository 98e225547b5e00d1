/**
 * Servers that stand in three zones and answer alike: days belong to the company (O01, O02).
 */
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addressOf, startedIn } from './testing/processes.ts'

/** Far to the east of the company, far to the west of it, and its own. */
const zones = ['Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Tehran'] as const

interface Answer {
  readonly id: string
  readonly version: number
  readonly status: string
  readonly customerUrl: string
  readonly totals: { readonly total: object }
  readonly validUntil?: string
  readonly expiresAt?: string
  readonly daysLeft?: number
  readonly order?: object
  readonly items: readonly Answer[]
  readonly expired: readonly string[]
  readonly [field: string]: unknown
}

/** What is asked of one server, and all that it has answered. */
const conversation = (url: string) => {
  const answers: Answer[] = []
  const ask = async (method: string, path: string, body?: object): Promise<Answer> => {
    const sent = body && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }
    const response = await fetch(`${url}${path}`, { method, ...sent })
    const answer = (await response.json()) as Answer
    answers.push(answer)
    return answer
  }
  const read = (path: string) => ask('GET', `/v1${path}`)
  const post = (path: string, body: object = {}) => ask('POST', `/v1${path}`, body)
  const companyOf = async () => (await read('/companies')).items[0]?.id
  return {
    answers,
    read,
    post,
    at: (now: string) => ask('PUT', '/v1/test/clock', { now }),
    policies: async (change: object) =>
      ask('PATCH', `/v1/companies/${await companyOf()}/policies`, change),
    confirm: ({ id, version, totals: { total } }: Answer) =>
      post(`/quotations/${id}/confirm`, { version, total }),
    sent: async (contactId: string, header: object = {}) => {
      const unitPrice = { amount: '1000', currency: 'IRR' }
      const lines = [{ kind: 'item', description: 'میز', quantity: '1', unitPrice }]
      const { id } = await post('/quotations', { contactId, lines, ...header })
      return post(`/quotations/${id}/send`)
    },
  }
}

type Conversation = ReturnType<typeof conversation>

/** O02: offers made around midnight, each good to the end of its last day in Tehran. */
const lastDays = async ({ read, post, at, policies, confirm, sent }: Conversation) => {
  const contact = await post('/contacts', { name: 'البرز' })
  await post(`/contacts/${contact.id}/addresses`, { street: 'بلوار زند', city: 'شیراز' })
  await policies({ validityDays: 7 })
  const first = await sent(contact.id)
  await at('2026-01-17T21:00:00.000Z')
  const onLastDay = await read(`/quotations/${first.id}`)
  const token = first.customerUrl.slice(first.customerUrl.lastIndexOf('/') + 1)
  const customers = await read(`/public/quotations/${token}`)
  await at('2026-01-18T20:29:59.999Z')
  const confirmed = await confirm(first)
  const orders = await read('/orders')
  await at('2026-06-30T20:15:00.000Z')
  await policies({ validityDays: 10 })
  const second = await sent(contact.id)
  return { contact, first, onLastDay, customers, confirmed, orders, second }
}

/** O01: the sweep at the last moments of a day and at the first ones of the next. */
const sweeps = async ({ read, post, at, sent }: Conversation, contactId: string) => {
  await at('2027-02-20T08:00:00.000Z')
  const over = await sent(contactId, { validUntil: '2027-03-19' })
  const last = await sent(contactId, { validUntil: '2027-03-20' })
  const swept: (readonly string[])[] = []
  for (const now of [
    '2027-03-20T12:00:00+03:30',
    '2027-03-20T23:59:59+03:30',
    '2027-03-21T00:00:00+03:30',
    '2027-03-21T00:05:00+03:30',
  ]) {
    await at(now)
    swept.push((await post('/quotations/expire-due')).expired)
  }
  for (const day of ['2027-03-19', '2027-03-20']) {
    await read(`/quotations?validUntilFrom=${day}&validUntilTo=${day}`)
  }
  await read('/reports/quotations?groupBy=day&dateBasis=sent&calendar=jalali')
  const expired = await read('/events?type=QuotationExpired')
  return { over, last, swept, expired }
}

/** Answers without what is new on every server: ids, each by its first place, and secrets. */
const comparable = (answers: readonly Answer[], url: string): unknown => {
  const ids = new Map<string, string>()
  const text = JSON.stringify(answers)
    .replaceAll(url, '')
    .replaceAll(/("nonce":|"tokenHash":)"[^"]*"/g, '$1""')
    .replaceAll(/\/q\/[\w-]{43}/g, '/q/')
    .replaceAll(/[0-9A-HJKMNP-TV-Z]{26}/g, (id) => {
      if (!ids.has(id)) ids.set(id, `#${ids.size}`)
      return ids.get(id) ?? ''
    })
  return JSON.parse(text) as unknown
}

let folder: string
let servers: readonly ChildProcess[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forsat-zones-'))
  const serve = ['serve', '--no-auth', '--port', '0', '--store', 'memory:']
  const clock = '--test-clock=2026-01-10T22:00:00.000Z'
  servers = zones.map((TZ) => startedIn(folder, { TZ }, [...serve, clock]))
})

afterAll(async () => {
  for (const server of servers) server.kill('SIGKILL')
  await rm(folder, { recursive: true, maxRetries: 5 })
})

describe('the days of an offer', () => {
  test(`are the company’s, in whichever zone the server stands: ${zones.join(', ')}`, async () => {
    const told = await Promise.all(
      servers.map(async (server) => {
        const url = await addressOf(server)
        const talk = conversation(url)
        const days = await lastDays(talk)
        const ends = await sweeps(talk, days.contact.id)
        return { days, ends, all: comparable(talk.answers, url) }
      }),
    )
    for (const { days, ends, all } of told) {
      expect(days).toMatchObject({
        first: { validUntil: '2026-01-18', expiresAt: '2026-01-18T20:30:00.000Z', daysLeft: 7 },
        onLastDay: { status: 'sent', daysLeft: 0 },
        customers: { validUntil: '2026-01-18', zone: 'Asia/Tehran', daysLeft: 0, open: true },
        confirmed: { status: 'confirmed', order: { number: 'S-1404-0001' } },
        orders: { items: [{ number: 'S-1404-0001', status: 'confirmed' }] },
        second: { validUntil: '2026-07-10' },
      })
      const { over, last, swept, expired } = ends
      expect(swept.slice(0, 2)).toEqual([expect.arrayContaining([over.id]), []])
      expect(swept.slice(2)).toEqual([[last.id], []])
      expect(expired.items.map(({ occurredAt }) => occurredAt)).toEqual(
        expect.arrayContaining(['2027-03-19T20:30:00.000Z', '2027-03-20T20:30:00.000Z']),
      )
      expect(all).toEqual(told[0]?.all)
    }
  })
})

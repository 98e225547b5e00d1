import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { offered } from './testing/offered.ts'
import { addressOf, ended, startedIn, until } from './testing/processes.ts'

let folder: string
let running: ChildProcess[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forsat-cli-'))
  running = []
})

afterEach(async () => {
  for (const child of running) child.kill('SIGKILL')
  await rm(folder, { recursive: true, maxRetries: 5 })
})

/** The program in the folder of the test. */
const started = (...args: readonly string[]): ChildProcess => {
  const child = startedIn(folder, {}, args)
  running.push(child)
  return child
}

const forsat = (...args: readonly string[]) => ended(started(...args))

const map = {
  version: 1,
  system: 'sheet',
  encoding: 'utf-8',
  table: {
    kind: 'opportunity',
    key: 'Id',
    fields: { title: { type: 'text', column: 'Deal' } },
    story: {
      outcome: { column: 'State' },
      endings: { won: { outcome: 'won' }, lost: { outcome: 'lost' } },
      reason: { type: 'record', of: 'lostReason', column: 'Reason' },
    },
  },
}

const write = async (rows: readonly string[]) => {
  await writeFile(join(folder, 'map.json'), JSON.stringify(map))
  await writeFile(join(folder, 'deals.csv'), ['Id,Deal,State,Reason', ...rows].join('\n'))
}

const keysIn = async (keys: string): Promise<number> =>
  (await readdir(keys, { recursive: true }).catch(() => [])).filter((name) => name.endsWith('.key'))
    .length

interface Swept {
  readonly expired: readonly string[]
}

interface Told {
  readonly items: readonly { readonly type: string }[]
}

const importing = ['import', 'deals.csv', '--map', 'map.json', '--json']

describe('a server', () => {
  test('answers beside the command line, and the command line without it', async () => {
    await write(['a,First,won,', 'b,Second,lost,قیمت', 'c,Third,,'])
    await forsat(...importing)
    const server = started('serve', '--no-auth', '--port', '0')
    const url = await addressOf(server)
    const path = `${url}/v1/reports/win-rate?groupBy=kind`
    const overHttp = await (await fetch(path)).json()
    const report = ['report', 'win-rate', '--groupBy', 'kind', '--json']
    const beside = await forsat(...report)
    expect(JSON.parse(beside.out)).toEqual(overHttp)
    expect(overHttp).toMatchObject({ totals: { won: 1, lost: 1, open: 1 } })

    const taken = await forsat('serve', '--port', new URL(url).port)
    expect(taken).toMatchObject({
      code: 3,
      err: expect.stringMatching(/^Port \d+ .* is taken.*\n$/),
    })

    server.kill('SIGTERM')
    expect(await ended(server)).toMatchObject({ code: 0 })
    const without = await forsat(...report)
    expect(JSON.parse(without.out)).toEqual(overHttp)
  })

  test('shows the first key once, and goes on where it was', async () => {
    await write(['a,First,won,'])
    await forsat(...importing)
    const first = started('start', '--port', '0')
    const said = await until(first, /Ctrl-C/)
    const key = /forsat_[\w-]{43}/.exec(said)?.[0] ?? ''
    const url = /http:\S+/.exec(said)?.[0] ?? ''
    const asked = await fetch(`${url}/v1/opportunities`, {
      headers: { authorization: `Bearer ${key}` },
    })
    expect(await asked.json()).toMatchObject({ items: [{ title: 'First' }] })
    expect((await fetch(`${url}/v1/opportunities`)).status).toBe(401)
    first.kill('SIGINT')
    expect(await ended(first)).toMatchObject({ code: 0 })

    const second = started('start', '--port', '0')
    expect(await until(second, /Ctrl-C/)).not.toMatch(/forsat_[\w-]{43}/)
  })
})

describe('an offer whose last day is over', () => {
  const over = { validUntil: '2026-06-10' }

  test('is recorded as expired by one of several who sweep at once', async () => {
    const ids = await offered(folder, { ...over, count: 6 })
    const sweeps = await Promise.all([1, 2, 3].map(() => forsat('expire', '--json')))
    const told = sweeps.flatMap(({ out }) => (JSON.parse(out) as Swept).expired)
    expect(told.toSorted()).toEqual(ids.toSorted())
    expect(JSON.parse((await forsat('expire', '--json')).out)).toEqual({ expired: [] })
  })

  test('is recorded by a server of its own accord, at the moment at which it ran out', async () => {
    const [id] = await offered(folder, over)
    const server = started('serve', '--no-auth', '--port', '0')
    const url = await addressOf(server)
    const last = async () => {
      const answer = await fetch(`${url}/v1/quotations/${id}/history`)
      return ((await answer.json()) as Told).items.at(-1)
    }
    while ((await last())?.type !== 'QuotationExpired') await pause(20)
    expect(await last()).toMatchObject({
      occurredAt: '2026-06-10T20:30:00.000Z',
      actor: { kind: 'system' },
    })
    server.kill('SIGTERM')
    expect(await ended(server)).toMatchObject({ code: 0, err: 'Forsat has stopped.\n' })
  })

  test('is let be by a server whose clock stands before its end, until that is moved', async () => {
    const [id] = await offered(folder, over)
    const clock = '--test-clock=2026-06-10T20:29:59Z'
    const server = started('serve', '--no-auth', '--port', '0', clock)
    const url = await addressOf(server)
    const asked = async (path: string, method = 'GET', body?: object) => {
      const sent = body && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }
      return (await fetch(`${url}/v1${path}`, { method, ...sent })).json()
    }
    expect(await asked(`/quotations/${id}`)).toMatchObject({ status: 'sent', daysLeft: 0 })
    await asked('/test/clock', 'PUT', { now: '2026-06-10T20:30:00.000Z' })
    expect(await asked(`/quotations/${id}`)).toMatchObject({ status: 'expired' })
    expect(await asked('/quotations/expire-due', 'POST')).toEqual({ expired: [id] })
  })
})

test('an import that was killed is finished by the same command, and nothing is doubled', async () => {
  const rows = Array.from({ length: 1500 }, (_, index) => `k${index},Deal ${index},won,`)
  await write(rows)
  const first = started(...importing)
  const gone = ended(first)
  // Each title has a key of its own, made before it is stored: some hundreds are in by now.
  while ((await keysIn(join(folder, 'data', 'forsat.keys'))) < 400) await pause(5)
  first.kill('SIGKILL')
  await gone

  const { code, out } = await forsat(...importing)
  expect(code).toBe(0)
  const { imported, known } = JSON.parse(out).files[0] as Readonly<Record<string, number>>
  expect(Number(imported)).toBeGreaterThan(0)
  expect(Number(known)).toBeGreaterThan(0)
  expect(Number(imported) + Number(known)).toBe(rows.length)
  const counted = await forsat(
    'sql',
    'select count(*) n, count(distinct title) titles from opportunity',
    '--json',
  )
  expect(JSON.parse(counted.out)).toEqual([{ n: rows.length, titles: rows.length }])
})

describe('a server with a server of mail', () => {
  interface Offer {
    readonly id: string
    readonly delivery: { readonly state: string; readonly to?: readonly string[] }
  }

  /** It takes whole mails; whether it says so, the test says. */
  const mailServer = async (says: boolean) => {
    const received: string[] = []
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      closeTimeout: 1,
      onData: (stream, { envelope }, done) => {
        const keep = async () => {
          await text(stream)
          received.push(...envelope.rcptTo.map(({ address }) => address))
          if (says) done()
        }
        void keep()
      },
    })
    // Whoever is killed hangs up without a word.
    server.on('error', () => {})
    const listening = server.listen(0, '127.0.0.1')
    await once(listening, 'listening')
    const { port } = listening.address() as AddressInfo
    const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
    const url = `smtp://127.0.0.1:${port}`
    return { received, url, [Symbol.asyncDispose]: close }
  }

  const serving = async (url: string) => {
    const environment = { FORSAT_SMTP_URL: url, FORSAT_MAIL_FROM: 'Aftab <offers@example.com>' }
    const server = startedIn(folder, environment, ['serve', '--no-auth', '--port', '0'])
    running.push(server)
    return { server, base: `${await addressOf(server)}/v1` }
  }

  const posted = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' }
    const asked = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: asked.status, body: (await asked.json()) as Offer & { readonly code: string } }
  }

  const shown = async (base: string, id: string) =>
    (await (await fetch(`${base}/quotations/${id}`)).json()) as Offer

  const mailed = async (base: string): Promise<string> => {
    const { body: customer } = await posted(`${base}/contacts`, { name: 'البرز' })
    await posted(`${base}/contacts/${customer.id}/addresses`, {
      street: 'خیابان ولیعصر',
      city: 'تهران',
    })
    const unitPrice = { amount: '1000000', currency: 'IRR' }
    const lines = [{ description: 'میز', quantity: '2', unitPrice }]
    const { body } = await posted(`${base}/quotations`, { contactId: customer.id, lines })
    const sending = { by: 'mail', to: 'sara@example.com' }
    const sent = await posted(`${base}/quotations/${body.id}/send`, sending)
    expect(sent).toMatchObject({ status: 200, body: { delivery: { to: ['sara@example.com'] } } })
    return body.id
  }

  test('sends by the one that its environment names', async () => {
    await using mail = await mailServer(true)
    const { base } = await serving(mail.url)
    const id = await mailed(base)
    await vi.waitFor(
      async () => expect((await shown(base, id)).delivery.state).toBe('delivered'),
      10_000,
    )
    expect(mail.received).toEqual(['sara@example.com'])
  })

  test('that is killed before it was answered sends no second mail', async () => {
    await using mail = await mailServer(false)
    const first = await serving(mail.url)
    const id = await mailed(first.base)
    await vi.waitFor(() => expect(mail.received).toHaveLength(1), 10_000)
    first.server.kill('SIGKILL')
    await ended(first.server)

    const { base } = await serving(mail.url)
    expect((await shown(base, id)).delivery.state).toBe('queued')
    const again = await posted(`${base}/quotations/${id}/resend`, {})
    expect(again).toMatchObject({ status: 409, body: { code: 'DeliveryUnderWay' } })
    expect(mail.received).toHaveLength(1)
  })
})

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventTypes } from '@forsat/domain'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readSource } from './import/source.ts'
import { offered } from './testing/offered.ts'
import { toldIn } from './testing/told.ts'
import { eventName } from './texts/happenings.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forsat-program-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true, maxRetries: 5 })
})

const forsat = (...args: readonly string[]) => forsatWith({}, ...args)

const forsatWith = (env: Readonly<Record<string, string>>, ...args: readonly string[]) =>
  toldIn(folder, { FORSAT_TEST_CLOCK: '2026-06-01T08:00:00Z', ...env }, args)

const json = async (...args: readonly string[]) => JSON.parse((await forsat(...args, '--json')).out)

const map = {
  version: 1,
  system: 'sheet',
  encoding: 'utf-8',
  table: {
    kind: 'opportunity',
    key: 'Id',
    fields: { title: { type: 'text', column: 'Deal' } },
    story: {
      opened: { type: 'moment', column: 'Opened' },
      closed: { type: 'moment', column: 'Closed' },
      outcome: { column: 'State' },
      endings: { won: { outcome: 'won' }, lost: { outcome: 'lost' } },
      reason: { type: 'record', of: 'lostReason', column: 'Reason' },
    },
  },
}

const write = async (rows: readonly string[]) => {
  const header = 'Id,Deal,Opened,Closed,State,Reason'
  await writeFile(join(folder, 'map.json'), JSON.stringify(map))
  await writeFile(join(folder, 'deals.csv'), [header, ...rows].join('\n'))
}

const throwAwayReadModels = async () => {
  for (const suffix of ['', '-wal', '-shm']) {
    await rm(join(folder, 'data', `forsat.read.db${suffix}`), { force: true })
  }
}

const importing = ['import', 'deals.csv', '--map', 'map.json']

const good = [
  'a,First,2026-01-10,2026-02-01,won,',
  'b,Second,2026-01-11,2026-03-01,lost,قیمت',
  'c,Third,2026-01-12,,,',
]

describe('the exit code', () => {
  test.each([
    [['nonsense']],
    [['report', 'win-rate', '--colour', 'red']],
    [['serve', '--no-auth', '--host', '0.0.0.0']],
    [['serve', '--port', '70000']],
    [['serve', '--zone', 'Tehran/Asia']],
    [['company', 'set', 'exchangeRates.USD/IRR', '1', '--on', 'soon']],
    [['config', '--store', 'elephant:']],
    [['keys', 'create', '--name', 'Nobody']],
    [['import', 'deals.csv', '--map', 'nowhere.json']],
  ])('is 2 for wrong usage: %s', async (usage) => {
    expect(await forsat(...usage)).toMatchObject({ code: 2, out: '' })
  })

  test('is 2 for a map that is none, with the place of each mistake', async () => {
    await write(good)
    await writeFile(join(folder, 'map.json'), '{"version":1,"colour":"red"}')
    const { code, err } = await forsat(...importing)
    expect(code).toBe(2)
    expect(err).toMatch(/^map\.json is no map:\n(?: {2}\/.*\n)+$/)
  })

  test('is 3 with one sentence where there is no store', async () => {
    const { code, err } = await forsat('report', 'lost-reasons')
    expect(code).toBe(3)
    expect(err).toMatch(/^There is no store at .*\n$/)
  })

  test('is 3 with one sentence where the store is something else', async () => {
    await writeFile(join(folder, 'letter.db'), 'Dear reader, this is no store of events at all.')
    const { code, err } = await forsat('report', 'win-rate', '--store', 'sqlite:letter.db')
    expect(code).toBe(3)
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  test('is 3 with one sentence where the folder of the store cannot be made', async () => {
    await writeFile(join(folder, 'letter'), 'Dear reader')
    const { code, err } = await forsat('demo', '--store', 'sqlite:letter/beside/forsat.db')
    expect(code).toBe(3)
    expect(err).toMatch(/^The folder .*letter.beside cannot be made\.\n$/)
  })

  test.for(['FORSAT_READ_MODELS', 'FORSAT_KEYS'])(
    'is 3 with one sentence where %s is something else',
    async (place) => {
      await writeFile(join(folder, 'letter'), 'Dear reader, here is neither a model nor a key.')
      const { code, err } = await forsatWith({ [place]: 'letter' }, 'demo')
      expect(code).toBe(3)
      expect(err).toMatch(/^.*letter cannot hold .*\.\n$/)
    },
  )

  test('is 1 for a user that there is none of, as for a company', async () => {
    await forsat('demo')
    expect(await forsat('report', 'win-rate', '--as', 'nobody')).toMatchObject({ code: 1 })
  })

  test('is 2 for an address of customers that is none', async () => {
    const { code, err } = await forsatWith({ FORSAT_URL: 'offers.example.com' }, 'serve')
    expect(code).toBe(2)
    expect(err).toMatch(/^FORSAT_URL is offers\.example\.com: .*\n$/)
  })

  test('is 3 with one sentence where the port is taken', async () => {
    const server = createServer()
    const { promise, resolve } = Promise.withResolvers<void>()
    server.listen(0, '127.0.0.1', resolve)
    await promise
    const { port } = server.address() as { readonly port: number }
    for (const name of ['serve', 'start']) {
      const { code, err } = await forsat(name, '--port', String(port))
      expect(code).toBe(3)
      expect(err).toMatch(/^Port \d+ of 127\.0\.0\.1 is taken: .*\n$/)
    }
    server.close()
  })

  test('is 0 for help, with examples, in either language', async () => {
    const [en, fa] = [
      await forsat('import', '--help'),
      await forsat('import', '--help', '--lang', 'fa'),
    ]
    expect([en.code, fa.code]).toEqual([0, 0])
    expect(en.out).toContain('$ forsat import deals.csv')
    expect(fa.out).toContain('نمونه‌ها')
    const group = await forsat('keys', '--help', '--lang', 'fa')
    expect(group.out).not.toMatch(/help \[command]|choices/)
    expect(await forsat('--lang', 'fa', 'keys', '--help')).toEqual(group)
  })
})

describe('an import', () => {
  test('ends with 1 where rows were turned down, and the good ones stay', async () => {
    await write(['a,First,,,won,', 'b,Second,,,lost,'])
    const { code, out } = await forsat(...importing, '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      files: [
        {
          imported: 1,
          errors: [
            {
              row: 2,
              line: 3,
              column: 'Reason',
              code: 'LostReasonMissing',
              detail: 'is lost without a reason',
            },
          ],
        },
      ],
    })
    expect(await json('sql', 'select title, outcome from opportunity')).toEqual([
      { title: 'First', outcome: 'won' },
    ])
  })

  test('that is a dry run makes neither a store nor a company', async () => {
    await write(good)
    const other = { name: 'Other', currency: 'EUR', zone: 'Asia/Tehran', language: 'fa' }
    await writeFile(join(folder, 'other.json'), JSON.stringify({ ...map, company: other }))
    const looking = ['import', 'deals.csv', '--map', 'other.json', '--dry-run']
    expect((await json(...looking)).files).toMatchObject([{ imported: 3 }])
    expect(await forsat('projections')).toMatchObject({ code: 3 })
    await forsat('demo')
    const [before] = (await json('projections')).items
    expect(await json(...looking)).toMatchObject({ company: { name: 'Other' } })
    expect((await json('projections')).items[0].position).toBe(before.position)
    expect(await forsat(...looking, '--company', 'Nobody')).toMatchObject({ code: 1 })
  })

  test('says of what a record cannot do without, or has too much of, what it is', async () => {
    await write(['a,,,,won,', `b,${'x'.repeat(201)},,,won,`, `${'c'.repeat(201)},Third,,,won,`])
    const { errors } = (await json(...importing)).files[0]
    expect(errors).toMatchObject([
      { row: 1, column: 'Deal', code: 'FieldMissing', detail: 'title is missing' },
      { row: 2, column: 'Deal', code: 'FieldTooLong', facts: { letters: 200 } },
      { row: 3, column: 'Id', code: 'FieldTooLong' },
    ])
  })

  test('says it in Persian to whoever reads Persian', async () => {
    await write(['a,First,,,won,', 'b,Second,,,lost,'])
    const { out } = await forsat(...importing, '--lang', 'fa')
    expect(out).toContain('ردیف ۲ (سطر ۳)، ستون «Reason»: بی‌دلیل باخته است')
  })
})

describe('what happened', () => {
  test('is told of a record by its id elsewhere: who, when, what and why', async () => {
    await write(good)
    await forsat(...importing)
    const { out } = await forsat('history', 'sheet:b')
    expect(out).toMatch(/21 Dey 1404 .*import:sheet +opened +title: Second/)
    expect(out).toMatch(/10 Esfand 1404 .*import:sheet +lost +outcome: open → lost +قیمت\n/)
    const { items } = await json('history', 'sheet:b')
    expect(items.map(({ type }: { readonly type: string }) => type)).toEqual([
      'OpportunityOpened',
      'OpportunityLost',
    ])
    expect(await forsat('history', 'sheet:z')).toMatchObject({ code: 1 })
  })

  test('is replayed alike every time, to any point', async () => {
    await write(good)
    await forsat(...importing)
    const { digest } = (await json('projections', '--digest')).digest
    const whole = await json('replay', '--digest')
    expect(whole).toMatchObject({
      digest,
      outcomes: { won: 1, lost: 1, open: 1 },
      lostReasons: [{ reason: 'قیمت', count: 1 }],
    })
    expect(await json('replay', '--digest')).toEqual(whole)
    const february = await json('replay', '--effective-at', '2026-02-15')
    expect(february.outcomes).toEqual({ won: 1, open: 2 })
    expect(await json('replay', '--effective-at', '1404/11/26')).toEqual(february)
    expect((await json('replay', '--as-of', '2026-01-01')).outcomes).toEqual({})
  })

  test('stays when the read models are thrown away', async () => {
    await write(good)
    await forsat(...importing)
    const answers = async () => [
      await forsat('report', 'win-rate'),
      (await json('projections', '--digest')).digest,
    ]
    const before = await answers()
    await throwAwayReadModels()
    expect(await answers()).toEqual(before)
  })

  test.for(['projections', 'rebuild'])(
    'tells by %s also what nothing has been read of',
    async (name) => {
      await write(good)
      await forsat(...importing)
      await throwAwayReadModels()
      expect(await forsat(name)).toMatchObject({ code: 0, err: '' })
    },
  )

  test('stays when the read models are made anew', async () => {
    await write(good)
    await forsat(...importing)
    const before = await json('projections', '--digest')
    expect(await forsat('rebuild')).toMatchObject({ code: 0 })
    expect((await json('projections', '--digest')).digest).toEqual(before.digest)
    expect(await json('rebuild')).toMatchObject({ position: before.items[0].position })
    expect(await forsat('rebuild', 'nothing')).toMatchObject({ code: 1 })
  })
})

describe('a report', () => {
  beforeEach(async () => {
    await write(good)
    await forsat(...importing)
  })

  test('is a table, CSV or what HTTP answers', async () => {
    const table = await forsat('report', 'lost-reasons')
    expect(table.out).toMatch(/^reason +count +share/)
    expect(table.out).toMatch(/\nقیمت +1 +100%/)
    const csv = await forsat('report', 'lost-reasons', '--format', 'csv')
    expect(csv.out).toMatch(/^\uFEFFreason,reasonId,count,.*\r\nقیمت,/)
    expect(await json('report', 'lost-reasons')).toMatchObject({ totals: { count: 1 } })
  })

  test('O28: exports no formula, and what it exports is read again as it was', async () => {
    const reason = '=HYPERLINK("http://x.test","a")'
    const reasons = { type: 'record', of: 'lostReason', column: 'Reason', createMissing: true }
    await write([`d,Fourth,,,lost,"${reason.replaceAll('"', '""')}"`])
    const { table } = map
    const story = { ...table.story, reason: reasons }
    await writeFile(
      join(folder, 'map.json'),
      JSON.stringify({ ...map, table: { ...table, story } }),
    )
    expect(await forsat(...importing)).toMatchObject({ code: 0 })
    const { out } = await forsat('report', 'lost-reasons', '--format', 'csv')
    expect(out).toContain(`"'=HYPERLINK(`)
    await writeFile(join(folder, 'export.csv'), out)
    const request = { path: join(folder, 'export.csv'), file: 'export.csv', columns: ['reason'] }
    const { rows } = await readSource(request)
    expect(rows.map((row) => row.text('reason'))).toContain(reason)
  })

  test('takes days of either calendar, and options as HTTP names them', async () => {
    const days = ['--from', '۱۴۰۴/۱۱/۰۱', '--to', '1404/11/30', '--dateBasis', 'closed']
    const { totals } = await json('report', 'win-rate', ...days, '--groupBy', 'month')
    expect(totals).toMatchObject({ won: 1, lost: 0 })
  })

  test('on offers and on the pipeline has options of its own', async () => {
    expect(await json('report', 'quotations')).toMatchObject({ totals: { count: 0 } })
    const { out } = await forsat('report', 'pipeline')
    expect(out).toMatch(/^stage +count +expected revenue +weighted revenue +without probability/)
    expect(await forsat('report', 'quotations', '--kind', 'lead')).toMatchObject({ code: 2 })
    expect(await forsat('report', 'pipeline', '--status', 'sent')).toMatchObject({ code: 2 })
    expect(await forsat('report', 'win-rate', '--status', 'sent')).toMatchObject({ code: 2 })
  })

  test('that is asked for wrongly is 2, and says what may be asked', async () => {
    const { code, err } = await forsat('report', 'win-rate', '--group-by', 'colour')
    expect(code).toBe(2)
    expect(err).toContain('salesperson')
    expect(await forsat('report', 'win-rate', '--from', 'soon')).toMatchObject({ code: 2 })
  })

  test('is of another company where one is named', async () => {
    await forsat('demo')
    const demo = ['--company', 'بازرگانی نمونهٔ البرز (ساختگی)']
    const { totals } = await json('report', 'win-rate', ...demo)
    expect(totals.won + totals.lost + totals.open).toBe(40)
    expect(await json('report', 'win-rate')).toMatchObject({ totals: { won: 1, lost: 1, open: 1 } })
    expect(await forsat('report', 'win-rate', '--company', 'Nobody')).toMatchObject({ code: 1 })
  })
})

describe('SQL', () => {
  test('only reads', async () => {
    await write(good)
    await forsat(...importing)
    expect(await forsat('sql', 'delete from opportunity')).toMatchObject({ code: 2 })
    expect((await forsat('sql', 'select count(*) n from opportunity')).out).toBe('n\n─\n3\n')
  })
})

describe('the demo', () => {
  test('is made once, and says that it is made up', async () => {
    const first = await forsat('demo')
    expect(first).toMatchObject({ code: 0 })
    expect(first.out).toContain('made up')
    expect((await forsat('demo')).out).toContain('there already')
    expect((await forsat('demo', '--lang', 'fa', '--store', 'sqlite:other.db')).out).toContain(
      'ساختگی',
    )
    const { totals } = await json('report', 'lost-reasons')
    expect(totals.count).toBeGreaterThan(5)
  })

  test('has offers wherever one can stand, numbered in the order of their days', async () => {
    await forsat('demo')
    const { quotations } = await json('replay')
    const all = ['draft', 'sent', 'expired', 'confirmed', 'declined', 'cancelled']
    for (const status of all) expect(quotations[status]).toBeGreaterThan(0)
    const [expiring] = await json(
      'sql',
      "select count(*) n from quotation where status = 'sent' and valid_until = '2026-06-03'",
    )
    expect(expiring.n).toBe(1)
    const [versions] = await json(
      'sql',
      'select max(version) latest, sum(draft_beside) drafts from quotation',
    )
    expect(versions).toEqual({ latest: 2, drafts: 1 })
    const sent: readonly { readonly number: string }[] = await json(
      'sql',
      "select replace(number, '-v2', '') number from quotation where number <> '' order by first_sent_on, sent_at",
    )
    const numbers = sent.map(({ number }) => number)
    expect(numbers[0]).toBe('Q-1404-0001')
    expect(numbers.at(-1)).toMatch(/^Q-1405-\d{4}$/)
    expect(numbers).toEqual(numbers.toSorted())
  })

  test('is the same whenever it is made', async () => {
    const made = async (store: string) => {
      await forsat('demo', '--store', store)
      const offers =
        'select number, status, total_amount, sent_on from quotation order by number, total_amount'
      return (await forsat('sql', '--store', store, offers)).out
    }
    expect(await made('sqlite:one.db')).toBe(await made('sqlite:two.db'))
  })
})

describe('an offer', () => {
  const at = (instant: string) => ({ FORSAT_TEST_CLOCK: instant })
  const lastInstant = at('2026-06-10T20:29:59.999Z')
  const after = at('2026-06-10T20:30:00.000Z')
  const offer = async (): Promise<string> => {
    const [id = ''] = await offered(folder, { validUntil: '2026-06-10' })
    return id
  }

  test('is recorded as expired once, from the first moment after its last day', async () => {
    const id = await offer()
    expect((await forsatWith(lastInstant, 'expire')).out).toBe('')
    expect((await forsatWith(after, 'expire', '--json')).out).toContain(id)
    expect(JSON.parse((await forsatWith(after, 'expire', '--json')).out)).toEqual({ expired: [] })
  })

  test('that has expired is told with whose it was and what it came to', async () => {
    await offer()
    const { out } = await forsatWith(after, 'expire')
    expect(out).toMatch(/Q-1405-0001 +البرز +20 Khordad 1405.* +IRR\s2,200,000\n/)
    const persian = await forsatWith(after, 'expire', '--lang', 'fa')
    expect(persian.err).toBe('۰ پیشنهاد منقضی شد.\n')
  })

  test('is let be where another company is named', async () => {
    await offer()
    await forsat('company', 'create', 'Rome')
    expect((await forsatWith(after, 'expire', '--company', 'Rome')).out).toBe('')
    expect((await forsatWith(after, 'expire')).out).toContain('Q-1405-0001')
  })

  test('has a history that is read on one screen in both languages, by its number too', async () => {
    const id = await offer()
    await forsatWith(after, 'expire')
    const english = await forsat('history', id)
    expect(english).toMatchObject({ code: 0 })
    expect(english.out).toMatch(/offer drafted[\s\S]*line: 2 × میز[\s\S]*sent[\s\S]*expired/)
    const persian = await forsat('history', 'Q-1405-0001', '--lang', 'fa')
    expect(persian.out).toMatch(/پیشنهاد نوشته شد[\s\S]*سطر: ۲ × میز[\s\S]*فرستاده شد/)
    expect(english.out.split('\n').length).toBeLessThan(30)
  })

  test('that fell with its sale, and came back with it, says why in both languages', async () => {
    const [id = ''] = await offered(folder, { validUntil: '2026-06-10', fall: true })
    const english = await forsat('history', id)
    expect(english.out.replaceAll(/\s+/g, ' ')).toMatch(/cancelled .*lost.* reinstated .*reopened/)
    const persian = await forsat('history', id, '--lang', 'fa')
    expect(persian.out).toMatch(/لغو شد[\s\S]*باخته شد[\s\S]*دوباره برقرار شد[\s\S]*باز شد/)
    const { items } = await json('history', id)
    expect(items.slice(-2)).toMatchObject([
      { type: 'QuotationCancelled', cause: { code: 'opportunityLost' } },
      { type: 'QuotationReinstated', cause: { code: 'opportunityReopened' } },
    ])
  })

  test('is printed into a file that its number names', async () => {
    const id = await offer()
    const printed = await forsat('document', 'Q-1405-0001')
    expect(printed).toMatchObject({ code: 0, out: 'Printed into Q-1405-0001.pdf.\n' })
    expect(await readFile(join(folder, 'Q-1405-0001.pdf'), 'latin1')).toMatch(/^%PDF-/)
    const page = ['document', id, '--version', '1', '--format', 'html', '--out', 'offer.html']
    expect(await forsat(...page, '--json')).toMatchObject({ code: 0 })
    expect(await readFile(join(folder, 'offer.html'), 'utf8')).toContain('پیش‌فاکتور Q-1405-0001')

    expect(await forsat('document', 'Q-1405-0009')).toMatchObject({ code: 1 })
    expect(await forsat('document', id, '--version', '2')).toMatchObject({ code: 1 })
    expect(await forsat('document', id, '--version', 'two')).toMatchObject({ code: 2 })
    expect(await forsat('document', id, '--out', 'none/offer.pdf')).toMatchObject({ code: 1 })
  })

  test('is replayed as it stood at each moment', async () => {
    await offer()
    const standing = async (...args: readonly string[]) =>
      (await json('replay', ...args)).quotations
    expect(await standing()).toEqual({ sent: 1 })
    expect(await standing('--as-of', '2026-05-31')).toEqual({})
    const digest = async () => (await json('replay', '--digest')).digest
    expect(await digest()).toBe(await digest())
    const later = JSON.parse((await forsatWith(after, 'replay', '--json')).out)
    expect(later.quotations).toEqual({ expired: 1 })
  })
})

describe('what happens', () => {
  test.for(
    eventTypes().filter(({ category }) =>
      ['opportunity', 'quotation', 'contact'].includes(category),
    ),
  )('$name has words in both languages', ({ name }) => {
    for (const language of ['en', 'fa'] as const) expect(eventName(name, language)).not.toBe(name)
  })
})

describe('a backup', () => {
  test('is one sound file without keys, and never over another', async () => {
    await write(good)
    await forsat(...importing)
    expect(await forsat('backup', 'copy.db')).toMatchObject({ code: 0 })
    expect(await forsat('backup', 'copy.db')).toMatchObject({ code: 1 })
    const copy = ['--store', 'sqlite:copy.db']
    expect(await json('report', 'win-rate', ...copy)).toMatchObject({ totals: { won: 1 } })
    expect((await forsat('sql', 'select title from opportunity', ...copy)).out).not.toContain(
      'First',
    )
  })

  test('of the keys is for their owner alone', async () => {
    await write(good)
    await forsat(...importing)
    expect(await json('keys', 'backup', 'keys.json')).toMatchObject({ keys: expect.any(Number) })
    expect(await forsat('keys', 'backup', 'keys.json')).toMatchObject({ code: 1 })
  })

  test.for([['backup'], ['keys', 'backup']])(
    'to nowhere is told in one sentence: %s',
    async (of) => {
      await write(good)
      await forsat(...importing)
      const { code, err } = await forsat(...of, 'nowhere/copy')
      expect(code).toBe(1)
      expect(err).toBe('nowhere/copy cannot be written: nothing was copied.\n')
    },
  )
})

describe('an API key', () => {
  test('is shown when it is made, listed without itself, and revoked', async () => {
    const made = await json('keys', 'create', '--role', 'sales', '--name', 'Sales desk')
    expect(made.key).toMatch(/^forsat_[\w-]{43}$/)
    const listed = await json('keys', 'list')
    expect(listed.items).toMatchObject([{ id: made.id, name: 'Sales desk', archived: false }])
    expect(JSON.stringify(listed)).not.toContain(made.key)
    expect(await forsat('keys', 'revoke', made.id)).toMatchObject({ code: 0 })
    expect((await json('keys', 'list')).items).toMatchObject([{ archived: true }])
    expect(await forsat('keys', 'revoke', 'nothing')).toMatchObject({ code: 1 })
  })

  test('reaches the companies that are named, and none in which its holder has no role', async () => {
    const { id: tehran } = await json('company', 'create', 'Tehran')
    const { id: rome } = await json('company', 'create', 'Rome', '--currency', 'EUR')
    const both = ['--company', 'Tehran', '--company', rome]
    const made = await json('keys', 'create', '--role', 'sales', '--name', 'Desk', ...both)
    expect(made.companyIds).toEqual([tehran, rome])
    expect((await forsat('keys', 'list')).out).toMatch(/Desk .* Tehran .*\n.* Rome\n/)
    const { id: sara } = await json('users', 'create', 'Sara', '--role', 'analyst')
    const forRome = ['keys', 'create', '--user', sara, '--name', 'Laptop', '--company', 'Rome']
    expect(await forsat(...forRome)).toMatchObject({
      code: 1,
      err: expect.stringContaining('has no role'),
    })
    await forsat('users', 'grant', sara, 'sales', '--company', 'Rome')
    expect(await forsat(...forRome)).toMatchObject({ code: 0 })
  })
})

describe('a user', () => {
  test('has a role in each company, given and taken one by one', async () => {
    const { id: tehran } = await json('company', 'create', 'Tehran')
    const { id: rome } = await json('company', 'create', 'Rome')
    const { id } = await json('users', 'create', 'Sara', '--role', 'sales')
    expect(await json('users', 'grant', id, 'auditor', '--company', 'Rome')).toMatchObject({
      roles: [
        { companyId: tehran, role: 'sales' },
        { companyId: rome, role: 'auditor' },
      ],
    })
    const { out } = await forsat('users', 'list')
    expect(out).toMatch(/Sara +sales: Tehran +active\n.*auditor: Rome/)
    await forsat('users', 'revoke', id, 'sales', '--company', 'Tehran')
    const named = async (company: string) =>
      (await json('users', 'list', '--company', company)).items.map(
        ({ name }: { readonly name: string }) => name,
      )
    expect(await named('Tehran')).not.toContain('Sara')
    expect(await named('Rome')).toContain('Sara')
    expect(await forsat('users', 'grant', 'nobody', 'sales')).toMatchObject({ code: 1 })
    expect(await forsat('users', 'grant', id, 'king')).toMatchObject({ code: 2 })
  })
})

describe('a company', () => {
  test('is shown, and set one thing at a time', async () => {
    expect((await forsat('company', 'set', 'moneyUnit', 'toman')).code).toBe(0)
    expect((await forsat('company', 'set', 'requireLostReason', 'false')).code).toBe(0)
    expect((await forsat('company', 'set', 'features.leads', 'false')).code).toBe(0)
    expect(await json('company', 'show')).toMatchObject({
      moneyUnit: 'toman',
      policies: { requireLostReason: false, features: { leads: false, scoring: true } },
    })
    expect(await forsat('company', 'set', 'colour', 'red')).toMatchObject({ code: 2 })
    expect(await forsat('company', 'set', 'zone', 'Mars/Olympus')).toMatchObject({ code: 2 })
  })

  test('has every setting and policy set, each as what it is', async () => {
    for (const [key, value] of [
      ['numberPatterns.quotation', 'OFF/{year}/{seq:5}'],
      ['digits.EUR', '3'],
      ['defaultTaxRate', '۹'],
      ['validityDays', '0'],
      ['vatRounding', 'line'],
      ['lateConfirm', 'refuse'],
      ['onConfirm', 'leave'],
      ['onConfirmSiblings', 'cancel'],
      ['onLose', 'leave'],
      ['onAccept', 'record'],
      ['manualCertainty', 'allow'],
      ['approval.totalAbove', '1000000'],
      ['fiscalYearStart', '01-01'],
      ['bankAccount', 'IR120570000000000000000001'],
      ['identifiers', '[{"kind":"economicCode","value":"411111111111"}]'],
    ] as const) {
      expect(await forsat('company', 'set', key, value)).toMatchObject({ code: 0, err: '' })
    }
    expect(await json('company', 'show')).toMatchObject({
      numberPatterns: { quotation: 'OFF/{year}/{seq:5}' },
      digits: { EUR: 3 },
      defaultTaxRate: '9',
      fiscalYearStart: '01-01',
      bankAccount: 'IR120570000000000000000001',
      identifiers: [{ kind: 'economicCode', value: '411111111111' }],
      policies: {
        validityDays: 0,
        vatRounding: 'line',
        lateConfirm: 'refuse',
        onConfirm: 'leave',
        onConfirmSiblings: 'cancel',
        onLose: 'leave',
        onAccept: 'record',
        manualCertainty: 'allow',
        approval: { totalAbove: '1000000' },
      },
    })
  })

  test('has its own words for mails, by language, and the usual ones again', async () => {
    await forsat('company', 'set', 'moneyUnit', 'toman')
    const usual = (await json('company', 'show')).mailTexts
    const en = { subject: 'For you: {number}', text: 'Here: {link}' }
    const said = await forsat('company', 'set', 'mailTexts.en', JSON.stringify(en))
    expect(said).toMatchObject({ code: 0, err: '' })
    expect((await json('company', 'show')).mailTexts).toEqual({ ...usual, en })
    await forsat('company', 'set', 'mailTexts.en', 'null')
    expect((await json('company', 'show')).mailTexts).toEqual(usual)
  })

  test('keeps the other parts of a setting, and is without a part that is cleared', async () => {
    await forsat('company', 'set', 'numberPatterns.order', 'S{seq}')
    await forsat('company', 'set', 'numberPatterns.quotation', 'Q{seq}')
    await forsat('company', 'set', 'numberPatterns.order', 'null')
    expect((await json('company', 'show')).numberPatterns).toEqual({ quotation: 'Q{seq}' })
    const { out } = await forsat('company', 'show')
    expect(out).toMatch(/numberPatterns.quotation +Q\{seq\}\n/)
    // What was never set is as it is usually.
    expect(out).toMatch(/numberPatterns.order +S-\{jyear\}-\{seq:4\}\n/)
    await forsat('company', 'set', 'numberPatterns.quotation', 'null')
    expect(await json('company', 'show')).not.toHaveProperty('numberPatterns')
  })

  test.for([
    ['mailTexts.en', '{"subject": "Yours", "text": "no way in"}', 'must hold {link}'],
    ['mailTexts.de', '{"subject": "Ihres", "text": "{link}"}', '/de is not a known field'],
    ['numberPatterns.quotation', 'Q-{jyear}', 'must hold {seq}'],
    ['numberPatterns.order', '{seq}{colour}', 'must hold no braces but'],
    ['validityDays', '-3', '/validityDays'],
    ['digits.EUR', '7', '/digits/EUR'],
    ['lateConfirm', 'sometimes', 'manager'],
    ['zone', 'Mars/Olympus', 'IANA'],
    ['currency', 'ABC', 'ISO 4217'],
    ['exchangeRates.USD/IRR', 'dear', '/rate'],
    ['exchangeRates.USD/ABC', '1', 'ISO 4217'],
  ] as const)('refuses %s %s by the rule that it breaks', async ([key, value, rule]) => {
    const { code, err } = await forsat('company', 'set', key, value)
    expect(code).toBe(2)
    expect(err).toContain(rule)
  })

  test('knows what a currency costs, from a day on', async () => {
    const rate = (value: string, ...day: readonly string[]) =>
      forsat('company', 'set', 'exchangeRates.USD/IRR', value, ...day)
    expect(await rate('1150000', '--on', '۱۴۰۴/۱۰/۲۰')).toMatchObject({ code: 0 })
    expect(await rate('۱۲۰۰۰۰۰')).toMatchObject({ code: 0 })
    expect((await rate('1200000')).out).toContain('stays as it was')
    expect((await json('company', 'show')).exchangeRates).toMatchObject([
      { base: 'USD', quote: 'IRR', date: '2026-06-01', rate: '1200000' },
      { base: 'USD', quote: 'IRR', date: '2026-01-10', rate: '1150000' },
    ])
    const { out } = await forsat('company', 'show')
    expect(out).toMatch(/exchangeRates.USD\/IRR +1150000 from .*1404/)
    expect(await forsat('company', 'set', 'zone', 'UTC', '--on', '2026-01-10')).toMatchObject({
      code: 2,
    })
    const ofItself = await forsat('company', 'set', 'exchangeRates.IRR/IRR', '1')
    expect(ofItself).toMatchObject({ code: 1, err: expect.stringContaining('RateOfItself') })
  })

  test('is made beside others with an administrator of its own, once by its name', async () => {
    const tehran = await json('company', 'create', 'دفتر تهران')
    const inRome = ['--currency', 'EUR', '--zone', 'Europe/Rome', '--language', 'en']
    const rome = await json('company', 'create', 'Rome office', ...inRome)
    expect(tehran).toMatchObject({ currency: 'IRR', zone: 'Asia/Tehran', calendar: 'jalali' })
    expect(rome).toMatchObject({ currency: 'EUR', zone: 'Europe/Rome', calendar: 'gregorian' })
    const { items } = await json('users', 'list', '--company', 'Rome office')
    expect(items).toMatchObject([
      {
        roles: [
          { companyId: tehran.id, role: 'admin' },
          { companyId: rome.id, role: 'admin' },
        ],
      },
    ])
    await forsat('company', 'set', 'validityDays', '7', '--company', 'Rome office')
    expect(await json('company', 'show')).toMatchObject({
      name: 'دفتر تهران',
      policies: { validityDays: 30 },
    })
    expect(await forsat('company', 'create', 'rome Office')).toMatchObject({ code: 1 })
    const nowhere = ['company', 'create', 'Nowhere', '--zone', 'Mars/Olympus']
    expect(await forsat(...nowhere)).toMatchObject({
      code: 2,
      err: expect.stringContaining('/zone'),
    })
  })
})

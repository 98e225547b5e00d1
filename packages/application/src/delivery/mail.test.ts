/**
 * How quotations go by mail: from what was issued to what is known of it, over a real mail server.
 *
 * @module
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { QuotationView } from '@forsat/projections'
import * as E from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testClock } from '../clock.ts'
import type { Outcome } from '../context.ts'
import type { Forsat } from '../forsat.ts'
import { mintedIds } from '../ids.ts'
import { openForsat } from '../open.ts'
import type { Refusal } from '../refusal.ts'
import { setUp } from '../set-up.ts'
import type { Command } from '../use-cases.ts'
import { type Postbox, postbox } from './postbox.ts'
import type { AttachmentOf } from './posting.ts'
import { smtpMailer } from './smtp.ts'

const start = '2026-02-01T08:00:00.000Z'
const minutesLater = (minutes: number, from = start) =>
  new Date(Date.parse(from) + minutes * 60_000).toISOString()

const clock = testClock(start)
const ids = mintedIds(clock)
const aside: AsyncDisposable[] = []
let box: Postbox
let folder: string
let forsat: Forsat
let company: string
let customer: string
let told: string[]

/** Another program on the same store. */
const opened = async (more: { mailed?: boolean; attachment?: AttachmentOf } = {}) => {
  const { mailed = true, attachment } = more
  const mailer = smtpMailer({
    url: box.url,
    from: 'offers@example.com',
    patienceMs: 1000,
  })
  const another = await openForsat({
    store: `sqlite:${join(folder, 'forsat.db')}`,
    clock,
    ids,
    mail: mailed ? { mailer, origin: () => 'https://offers.example.com' } : undefined,
    attachment,
    report: (message) => told.push(message),
  })
  aside.push(another)
  return another
}

beforeEach(async () => {
  clock.set(start)
  told = []
  box = await postbox()
  folder = await mkdtemp(join(tmpdir(), 'forsat-mail-'))
  forsat = await opened()
  const begun = await setUp(forsat, { language: 'en', currency: 'EUR', zone: 'Asia/Tehran' })
  company = begun.companyId
  const data = { name: 'Sara Rahimi', email: 'sara@example.com' }
  customer = (await done({ type: 'RegisterContact', data })).id
  await done({ type: 'AddAddress', data: { id: customer, street: 'Zand 12', city: 'Shiraz' } })
})
afterEach(async () => {
  for (const each of aside.splice(0).toReversed()) await each[Symbol.asyncDispose]()
  await box[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const execute = (command: Command, by = forsat) =>
  by.execute(command, { company, actor: 'user:local' })
const done = async (command: Command, by = forsat): Promise<Outcome> => {
  const outcome = await execute(command, by)
  if (E.isLeft(outcome)) throw new Error(JSON.stringify(outcome.left))
  return outcome.right
}
const refusal = async (command: Command, by = forsat): Promise<Refusal> => {
  const outcome = await execute(command, by)
  if (E.isRight(outcome)) throw new Error(`${command.type} was not refused`)
  return outcome.left
}
const shown = async (id: string, by = forsat): Promise<QuotationView> => {
  await by.settle()
  const view = await by.query.quotations.get(id, { company })
  if (view === undefined) throw new Error(`there is no quotation ${id}`)
  return view
}
const delivery = async (id: string, by = forsat) => (await shown(id, by)).delivery
const sweep = (by = forsat) => by.deliverDue({ actor: 'system:mail' })
/** Until the mail that goes out by itself is told of. */
const settled = async (id: string, state: string) => {
  await expect.poll(async () => (await delivery(id)).state, { timeout: 10_000 }).toBe(state)
  return delivery(id)
}

const desk = {
  description: 'Desk',
  quantity: '1',
  unitPrice: { amount: '400.00', currency: 'EUR' },
}
const draft = async (more: object = {}) =>
  (await done({ type: 'DraftQuotation', data: { contactId: customer, lines: [desk], ...more } })).id
const byMail = (id: string, more: object = {}): Command => ({
  type: 'SendQuotation',
  data: { id, by: 'mail', ...more },
})
const mailed = async (more: object = {}, draftMore: object = {}) => {
  const id = await draft(draftMore)
  await done(byMail(id, more))
  return id
}
const events = async (id: string) => {
  const types: string[] = []
  for await (const page of forsat.store.readStream(`delivery-${id}`)) {
    types.push(...page.map(({ type }) => type))
  }
  return types
}

describe('a quotation that goes by mail', () => {
  test('reaches its contact once, with the link of the customer', async () => {
    const id = await mailed()
    expect(await settled(id, 'delivered')).toMatchObject({
      by: 'mail',
      to: ['sara@example.com'],
      attempts: 1,
    })
    const token = await forsat.customerToken(id)
    expect(box.received).toHaveLength(1)
    const [{ to, text } = { to: [], text: '' }] = box.received
    expect(to).toEqual(['sara@example.com'])
    expect(text).toContain(`https://offers.example.com/q/${token}`)
    expect(text).toContain('Dear Sara Rahimi,')
    expect(text).toContain('valid until the end of 3 March 2026')
    expect(text).toMatch(new RegExp(`Message-ID: <${id}\\.1\\.1@example\\.com>`))
    expect(await sweep()).toEqual({ attended: [] })
    expect(box.received).toHaveLength(1)
  })

  test('speaks the language of the document, in the words that the company has chosen', async () => {
    const persian = await mailed({}, { language: 'fa', validUntil: '2026-03-20' })
    await settled(persian, 'delivered')
    expect(box.received[0]?.text).toContain('Subject: پیش‌فاکتور Q-2026-0001')
    expect(box.received[0]?.text).toContain('Sara Rahimi گرامی،')
    expect(box.received[0]?.text).toContain('dir="rtl"')
    expect(box.received[0]?.text).toMatch(/تا پایان [۰-۹]+ [^0-9]+ است/)
    const en = { subject: 'Offer {number}', text: 'Look here, {customer}: {link}' }
    await done({ type: 'SetMailTexts', data: { id: company, en } })
    await settled(await mailed(), 'delivered')
    expect(box.received[1]?.text).toContain('Subject: Offer Q-2026-0002')
    expect(box.received[1]?.text).toContain('Look here, Sara Rahimi: https://')
  })

  test('brings its document, where there is one', async () => {
    const attached: string[] = []
    const attachment: AttachmentOf = async (id, version) => {
      attached.push(`${id} ${version}`)
      return { filename: 'Q.pdf', content: Buffer.from('%PDF-1.7 of the offer') }
    }
    const documented = await opened({ attachment })
    const id = await draft()
    await done(byMail(id), documented)
    await settled(id, 'delivered')
    expect(attached).toEqual([`${id} 1`])
    expect(box.received[0]?.text).toContain('%PDF-1.7 of the offer')
  })

  test('waits for its document to be made, and for its time', async () => {
    let isReady = false
    const attachment: AttachmentOf = async () => {
      if (!isReady) throw new Error('no fonts here')
      return { filename: 'Q.pdf', content: Buffer.from('%PDF') }
    }
    const documented = await opened({ attachment })
    const id = await draft()
    await done(byMail(id, { sendAt: '2026-02-02T10:00:00+03:30' }), documented)
    expect(await delivery(id)).toMatchObject({
      state: 'queued',
      nextAt: '2026-02-02T06:30:00.000Z',
    })
    expect(await sweep(documented)).toEqual({ attended: [] })
    clock.set('2026-02-02T06:30:00.000Z')
    expect(await sweep(documented)).toEqual({ attended: [id] })
    expect(await delivery(id)).toMatchObject({ state: 'queued', code: 'unwritten', attempts: 1 })
    expect(told).toEqual([expect.stringContaining('no fonts here')])
    isReady = true
    clock.set('2026-02-02T06:31:00.000Z')
    await sweep(documented)
    expect(await delivery(id)).toMatchObject({ state: 'delivered', attempts: 2 })
    expect(box.received).toHaveLength(1)
  })

  test('is not sent any more once it does not stand', async () => {
    const [cancelled, revoked, returned] = [
      await mailed({ sendAt: minutesLater(10) }),
      await mailed({ sendAt: minutesLater(10) }),
      await mailed({ sendAt: minutesLater(10) }),
    ]
    await done({ type: 'CancelQuotation', data: { id: cancelled, reason: 'Sold the house' } })
    await done({ type: 'RevokeQuotationLink', data: { id: revoked } })
    await done({ type: 'ReturnQuotationToDraft', data: { id: returned } })
    clock.set(minutesLater(10))
    await sweep()
    expect(box.received).toEqual([])
    for (const id of [cancelled, revoked]) {
      expect(await delivery(id)).toMatchObject({ state: 'failed', code: 'withdrawn', attempts: 0 })
    }
    expect(await delivery(returned)).toEqual({ state: 'none', attempts: 0 })
    expect(await sweep()).toEqual({ attended: [] })
  })

  test('has a mail of its own for its next version', async () => {
    const id = await mailed()
    await settled(id, 'delivered')
    await done({ type: 'OpenQuotationVersion', data: { id } })
    await done(byMail(id))
    await expect.poll(() => box.received.length).toBe(2)
    expect(await settled(id, 'delivered')).toMatchObject({ attempts: 1 })
    expect(box.received[1]?.text).toMatch(new RegExp(`Message-ID: <${id}\\.2\\.2@example\\.com>`))
  })

  test('is refused where it cannot go, and leaves no trace', async () => {
    const id = await draft()
    const nameless = await done({ type: 'RegisterContact', data: { name: 'Omid' } })
    const unknown = await draft({ contactId: nameless.id })
    const postless = await opened({ mailed: false })
    const before = await forsat.store.head()
    expect(await refusal(byMail(unknown))).toEqual({ type: 'RecipientMissing' })
    expect(await refusal(byMail(id), postless)).toEqual({ type: 'MailNotSet', instead: 'hand' })
    const resend: Command = { type: 'ResendQuotation', data: { id } }
    expect(await refusal(resend)).toEqual({ type: 'QuotationNotSent' })
    for (const wrong of [
      { to: 'sara' },
      { to: [] },
      { to: 'a@example.com, b@example.com' },
      { to: 'Sara <sara@example.com>' },
      { to: 'sara@example.com\nBcc: all@example.com' },
      { sendAt: start },
      { sendAt: 'tomorrow' },
      { sendAt: '2027-01-01T00:00:00Z' },
      { by: 'hand', to: 'sara@example.com' },
      { by: 'hand', sendAt: minutesLater(10) },
    ]) {
      expect(await refusal(byMail(id, wrong))).toMatchObject({ type: 'InvalidRequest' })
    }
    expect(await forsat.store.head()).toBe(before)
    await done({ type: 'SendQuotation', data: { id } })
    expect(await delivery(id)).toMatchObject({ state: 'sent', by: 'hand', attempts: 0 })
    expect(box.received).toEqual([])
  })
})

describe('a mail server', () => {
  test('that says "later" is asked again, later each time, with the same id', async () => {
    box.manner = { refuses: 451, at: 'end' }
    const id = await mailed()
    await expect.poll(async () => (await delivery(id)).code).toBe('deferred')
    expect(await delivery(id)).toMatchObject({ state: 'queued', attempts: 1 })
    expect(await sweep()).toEqual({ attended: [] })
    clock.set(minutesLater(1))
    await sweep()
    expect(await delivery(id)).toMatchObject({ attempts: 2, nextAt: minutesLater(6) })
    box.manner = 'takes'
    clock.set(minutesLater(6))
    await sweep()
    expect(await delivery(id)).toMatchObject({ state: 'delivered', attempts: 3 })
    const messageIds = box.received.map(({ text }) => /Message-ID: (\S+)/.exec(text)?.[1])
    expect(new Set(messageIds).size).toBe(1)
  })

  test('that says "later" for ever is given up', async () => {
    box.manner = { refuses: 451, at: 'receiver' }
    const id = await mailed()
    await expect.poll(async () => (await delivery(id)).code).toBe('deferred')
    for (let { nextAt } = await delivery(id); nextAt !== undefined; ) {
      clock.set(nextAt)
      await sweep()
      ;({ nextAt } = await delivery(id))
    }
    expect(await delivery(id)).toMatchObject({ state: 'failed', code: 'deferred', attempts: 6 })
    clock.set(minutesLater(24 * 60, clock.now()))
    expect(await sweep()).toEqual({ attended: [] })
  })

  test('that says "no" is asked no more, and its words are kept without the link', async () => {
    const id = await draft()
    await done(byMail(id, { sendAt: minutesLater(1) }))
    const token = String(await forsat.customerToken(id))
    box.manner = { refuses: 554, at: 'end', words: `Spam: https://offers.example.com/q/${token}` }
    clock.set(minutesLater(1))
    await sweep()
    const { state, detail } = await delivery(id)
    expect([state, detail]).toEqual(['failed', expect.stringContaining('Spam')])
    expect(JSON.stringify(detail)).not.toContain(token)
  })

  test('that is silent is asked again', async () => {
    box.manner = 'is silent'
    const id = await mailed()
    await expect.poll(async () => (await delivery(id)).code, { timeout: 5000 }).toBe('unreachable')
    box.manner = 'takes'
    clock.set(minutesLater(1))
    await sweep()
    expect(await delivery(id)).toMatchObject({ state: 'delivered', attempts: 2 })
    expect(box.received).toHaveLength(1)
  })

  test('that took the whole mail and hung up leaves it open, and gets no second one', async () => {
    box.manner = 'hangs up at the end'
    const id = await mailed()
    expect(await settled(id, 'unknown')).toMatchObject({ attempts: 1, code: 'unknown' })
    clock.set(minutesLater(24 * 60))
    expect(await sweep()).toEqual({ attended: [] })
    expect(box.received).toHaveLength(1)
  })
})

describe('of several programs on one store', () => {
  test('one sends', async () => {
    const others = [await opened(), await opened()]
    const id = await mailed({ sendAt: minutesLater(1) })
    clock.set(minutesLater(1))
    const swept = await Promise.all([forsat, ...others].map((each) => sweep(each)))
    expect(swept.flatMap(({ attended }) => attended)).toEqual([id])
    expect(box.received).toHaveLength(1)
    expect(await events(id)).toEqual(['DeliveryAttempted.v1', 'QuotationDelivered.v1'])
  })

  test('one that died before it told how it went leaves it open: nobody sends it again', async () => {
    const id = await mailed({ sendAt: minutesLater(1) })
    clock.set(minutesLater(1))
    box.manner = 'is silent at the end'
    const killed = killing()
    await expect.poll(() => box.received.length, { timeout: 20_000 }).toBe(1)
    await killed()
    box.manner = 'takes'

    expect(await sweep()).toEqual({ attended: [] })
    expect(await delivery(id)).toMatchObject({ state: 'queued', attempts: 1 })
    clock.set(minutesLater(6))
    // The clock tells it before anybody has recorded it.
    expect(await delivery(id)).toMatchObject({ state: 'unknown', attempts: 1 })
    expect(await listed('unknown')).toEqual([id])
    expect(await sweep()).toEqual({ attended: [id] })
    expect(await delivery(id)).toMatchObject({ state: 'unknown', code: 'unknown', attempts: 1 })
    expect(await sweep()).toEqual({ attended: [] })
    expect(box.received).toHaveLength(1)
    expect(await events(id)).toEqual(['DeliveryAttempted.v1', 'DeliveryFailed.v1'])
  })
})

/** Starts a process that sends what is due, and answers how to kill it. */
const killing = (): (() => Promise<void>) => {
  const child = spawn(
    process.execPath,
    ['--conditions=@forsat/source', '--input-type=module', '--eval', sweepingProgram],
    {
      env: { STORE: join(folder, 'forsat.db'), SMTP: box.url, NOW: clock.now() },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  )
  const gone = once(child, 'exit')
  return async () => {
    child.kill('SIGKILL')
    await gone
  }
}

const sweepingProgram = `
  import { openForsat, smtpMailer, testClock } from ${JSON.stringify(new URL('../index.ts', import.meta.url).href)}
  const { STORE, SMTP, NOW } = process.env
  const mailer = smtpMailer({ url: SMTP, from: 'offers@example.com' })
  const mail = { mailer, origin: () => 'https://offers.example.com' }
  const forsat = await openForsat({ store: 'sqlite:' + STORE, clock: testClock(NOW), mail })
  await forsat.deliverDue({ actor: 'system:mail' })
`

const listed = async (state: 'unknown' | 'delivered' | 'bounced' | 'queued' | 'sent' | 'none') => {
  await forsat.settle()
  const page = await forsat.query.quotations.list({ company }, { filters: { delivery: state } })
  if (E.isLeft(page)) throw new Error(page.left.type)
  return page.right.items.map(({ id }) => id)
}

describe('a person', () => {
  const resend = (id: string, to?: string): Command => ({
    type: 'ResendQuotation',
    data: { id, ...(to !== undefined && { to }) },
  })

  test('sends an offer once more, as another mail', async () => {
    const id = await mailed({ to: ['omid@example.com'] })
    await settled(id, 'delivered')
    await done(resend(id))
    await expect.poll(() => box.received.length).toBe(2)
    await settled(id, 'delivered')
    await done(resend(id, 'sara@example.com'))
    await expect.poll(() => box.received.length).toBe(3)
    expect(await settled(id, 'delivered')).toMatchObject({ attempts: 3, to: ['sara@example.com'] })
    expect(box.received.map(({ to }) => to)).toEqual([
      ['omid@example.com'],
      ['omid@example.com'],
      ['sara@example.com'],
    ])
    const messageIds = box.received.map(({ text }) => /Message-ID: (\S+)/.exec(text)?.[1])
    expect(new Set(messageIds).size).toBe(3)
  })

  test('mails what was handed over so far, and what nobody knows of', async () => {
    const byHand = await draft()
    await done({ type: 'SendQuotation', data: { id: byHand } })
    await done(resend(byHand))
    expect(await settled(byHand, 'delivered')).toMatchObject({
      by: 'mail',
      to: ['sara@example.com'],
    })
    box.manner = 'hangs up at the end'
    const open = await mailed()
    await settled(open, 'unknown')
    box.manner = 'takes'
    await done(resend(open))
    await settled(open, 'delivered')
    expect(box.received).toHaveLength(3)
  })

  test('waits while a mail is on its way, and cannot mail what has ended', async () => {
    box.manner = 'is silent at the end'
    const id = await mailed()
    await expect.poll(() => box.received.length).toBe(1)
    expect(await refusal(resend(id))).toEqual({ type: 'DeliveryUnderWay', until: minutesLater(5) })
    await settled(id, 'unknown')
    box.manner = 'takes'
    await done({ type: 'RevokeQuotationLink', data: { id } })
    expect(await refusal(resend(id))).toEqual({ type: 'LinkMissing' })
    await done({ type: 'CancelQuotation', data: { id, reason: 'Sold the house' } })
    expect(await refusal(resend(id))).toEqual({ type: 'QuotationCancelled' })
  })

  test('asks twice with one key, and one mail goes', async () => {
    const id = await mailed()
    await settled(id, 'delivered')
    const context = { company, actor: 'user:local', idempotencyKey: 'again' }
    const first = await forsat.execute(resend(id), context)
    expect(await forsat.execute(resend(id), context)).toEqual(first)
    await expect.poll(() => box.received.length).toBe(2)
    await settled(id, 'delivered')
    expect(box.received).toHaveLength(2)
  })

  test('tells that a mail came back', async () => {
    const id = await mailed()
    await settled(id, 'delivered')
    const bounce: Command = { type: 'BounceDelivery', data: { id, detail: 'Mailbox full' } }
    await done(bounce)
    expect(await delivery(id)).toMatchObject({ state: 'bounced', detail: 'Mailbox full' })
    expect(await listed('bounced')).toEqual([id])
    expect(await refusal(bounce)).toEqual({ type: 'QuotationNotDelivered' })
  })
})

test('the past of a delivery is what was known of it then', async () => {
  const id = await draft()
  const { position } = await done(byMail(id))
  await settled(id, 'delivered')
  const seen = async (at: object) =>
    (await forsat.query.quotations.get(id, { company }, at))?.delivery
  expect(await seen({ effectiveAt: start })).toMatchObject({ state: 'delivered', attempts: 1 })
  expect(await seen({ position })).toMatchObject({ state: 'queued', attempts: 0 })
  expect(await seen({ position: position - 1 })).toEqual({ state: 'none', attempts: 0 })
})

test('the link stands in no file of a store, and in nothing that was said aloud', async () => {
  const id = await mailed()
  await settled(id, 'delivered')
  box.manner = { refuses: 554, at: 'end', words: 'No' }
  const refused = await mailed()
  await settled(refused, 'failed')
  const tokens = await Promise.all([id, refused].map((each) => forsat.customerToken(each)))
  const everything = [...told]
  for (const name of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (name.isFile()) everything.push(await readFile(join(name.parentPath, name.name), 'latin1'))
  }
  expect(everything.length).toBeGreaterThan(4)
  expect(box.received.map(({ text }) => tokens.some((token) => text.includes(`${token}`)))).toEqual(
    [true, true],
  )
  for (const token of tokens) {
    expect(everything.filter((text) => text.includes(`${token}`))).toEqual([])
  }
})

/**
 * Case O30: somebody asks to be forgotten, and the history cannot change.
 *
 * @module
 */
import { cp, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { quotationHtml } from '@forsat/document'
import { erased } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { testClock } from '../clock.ts'
import type { Context } from '../context.ts'
import type { MailSettings } from '../delivery/mailer.ts'
import { exportFormats } from '../export/exporting.ts'
import type { Forsat } from '../forsat.ts'
import { openForsat } from '../open.ts'
import { setUp } from '../set-up.ts'
import type { Command } from '../use-cases.ts'

/** What must be found nowhere afterwards. */
const canaries = [
  'Parvin Etesami',
  'parvin.canary@example.test',
  '09127770123',
  'Her brother decides',
  'Desk for Parvin',
  'No 7, Canary lane',
]

let folder: string
let forsat: Forsat
let staff: Context & { readonly actor: string }
beforeEach(async () => {
  reported.length = 0
  folder = await mkdtemp(join(tmpdir(), 'forsat-'))
  forsat = await opened()
  const { companyId: company, userId } = await setUp(forsat, { language: 'en', currency: 'IRR' })
  staff = { company, actor: `user:${userId}` }
})
afterEach(async () => {
  await forsat[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const reported: string[] = []
const report = (message: string) => reported.push(message)
/** A letter box that nobody should put anything in. */
const mail: MailSettings = {
  mailer: {
    from: { address: 'offers@forsat.example' },
    send: async () => {
      throw new Error('a mail was sent')
    },
  },
  origin: () => 'https://forsat.example',
}

const clock = testClock('2026-02-01T08:00:00.000Z')
const opened = () =>
  openForsat({ mail, store: `sqlite:${join(folder, 'forsat.db')}`, clock, report })

const done = async (command: Command, context: Partial<Context> = {}) => {
  const outcome = await forsat.execute(command, { ...staff, ...context })
  if (E.isLeft(outcome)) throw new Error(JSON.stringify(outcome.left))
  return outcome.right
}

const scope = () => ({ company: staff.company ?? '' })

/** One confirmed quotation and two lost deals, the person in all of them. */
const life = async () => {
  const [name = '', email = '', phone = '', text = '', title = '', street = ''] = canaries
  const { id: contactId } = await done({ type: 'RegisterContact', data: { name, email, phone } })
  await done({ type: 'AddAddress', data: { id: contactId, street, city: 'Shiraz' } })
  const reasons = await forsat.settle().then(() => forsat.query.lostReasons.list(scope()))
  const listed = E.isRight(reasons) ? reasons.right.items : []
  const price = listed.find(({ requiresNote }) => !requiresNote)?.id ?? ''
  const lost: string[] = []
  for (const amount of ['5000000', '7000000']) {
    const expectedRevenue = { amount, currency: 'IRR' }
    const data = { title, contactId, contactName: name, email, expectedRevenue }
    const { id } = await done({ type: 'OpenOpportunity', data })
    await done({ type: 'NoteOpportunity', data: { id, text } })
    await done({ type: 'LoseOpportunity', data: { id, reasonId: price, note: text } })
    lost.push(id)
  }
  const unitPrice = { amount: '13200000', currency: 'IRR' }
  const line = { kind: 'item' as const, description: 'Desk', quantity: '1', unit: 'pc', unitPrice }
  const { id: quotationId } = await done({
    type: 'DraftQuotation',
    data: { contactId, subject: title, internalNote: text, lines: [{ ...line, taxRate: null }] },
  })
  await done({ type: 'SendQuotation', data: { id: quotationId } })
  const total = unitPrice
  await done({
    type: 'ConfirmQuotation',
    data: { id: quotationId, version: 1, total, note: text },
  })
  await forsat.settle()
  return { contactId, lost, quotationId }
}

const asked = { ground: 'Asked for by the person', requestedBy: 'the person' }
const erase = (subject: string) => done({ type: 'ErasePersonalData', data: { subject, ...asked } })

/** All that is answered of what happened, as text. */
const everything = async ({ contactId, lost, quotationId }: Awaited<ReturnType<typeof life>>) => {
  await forsat.settle()
  const { contacts, opportunities, quotations, events } = forsat.query
  const listed = [
    await contacts.list(scope()),
    await opportunities.list(scope()),
    await quotations.list(scope()),
    await events({ ...scope(), everywhere: true }, { limit: 200 }),
  ]
  const records = [
    await contacts.get(contactId, scope()),
    await contacts.history(contactId, scope()),
    ...(await Promise.all(lost.map((id) => opportunities.history(id, scope())))),
    await quotations.get(quotationId, scope()),
    await quotations.history(quotationId, scope()),
  ]
  const printed = await forsat.documentOf(quotationId, scope())
  const rows = ['contact', 'address', 'opportunity', 'loss', 'quotation'].map((table) =>
    forsat.projections.sql(`select * from ${table}`),
  )
  return JSON.stringify([listed, records, printed && quotationHtml(printed), rows])
}

const filesOf = async () => {
  const all = await readdir(folder, { recursive: true, withFileTypes: true })
  return Promise.all(
    all
      .filter((each) => each.isFile())
      .map(async (each) => ({
        name: each.name,
        bytes: await readFile(join(each.parentPath, each.name)),
      })),
  )
}
const allKeys = async () =>
  (await filesOf())
    .map(({ name }) => name)
    .filter((name) => name.endsWith('.key') && name !== 'link.key' && !name.startsWith(userId()))
const userId = () => staff.actor.slice('user:'.length)

const openedStore = async (work: (db: DatabaseSync) => void) => {
  using db = new DatabaseSync(join(folder, 'forsat.db'))
  work(db)
}

const refusal = async (command: Command) => {
  const outcome = await forsat.execute(command, staff)
  return E.isLeft(outcome) ? outcome.left.type : undefined
}
const nobody = '01J8ZQ4T5V6W7X8Y9Z0A1B2C3D'

const found = (text: string) => canaries.filter((canary) => text.includes(canary))

/** The log as it leaves the house, with everything opened that can be. */
const exported = async (format: (typeof exportFormats)[number]) => {
  const made = forsat.export.file(format, { reveal: true }, staff)
  let text = ''
  if (E.isRight(made)) for await (const part of made.right.parts) text += part
  expect(text).toContain('PersonalDataErased')
  return text
}

const losses = async () => {
  const told = await forsat.query.reports.lostReasons(scope(), { groupBy: ['reason'] })
  return E.isRight(told) ? told.right : undefined
}

describe('somebody who asks to be forgotten (O30)', () => {
  test('is found nowhere afterwards, and what happened stays as it was', async () => {
    const known = await life()
    expect(found(await everything(known))).toEqual(canaries)
    const before = { losses: await losses(), head: await forsat.store.head() }
    expect(before.losses).toMatchObject({ totals: { count: 2 } })

    const outcome = await erase(known.contactId)
    const { erased: gone, kept } = await forsat.erasureOf(outcome)
    expect(gone).toEqual(expect.arrayContaining([known.contactId, ...known.lost]))
    expect(kept).toEqual([{ what: 'confirmedDocuments', why: 'taxLaw', until: '2036-02-01' }])

    expect(found(await everything(known))).toEqual([])
    const ordered = await forsat.documentOf(known.quotationId, { ...scope(), kept: true })
    expect(ordered?.customer).toMatchObject({ name: canaries[0] })
    expect(await forsat.query.contacts.get(known.contactId, scope())).toMatchObject({
      name: erased,
    })
    const sought = await forsat.query.contacts.list(scope(), { filters: { q: 'Parvin' } })
    expect(sought).toMatchObject({ right: { items: [] } })
    expect(await forsat.store.head()).toBe(before.head + 1)
    expect({ ...(await losses()), position: undefined }).toEqual({
      ...before.losses,
      position: undefined,
    })
    const offer = await forsat.query.quotations.get(known.quotationId, scope())
    expect(offer?.totals.total).toEqual({ amount: '13200000', currency: 'IRR' })

    for (const { name, bytes } of await filesOf())
      expect([name, found(bytes.toString('latin1'))]).toEqual([name, []])
    await forsat.projections.rebuild()
    expect(found(await everything(known))).toEqual([])
    using replay = await forsat.projections.replay()
    expect(await replay.digest()).toEqual(await forsat.projections.digest())
    for (const { name, bytes } of await filesOf())
      expect([name, found(bytes.toString('latin1'))]).toEqual([name, []])

    expect(reported).toEqual([])
    for (const format of exportFormats) {
      expect([format, found(await exported(format))]).toEqual([format, []])
    }
    const told = await forsat.store.head()
    const again = await erase(known.contactId)
    expect(again.events).toEqual([])
    expect(await forsat.erasureOf(again)).toEqual({ erased: [], kept })
    expect(await forsat.store.head()).toBe(told)
  })

  test('is forgotten too where somebody was cut off before the keys were destroyed', async () => {
    const known = await life()
    const folderOfKeys = join(folder, 'forsat.keys')
    const copy = join(folder, 'keys-before')
    await cp(folderOfKeys, copy, { recursive: true })
    await erase(known.contactId)
    await forsat[Symbol.asyncDispose]()
    // As it was between the decision and its consequences.
    await rm(folderOfKeys, { recursive: true })
    await rename(copy, folderOfKeys)
    await openedStore((db) => db.exec('UPDATE policy SET position = position - 1'))

    forsat = await opened()
    await vi.waitFor(async () => {
      const { parts } = await forsat.erasures()
      expect(parts.readable + parts.erased).toBe(parts.sealed)
      expect(await allKeys()).toEqual([])
    }, 8000)
    expect(found(await everything(known))).toEqual([])
  })

  test('and comes back later is known by new data alone, which can be erased again', async () => {
    const { contactId } = await life()
    await erase(contactId)
    expect(
      await refusal({ type: 'ReviseContact', data: { id: contactId, email: 'no mail' } }),
    ).toBe('InvalidRequest')
    await done({ type: 'ReviseContact', data: { id: contactId, name: 'P. Etesami' } })
    await forsat.settle()
    expect(await forsat.query.contacts.get(contactId, scope())).toMatchObject({
      name: 'P. Etesami',
      email: erased,
    })
    expect((await forsat.erasureOf(await erase(contactId))).erased).toContain(contactId)
    await forsat.settle()
    expect(await forsat.query.contacts.get(contactId, scope())).toMatchObject({ name: erased })
  })

  test('gets no more mail', async () => {
    const { contactId, quotationId } = await life()
    await erase(contactId)
    const { email } = (await forsat.query.contacts.get(contactId, scope())) ?? {}
    expect(email).toEqual(erased)
    const { id } = await done({ type: 'DuplicateQuotation', data: { from: quotationId } })
    const mailed: Command = { type: 'SendQuotation', data: { id, by: 'mail' } }
    expect(await refusal(mailed)).toBe('RecipientMissing')
  })

  test('must not be named in the reasons for it, and nobody agrees to what they ask for', async () => {
    const { contactId: subject } = await life()
    const asking = (reasons: object): Command => ({
      type: 'ErasePersonalData',
      data: { subject, ...asked, ...reasons },
    })
    for (const reasons of [
      { ground: 'Parvin Etesami wrote to us' },
      { requestedBy: 'parvin.canary@example.test' },
      { approvedBy: asked.requestedBy },
    ]) {
      expect(await refusal(asking(reasons))).toBe('InvalidRequest')
    }
    expect(await refusal(asking({ subject: nobody }))).toBe('NotFound')
  })

  test('is missed by the register, where somebody only took the key', async () => {
    const { contactId } = await life()
    const sound = await forsat.erasures()
    expect(sound).toMatchObject({ erasures: [], findings: [], keys: 'present' })
    await forsat[Symbol.asyncDispose]()
    const folderOfKeys = join(folder, 'forsat.keys', 'subjects', contactId.slice(-1))
    await rm(join(folderOfKeys, `${contactId}.sales.key`))

    forsat = await opened()
    const { findings, parts } = await forsat.erasures()
    expect(findings.length).toBe(parts.sealed - parts.readable)
    expect(findings[0]).toMatchObject({ code: 'ERASED_WITHOUT_RECORD', subject: contactId })
    await forsat[Symbol.asyncDispose]()
    await rm(join(folder, 'forsat.keys'), { recursive: true })
    forsat = await opened()
    expect(await forsat.erasures()).toMatchObject({ findings: [], keys: 'absent' })
  })
})

import { memoryKeys, memoryStore } from '@forsat/event-store/memory'
import * as E from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testClock } from './clock.ts'
import type { Context, Outcome } from './context.ts'
import { createForsat, type Forsat } from './forsat.ts'
import { mintedIds } from './ids.ts'
import type { Refusal } from './refusal.ts'
import { setUp } from './set-up.ts'
import type { Command } from './use-cases.ts'

const clock = testClock('2026-03-01T08:00:00.000Z')
let forsat: Forsat
let ada: Context
let price: string

beforeEach(async () => {
  clock.set('2026-03-01T08:00:00.000Z')
  forsat = await createForsat({
    store: memoryStore({ clock }),
    keys: memoryKeys(),
    readModels: ':memory:',
    clock,
    ids: mintedIds(clock),
  })
  const { companyId, userId } = await setUp(forsat, { language: 'en' })
  ada = { company: companyId, actor: `user:${userId}` }
  price = (await done({ type: 'CreateLostReason', data: { name: 'Price' } })).id
})
afterEach(() => forsat[Symbol.asyncDispose]())

const done = async (command: Command, context: Partial<Context> = {}): Promise<Outcome> => {
  const outcome = await forsat.execute(command, { ...ada, ...context })
  if (E.isLeft(outcome)) throw new Error(JSON.stringify(outcome.left))
  return outcome.right
}
const refusal = async (command: Command, context: Partial<Context> = {}): Promise<Refusal> => {
  const before = await forsat.store.head()
  const outcome = await forsat.execute(command, { ...ada, ...context })
  if (E.isRight(outcome)) throw new Error(`${command.type} was not refused`)
  expect(await forsat.store.head()).toBe(before)
  return outcome.left
}
const open = (data: object = {}) =>
  done({ type: 'OpenOpportunity', data: { title: 'Twelve desks', ...data } })
const shown = async (id: string) => {
  await forsat.settle()
  const view = await forsat.query.opportunities.get(id, { company: ada.company ?? '' })
  if (view === undefined) throw new Error(`there is no opportunity ${id}`)
  return view
}
const types = async (stream: string): Promise<readonly string[]> => {
  const found: string[] = []
  for await (const page of forsat.store.readStream(stream)) {
    found.push(...page.map(({ type }) => type))
  }
  return found
}

describe('an empty store', () => {
  test('gets one company with its usual stages and reasons, whoever asks first', async () => {
    const again = await Promise.all([setUp(forsat), setUp(forsat)])
    expect(again.map(({ companyId }) => companyId)).toEqual([ada.company, ada.company])
    const scope = { company: ada.company ?? '' }
    const stages = await forsat.query.stages.list(scope)
    expect(stages).toMatchObject({ right: { items: expect.arrayContaining([]) } })
    if (E.isLeft(stages)) throw new Error('refused')
    expect(stages.right.items.filter(({ won }) => won)).toHaveLength(1)
    expect(stages.right.items.length).toBeGreaterThan(2)
  })
})

describe('a lost opportunity', () => {
  test('keeps its reason in the history when it is reopened', async () => {
    const { id, stream } = await open()
    await done({ type: 'LoseOpportunity', data: { id, reasonId: price, note: 'too dear' } })
    expect(await shown(id)).toMatchObject({
      outcome: 'lost',
      archived: true,
      probability: { value: 0 },
      lost: { reasonId: price, reason: 'Price', note: 'too dear' },
    })
    await done({ type: 'ReopenOpportunity', data: { id } })
    expect(await shown(id)).toMatchObject({ outcome: 'open', archived: false })
    expect((await shown(id)).lost).toBeUndefined()
    expect(await types(stream)).toEqual([
      'OpportunityOpened.v1',
      'OpportunityLost.v1',
      'OpportunityReopened.v2',
    ])
  })

  test('needs a reason that the company knows and still uses', async () => {
    const { id } = await open()
    const lose = (reasonId?: string): Command => ({
      type: 'LoseOpportunity',
      data: { id, ...(reasonId === undefined ? {} : { reasonId }) },
    })
    expect(await refusal(lose())).toEqual({ type: 'LostReasonMissing' })
    expect(await refusal(lose(id))).toMatchObject({ type: 'LostReasonUnknown' })
    await done({ type: 'ArchiveLostReason', data: { id: price } })
    expect(await refusal(lose(price))).toMatchObject({ type: 'LostReasonArchived' })
    await done({ type: 'SetPolicies', data: { id: ada.company ?? '', requireLostReason: false } })
    await done(lose())
  })
})

describe('a save', () => {
  test('that changes nothing adds no event, personal fields included', async () => {
    const { id, revision } = await open({ email: 'sara@example.com', tags: ['fair'] })
    const same = { id, title: 'Twelve desks', email: 'sara@example.com', tags: ['fair'] }
    expect((await done({ type: 'ReviseOpportunity', data: same })).revision).toBe(revision)
    const other = { id, email: 'sara@example.org' }
    expect((await done({ type: 'ReviseOpportunity', data: other })).revision).toBe(revision + 1)
  })

  test('with a misspelt or malformed field is refused by its name', async () => {
    const { id } = await open()
    const misspelt = { type: 'ReviseOpportunity', data: { id, titel: 'x' } } as unknown as Command
    expect(await refusal(misspelt)).toMatchObject({
      type: 'InvalidRequest',
      errors: [{ pointer: '/titel' }],
    })
    expect(
      await refusal({
        type: 'ReviseOpportunity',
        data: { id, expectedRevenue: { amount: '10.5', currency: 'JPY' } },
      }),
    ).toMatchObject({ errors: [{ pointer: '/expectedRevenue/amount' }] })
    const erased = { id, title: { erased: true } } as never
    expect(await refusal({ type: 'ReviseOpportunity', data: erased })).toMatchObject({
      type: 'InvalidRequest',
    })
  })
})

describe('a record that is made under an id', () => {
  test('is made once', async () => {
    const { id } = await open()
    const again: Command = { type: 'OpenOpportunity', data: { id, title: 'Again' } }
    expect(await refusal(again)).toEqual({ type: 'AlreadyExists' })
  })

  test('has its story told whole or not at all', async () => {
    const id = forsat.ids.next()
    const story = (revenue: string) =>
      forsat.executeTogether(
        [
          {
            command: { type: 'OpenOpportunity', data: { id, title: 'Imported' } },
            occurredAt: '2025-01-10T08:00:00.000Z',
          },
          {
            command: {
              type: 'WinOpportunity',
              data: { id, revenue: { amount: revenue, currency: 'EUR' } },
            },
            occurredAt: '2025-02-10T08:00:00.000Z',
          },
        ],
        ada,
      )
    expect(await story('10.001')).toMatchObject({ left: { type: 'InvalidRequest' } })
    expect(await types(`opportunity-${id}`)).toEqual([])
    expect(await story('10.00')).toMatchObject({ right: { id, revision: 1 } })
    expect(await shown(id)).toMatchObject({ won: { ageDays: 31, occurredOn: '2025-02-10' } })
  })
})

describe('a choice', () => {
  test('is never an archived stage, nor a currency that nobody pays in', async () => {
    const { id } = await open()
    const { id: stageId } = await done({ type: 'CreateStage', data: { name: 'Trial' } })
    await done({ type: 'StageOpportunity', data: { id, stageId } })
    await done({ type: 'ArchiveStage', data: { id: stageId } })
    expect(
      await refusal({ type: 'OpenOpportunity', data: { title: 'Late', stageId } }),
    ).toMatchObject({ errors: [{ pointer: '/stageId' }] })
    // What stands in it is saved with it all the same.
    await done({ type: 'ReviseOpportunity', data: { id, title: 'Thirteen desks', stageId } })
    const expectedRevenue = { amount: '1.00', currency: 'ABC' }
    expect(
      await refusal({ type: 'ReviseOpportunity', data: { id, expectedRevenue } }),
    ).toMatchObject({ errors: [{ pointer: '/expectedRevenue/currency' }] })
  })
})

describe('merging', () => {
  test('ends one, and the other takes over what it lacks', async () => {
    const survivor = await open({ title: 'Desks', tags: ['fair'] })
    const duplicate = await open({
      title: 'desks!',
      phone: '021 555',
      country: 'ایران',
      tags: ['web'],
    })
    await done({ type: 'MergeOpportunities', data: { id: survivor.id, from: [duplicate.id] } })
    expect(await shown(survivor.id)).toMatchObject({
      title: 'Desks',
      phone: '021 555',
      country: 'IR',
      tags: ['fair', 'web'],
    })
    expect(await shown(duplicate.id)).toMatchObject({ outcome: 'merged', mergedInto: survivor.id })
    const again: Command = {
      type: 'MergeOpportunities',
      data: { id: survivor.id, from: [duplicate.id] },
    }
    expect(await refusal(again)).toMatchObject({ type: 'OpportunityMerged' })
  })

  test('is refused whole where one of several cannot be merged', async () => {
    const [survivor, fine, won] = [await open(), await open(), await open()]
    await done({ type: 'WinOpportunity', data: { id: won.id } })
    const merge: Command = {
      type: 'MergeOpportunities',
      data: { id: survivor.id, from: [fine.id, won.id] },
    }
    expect(await refusal(merge)).toMatchObject({ type: 'OpportunityWon' })
  })
})

describe('a repeated command', () => {
  test('is answered as the first time, also when nothing came of it', async () => {
    const { id } = await open()
    const win: Command = { type: 'WinOpportunity', data: { id } }
    const keyed = { idempotencyKey: 'one' }
    const first = await done(win, keyed)
    expect(await done(win, keyed)).toEqual(first)
    expect(await refusal(win)).toEqual({ type: 'OpportunityWon' })
    expect(await refusal({ type: 'ReopenOpportunity', data: { id } }, keyed)).toEqual({
      type: 'IdempotencyKeyReused',
    })
  })

  test('is the same although it mints another id for the record', async () => {
    const opening = (): Command => ({
      type: 'OpenOpportunity',
      data: { id: forsat.ids.next(), title: 'Once' },
    })
    const first = await done(opening(), { idempotencyKey: 'import' })
    expect(await done(opening(), { idempotencyKey: 'import' })).toEqual(first)
  })

  test('makes one record, however many ask at once', async () => {
    const command: Command = { type: 'OpenOpportunity', data: { title: 'Once' } }
    const all = await Promise.all(
      Array.from({ length: 20 }, () => done(command, { idempotencyKey: 'click' })),
    )
    expect(new Set(all.map(({ id }) => id)).size).toBe(1)
  })
})

describe('a contact', () => {
  test('belongs to no one below it', async () => {
    const register = (name: string, parentId?: string) =>
      done({
        type: 'RegisterContact',
        data: { name, ...(parentId === undefined ? {} : { parentId }) },
      })
    const top = await register('Alborz')
    const below = await register('Alborz North', top.id)
    const turn = (parentId: string): Command => ({
      type: 'ReviseContact',
      data: { id: top.id, parentId },
    })
    expect(await refusal(turn(below.id))).toMatchObject({ errors: [{ pointer: '/parentId' }] })
    expect(await refusal(turn(top.id))).toMatchObject({ errors: [{ pointer: '/parentId' }] })
  })
})

describe('two who act at once', () => {
  test('both are heard, one after the other, or told that they were late', async () => {
    const { id, revision } = await open()
    const note = (text: string): Command => ({ type: 'NoteOpportunity', data: { id, text } })
    const notes = await Promise.all(Array.from({ length: 20 }, (_, n) => done(note(`note ${n}`))))
    expect(new Set(notes.map((each) => each.revision)).size).toBe(20)
    expect(await refusal(note('late'), { expectedRevision: revision })).toMatchObject({
      type: 'RevisionConflict',
      expected: revision,
      current: revision + 20,
    })
  })
})

describe('time', () => {
  test('that is told must not be in the future, nor before the last fact of its kind', async () => {
    const { id } = await open()
    const win: Command = { type: 'WinOpportunity', data: { id } }
    expect(await refusal(win, { occurredAt: '2026-03-02T00:00:00.000Z' })).toMatchObject({
      type: 'OccurredInFuture',
    })
    expect(await refusal(win, { occurredAt: '2026-02-01T00:00:00.000Z' })).toMatchObject({
      type: 'OccurredTooEarly',
    })
  })

  test('is told with any offset, and must be a moment', async () => {
    const { id } = await open()
    const note: Command = { type: 'NoteOpportunity', data: { id, text: 'called' } }
    expect(await refusal(note, { occurredAt: 'yesterday' })).toMatchObject({
      errors: [{ pointer: '/occurredAt' }],
    })
    await done(
      { type: 'WinOpportunity', data: { id } },
      { occurredAt: '2026-03-01T11:30:00+03:30' },
    )
    expect((await shown(id)).won?.at).toBe('2026-03-01T08:00:00.000Z')
  })

  test('set back does not stop the work', async () => {
    const { id } = await open()
    clock.set('2026-03-01T07:00:00.000Z')
    await done({ type: 'WinOpportunity', data: { id } })
    expect((await shown(id)).won?.at).toBe('2026-03-01T08:00:00.000Z')
  })
})

describe('another company', () => {
  test('sees nothing and is told nothing', async () => {
    const { id } = await open()
    const { id: other } = await done({
      type: 'CreateCompany',
      data: { name: 'Other', language: 'en' },
    })
    const there = { company: other, companies: [other] }
    expect(await refusal({ type: 'WinOpportunity', data: { id } }, there)).toEqual({
      type: 'NotFound',
    })
    const { id: theirs } = await done({ type: 'RegisterContact', data: { name: 'Sara' } }, there)
    expect(
      await refusal({ type: 'ReviseOpportunity', data: { id, contactId: theirs } }),
    ).toMatchObject({ errors: [{ pointer: '/contactId' }] })
    await forsat.settle()
    expect(await forsat.query.opportunities.get(id, { company: other })).toBeUndefined()
  })
})

describe('what is asked for', () => {
  test('is done when a lead is qualified into a stage, and none is won by it', async () => {
    const { items } = E.getOrElseW(() => ({ items: [] }))(
      await forsat.query.stages.list({ company: ada.company ?? '' }),
    )
    const later = items.filter(({ won }) => !won)[1]?.id ?? ''
    const won = items.find((stage) => stage.won)?.id ?? ''
    const { id } = await done({ type: 'CaptureLead', data: { title: 'Twelve desks' } })
    expect(await refusal({ type: 'QualifyLead', data: { id, stageId: won } })).toMatchObject({
      type: 'InvalidRequest',
      errors: [{ pointer: '/stageId' }],
    })
    await done({ type: 'QualifyLead', data: { id, stageId: later } })
    expect(await shown(id)).toMatchObject({ kind: 'opportunity', stageId: later })
  })

  test('knows what another system calls a record at once', async () => {
    const externalIds = [{ system: 'erp', id: '9' }]
    const { id: by } = await done({ type: 'RegisterContact', data: { name: 'Sara', externalIds } })
    expect(await refusal({ type: 'RegisterContact', data: { name: 'Sara', externalIds } })).toEqual(
      { type: 'ExternalIdTaken', system: 'erp', id: '9', by },
    )
  })

  test('gives what another system calls one record to one of those that claim it at once', async () => {
    const externalIds = [{ system: 'erp', id: '8' }]
    const claim = { type: 'OpenOpportunity', data: { title: 'Desks', externalIds } } as const
    const answers = await Promise.all(Array.from({ length: 5 }, () => forsat.execute(claim, ada)))
    expect(answers.filter(E.isRight)).toHaveLength(1)
    for (const { left } of answers.filter(E.isLeft)) expect(left.type).toBe('ExternalIdTaken')
  })

  test('is listed once, however often it was named', async () => {
    const external = { system: 'erp', id: '7' }
    const { id } = await open({ tags: ['fair', 'fair'], externalIds: [external, external] })
    expect(await shown(id)).toMatchObject({ tags: ['fair'], externalIds: [external] })
  })

  test.each([
    ['10.5', 'JPY', false],
    ['10', 'JPY', true],
    ['1.0055', 'EUR', true],
    ['1.00555', 'EUR', false],
  ])('costs %s %s only in digits that a price may have', async (amount, currency, fits) => {
    const prices = [{ unitPrice: { amount, currency } }]
    const create: Command = { type: 'CreateProduct', data: { name: 'Desk', prices } }
    if (fits) {
      await done(create)
      return
    }
    const pointer = '/prices/0/unitPrice/amount'
    expect(await refusal(create)).toMatchObject({ type: 'InvalidRequest', errors: [{ pointer }] })
    const { id } = await done({ type: 'CreateProduct', data: { name: 'Desk' } })
    expect(await refusal({ type: 'ReviseProduct', data: { id, prices } })).toMatchObject({
      type: 'InvalidRequest',
      errors: [{ pointer }],
    })
  })
})

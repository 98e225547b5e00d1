import { fc, test as law } from '@fast-check/vitest'
import {
  type ContactEvent,
  codecOf,
  contactCodec,
  OpportunityEvent,
  opportunityCodec,
  retired,
} from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { all, appendOf, freshId } from './contract/given.ts'
import { memoryKeys, memoryStore } from './memory.ts'
import { BrokenSeal } from './opening.ts'
import type { NewEvent, SubjectKeyName, SubjectKeys } from './port.ts'
import { recorder } from './recorder.ts'
import { type AnyCodec, type DecidedEvent, EventTooLarge } from './recording.ts'

const record = '01J8Z000000000000000000001'
const contact = '01J8Z000000000000000000002'
const stream = `opportunity-${record}`
const clock = { now: () => '2026-03-01T12:00:00.000Z' }

const codecs = (storedType: string): AnyCodec =>
  storedType.startsWith('Contact') ? contactCodec : opportunityCodec

const opened: OpportunityEvent = {
  type: 'OpportunityOpened',
  data: {
    title: 'Roof of the old mill',
    contactName: 'Ann Example',
    email: 'ann@example.test',
    country: 'DE',
    emailPresent: true,
    phonePresent: false,
    occurredOn: '2026-03-01',
  },
}

const decided = (event: OpportunityEvent, given: Partial<DecidedEvent> = {}): DecidedEvent => ({
  event,
  codec: opportunityCodec,
  stream,
  revision: 0,
  id: freshId(),
  occurredAt: '2026-03-01T08:00:00.000Z',
  subjects: { record, contact: undefined },
  ...given,
})

/** Records, appends and reads back. */
const stored = async (events: readonly NewEvent[]) => {
  await using store = memoryStore({ clock })
  await store.append(appendOf(stream, -1, events))
  return all(store.readLog())
}

const subjectsOf = ({ sealed }: NewEvent) => sealed.map(({ subject }) => subject).toSorted()

describe('recording an event', () => {
  test('leaves in the clear what an erasure leaves', async () => {
    const { record: recordAll } = recorder({ keys: memoryKeys(), codecs })
    const [event] = await recordAll([decided(opened)])
    expect(event?.type).toBe('OpportunityOpened.v1')
    expect(event?.data).toBe(
      '{"contactName":{"erased":true},"country":"DE","email":{"erased":true},"emailPresent":true' +
        ',"occurredOn":"2026-03-01","phonePresent":false,"title":{"erased":true}}',
    )
    const sealed = Buffer.concat((event?.sealed ?? []).map(({ ciphertext }) => ciphertext))
    expect(sealed.toString('latin1')).not.toMatch(/Ann|Roof/)
  })

  test('seals what is personal to a contact under the key of the one it names', async () => {
    const { record: recordAll } = recorder({ keys: memoryKeys(), codecs })
    const [alone, named] = await recordAll([
      decided(opened),
      decided(opened, { subjects: { record, contact } }),
    ])
    expect(alone && subjectsOf(alone)).toEqual([record])
    expect(named && subjectsOf(named)).toEqual([record, contact])
  })

  test('asks once for the keys of all events together', async () => {
    const asked: (readonly SubjectKeyName[])[] = []
    const keys = memoryKeys()
    const watched: SubjectKeys = {
      ...keys,
      ensure: (names) => {
        asked.push(names)
        return keys.ensure(names)
      },
    }
    const { record: recordAll } = recorder({ keys: watched, codecs })
    const other = '01J8Z000000000000000000003'
    await recordAll([
      decided(opened, { subjects: { record, contact } }),
      decided(opened, { subjects: { record: other, contact } }),
      decided({ type: 'OpportunityUnassigned', data: {} }),
    ])
    expect(asked.map((names) => names.map(({ subject }) => subject).toSorted())).toEqual([
      [record, contact, other],
    ])
    await recordAll([decided({ type: 'OpportunityUnassigned', data: {} })])
    expect(asked).toHaveLength(1)
  })

  test('stores a cleared field as null, an erased one as erased, an absent one not at all', async () => {
    const { record: recordAll } = recorder({ keys: memoryKeys(), codecs })
    const revised = { email: null, phone: { erased: true as const }, title: undefined }
    const [event] = await recordAll([decided({ type: 'OpportunityRevised', data: revised })])
    expect(event).toMatchObject({ data: '{"email":null,"phone":{"erased":true}}', sealed: [] })
  })

  test('seals and salts the same fields differently each time', async () => {
    const { record: recordAll } = recorder({ keys: memoryKeys(), codecs })
    const [a, b] = await recordAll([decided(opened), decided(opened)])
    expect(a?.commitment).not.toBe(b?.commitment)
    expect(a?.sealed[0]?.commitment).not.toBe(b?.sealed[0]?.commitment)
  })

  test('refuses what its own schema refuses, and what is no event of the aggregate', async () => {
    const { record: recordAll } = recorder({ keys: memoryKeys(), codecs })
    const misspelt = { type: 'OpportunityStaged', data: { stage: record } } as never
    await expect(recordAll([decided(misspelt)])).rejects.toThrow('OpportunityStaged.v1')
    const foreign = { type: 'ContactArchived', data: {} } as never
    await expect(recordAll([decided(foreign)])).rejects.toThrow('ContactArchived')
  })

  test('refuses an event of more than 64 KiB, counting what is sealed', async () => {
    const { record: recordAll } = recorder({ keys: memoryKeys(), codecs })
    const attributes = Object.fromEntries(
      Array.from({ length: 50 }, (_, n) => [`own${n}`, '字'.repeat(200)]),
    )
    const tags = Array.from({ length: 50 }, () => '字'.repeat(100))
    const participants = Array.from({ length: 50 }, () => ({
      contactId: contact,
      role: '字'.repeat(100),
    }))
    const externalIds = Array.from({ length: 20 }, () => ({ system: 'x', id: '字'.repeat(200) }))
    const large = { attributes, tags, participants, externalIds }
    const recording = recordAll([decided({ type: 'OpportunityRevised', data: large })])
    await expect(recording).rejects.toThrow(EventTooLarge)
    await expect(recording).rejects.toMatchObject({ eventType: 'OpportunityRevised' })
  })
})

describe('reading an event', () => {
  const subjects = { record, contact }

  test('gives back what was decided, with what the log knows about it', async () => {
    const { record: recordAll, read } = recorder({ keys: memoryKeys(), codecs })
    const events = await recordAll([decided(opened, { subjects })])
    const [event] = await stored(events)
    const expected = {
      position: 1,
      stream,
      category: 'opportunity',
      subject: record,
      revision: 0,
      version: 1,
      recordedAt: clock.now(),
      event: opened,
    }
    expect(event && read(event)).toMatchObject(E.right(expected))
    expect(event && read(event, { check: true })).toMatchObject(E.right(expected))
  })

  test('leaves a mark where a key was destroyed, and only there', async () => {
    const keys = memoryKeys()
    const { record: recordAll, read } = recorder({ keys, codecs })
    const [event] = await stored(await recordAll([decided(opened, { subjects })]))
    const names = [{ subject: contact, purpose: 'sales' }]
    const ids = (await keys.standing(names)).map(({ keyId }) => keyId)
    await keys.destroy(names, ids)
    const erased = { erased: true }
    const { title } = opened.data
    expect(event && read(event, { check: true })).toMatchObject(
      E.right({ event: { data: { title, contactName: erased, email: erased, country: 'DE' } } }),
    )
  })

  test('leaves a mark where a box is gone', async () => {
    const { record: recordAll, read } = recorder({ keys: memoryKeys(), codecs })
    const [event] = await stored(await recordAll([decided(opened)]))
    expect(event && read({ ...event, sealed: [] }, { check: true })).toMatchObject(
      E.right({ event: { data: { title: { erased: true }, country: 'DE' } } }),
    )
  })

  test('stops at a box that is not the one that was sealed there', async () => {
    const { record: recordAll, read } = recorder({ keys: memoryKeys(), codecs })
    const [first, second] = await stored(
      await recordAll([decided(opened), decided(opened, { revision: 1 })]),
    )
    const moved = first && second && { ...second, sealed: first.sealed }
    expect(() => moved && read(moved)).toThrow(BrokenSeal)
    expect(() => moved && read(moved)).toThrow('position 2')
    const damaged = first && {
      ...first,
      sealed: first.sealed.map((box) => ({
        ...box,
        ciphertext: box.ciphertext.map((byte) => byte ^ 1),
      })),
    }
    expect(() => damaged && read(damaged)).toThrow(BrokenSeal)
  })

  test('reads the same right after the append and ever after', async () => {
    const { record: recordAll, read } = recorder({ keys: memoryKeys(), codecs })
    const [event] = await stored(await recordAll([decided(opened)]))
    const [now, later] = [event && read(event), event && read(event)]
    expect(JSON.stringify(now)).toBe(JSON.stringify(later))
  })

  test('says which type or version it does not know', async () => {
    const { record: recordAll, read } = recorder({ keys: memoryKeys(), codecs })
    const [event] = await stored(await recordAll([decided(opened)]))
    const as = (type: string) => event && read({ ...event, type })
    const undecodable = { type: 'UndecodableEvent', storedType: 'OpportunityOpened.v7' }
    expect(as('OpportunityOpened.v7')).toMatchObject(
      E.left({ ...undecodable, why: 'unknown-version' }),
    )
    const { read: ignorant } = recorder({ keys: memoryKeys(), codecs: () => undefined })
    expect(event && ignorant(event)).toMatchObject(E.left({ why: 'unknown-type' }))
  })

  test('checks every field when it is asked to', async () => {
    const { read } = recorder({ keys: memoryKeys(), codecs })
    const { record: recordAll } = recorder({ keys: memoryKeys(), codecs })
    const [event] = await stored(
      await recordAll([decided({ type: 'OpportunityUnassigned', data: {} })]),
    )
    const spoilt = event && { ...event, data: '{"extra":1}' }
    expect(spoilt && E.isRight(read(spoilt))).toBe(true)
    expect(spoilt && read(spoilt, { check: true })).toMatchObject(E.left({ why: 'malformed' }))
  })

  test('lifts retired shapes with their personal fields opened', async () => {
    const keys = memoryKeys()
    const before = codecOf({
      event: OpportunityEvent,
      versions: { ...versionsOf(opportunityCodec.storedTypes), OpportunityNoted: 1 },
    })
    const { record: recordAll } = recorder({ keys, codecs: () => before })
    const [event] = await stored(
      await recordAll([
        decided({ type: 'OpportunityNoted', data: { text: 'called' } }, { codec: before }),
      ]),
    )
    const after = codecOf({
      event: OpportunityEvent,
      versions: { ...versionsOf(opportunityCodec.storedTypes), OpportunityNoted: 2 },
      history: [
        retired('OpportunityNoted.v1', z.strictObject({ text: z.string() }), ({ text }) => ({
          type: 'OpportunityNoted.v2',
          data: { text: `${text}!` },
        })),
      ],
    })
    const { read } = recorder({ keys, codecs: () => after })
    expect(event && read(event)).toMatchObject(
      E.right({ version: 1, event: { type: 'OpportunityNoted', data: { text: 'called!' } } }),
    )
  })
})

const versionsOf = (types: Readonly<Record<OpportunityEvent['type'], string>>) =>
  Object.fromEntries(Object.keys(types).map((name) => [name, 1])) as Record<
    OpportunityEvent['type'],
    number
  >

const line = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .map((text) => `x${text}`.normalize('NFC').replaceAll(/\p{Cc}/gu, ' '))
const identifier = fc.record({
  kind: fc.constantFrom('vat' as const, 'nationalId' as const),
  value: fc.stringMatching(/^[0-9]{1,10}$/),
})
const registration = fc.record(
  {
    name: line,
    isCompany: fc.boolean(),
    email: line,
    country: line,
    identifiers: fc.array(identifier, { maxLength: 3 }),
  },
  { requiredKeys: ['name', 'isCompany'] },
)

law.prop([registration])(
  'a contact reads as it was registered, and is not found in the clear',
  async (data) => {
    const { record: recordAll, read } = recorder({ keys: memoryKeys(), codecs })
    const event: ContactEvent = { type: 'ContactRegistered', data }
    const [back] = await stored(
      await recordAll([{ ...decided(opened), event, codec: contactCodec }]),
    )
    expect(back && read(back)).toMatchObject(E.right({ event }))
    expect(back && read(back, { check: true })).toMatchObject(E.right({ event }))
    expect(JSON.parse(back?.data ?? '')).toMatchObject({ name: { erased: true } })
  },
)

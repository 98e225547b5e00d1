import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { noStream } from '../port.ts'
import { all, appendOf, begin, comparable, eventOf, freshStream, sealedPart } from './given.ts'
import type { OpenStore } from './opened.ts'

/** What an append promises. */
export const appendingContract = (open: OpenStore): void => {
  test('an event comes back with all that was said about it', async () => {
    await using opened = await open()
    const { store } = opened
    const stream = freshStream()
    const event = eventOf({ a: 1 }, { sealed: [sealedPart(), sealedPart()] })
    const metadata = { onBehalfOf: 'user:b', causationId: event.id, trace: '00-ab-cd-01' }

    const appended = await store.append(appendOf(stream, noStream, [event], { metadata }))
    const [read] = await all(store.readStream(stream))

    expect(E.isRight(appended)).toBe(true)
    const { commitment: _data, salt: _salt, sealed, ...said } = event
    expect(read).toMatchObject({ ...said, stream, revision: 0, onBehalfOf: 'user:b' })
    expect(read).toMatchObject({ causationId: event.id, company: '01J8Z0000000000000000000C0' })
    expect(comparable(read?.sealed.toSorted(bySubject))).toEqual(
      comparable(sealed.toSorted(bySubject)),
    )
    expect(await store.find(event.id)).toEqual(read)
  })

  test('a stream that is there is not begun again', async () => {
    await using opened = await open()
    const { store } = opened
    const stream = await begin(store, [eventOf(), eventOf()])
    expect(await store.append(appendOf(stream, noStream, [eventOf()]))).toEqual(
      E.left({ type: 'RevisionConflict', stream, expected: -1, current: 1 }),
    )
  })

  test.each([
    { who: 'who read too early', expected: 0 },
    { who: 'who leaves a gap', expected: 5 },
    { who: 'who expects nothing there can be', expected: -2 },
  ])('$who is refused with the current revision, and nothing moves', async ({ expected }) => {
    await using opened = await open()
    const { store } = opened
    const stream = await begin(store, [eventOf(), eventOf()])
    const head = await store.head()

    expect(await store.append(appendOf(stream, expected, [eventOf(), eventOf()]))).toEqual(
      E.left({ type: 'RevisionConflict', stream, expected, current: 1 }),
    )
    expect(await store.head()).toBe(head)
    expect(await all(store.readStream(stream))).toHaveLength(2)
  })

  test('a refused append does not stand in the way of the correct one', async () => {
    await using opened = await open()
    const { store } = opened
    const stream = await begin(store, [eventOf()])
    await store.append(appendOf(stream, 7, [eventOf()]))
    expect(await store.append(appendOf(stream, 0, [eventOf()]))).toMatchObject({
      right: { revision: 1, repeated: false },
    })
  })

  test('the same append again is there once, and answered as the first time', async () => {
    await using opened = await open()
    const { store } = opened
    const append = appendOf(freshStream(), noStream, [eventOf(), eventOf()])
    const first = await store.append(append)
    await store.append(appendOf(append.stream, 1, [eventOf()]))
    const again = await store.append(append)

    expect(first).toMatchObject({ right: { revision: 1, repeated: false } })
    expect(again).toEqual(E.map((answer) => Object.assign({}, answer, { repeated: true }))(first))
    expect(await all(store.readLog())).toHaveLength(3)
  })

  test('an event id that is taken is refused with other content or at another place', async () => {
    await using opened = await open()
    const { store } = opened
    const event = eventOf({ n: 1 }, { sealed: [sealedPart()] })
    const stream = await begin(store, [event])
    const taken = E.left({ type: 'EventIdTaken', id: event.id })

    const other = eventOf({ n: 2 }, { id: event.id })
    const resealed = { ...event, sealed: [sealedPart()] }
    expect(await store.append(appendOf(stream, noStream, [other]))).toEqual(taken)
    expect(await store.append(appendOf(stream, noStream, [resealed]))).toEqual(taken)
    expect(await store.append(appendOf(stream, 0, [event]))).toEqual(taken)
    expect(await store.append(appendOf(freshStream(), noStream, [event]))).toEqual(taken)
    expect(await store.append(appendOf(stream, noStream, [event, eventOf()]))).toEqual(taken)
    expect(await all(store.readLog())).toHaveLength(1)
  })

  test('of several events all are appended or none', async () => {
    await using opened = await open()
    const { store } = opened
    const taken = eventOf()
    await begin(store, [taken])
    const stream = freshStream()
    const fresh = eventOf()

    const refused = await store.append(appendOf(stream, noStream, [fresh, taken, eventOf()]))
    expect(refused).toEqual(E.left({ type: 'EventIdTaken', id: taken.id }))
    expect(await all(store.readStream(stream))).toEqual([])
    expect(await store.find(fresh.id)).toBeUndefined()
    expect(await store.append(appendOf(stream, noStream, [fresh, eventOf()]))).toMatchObject({
      right: { revision: 1 },
    })
  })

  test('an append without events, or to no name of a stream, is a defect', async () => {
    await using opened = await open()
    const { store } = opened
    await expect(store.append(appendOf(freshStream(), noStream, []))).rejects.toThrow(TypeError)
    const nowhere = appendOf('nowhere', noStream, [eventOf()])
    await expect(store.append(nowhere)).rejects.toThrow(TypeError)
    const unnamed = appendOf(freshStream(), noStream, [eventOf({}, { id: 'x' })])
    await expect(store.append(unnamed)).rejects.toThrow(TypeError)
  })

  test('what the caller does to its objects afterwards changes no history', async () => {
    await using opened = await open()
    const { store } = opened
    const part = sealedPart()
    const event = eventOf({ n: 1 }, { sealed: [part] })
    const append = appendOf(freshStream(), noStream, [event])
    const before = structuredClone(append)

    const appending = store.append(append)
    Object.assign(event, { data: '{}', type: 'OpportunityWon.v1' })
    Object.assign(append.metadata, { actor: 'user:other' })
    event.salt.fill(0)
    part.ciphertext.fill(0)
    await appending
    const [read] = await all(store.readStream(append.stream))
    Object.assign(read ?? {}, { data: '{}' })
    read?.sealed[0]?.tag.fill(0)

    const [again] = await all(store.readStream(append.stream))
    expect(again).toMatchObject({ data: '{"n":1}', actor: before.metadata.actor })
    expect(again?.type).toBe('OpportunityNoted.v1')
    expect(comparable(again?.sealed)).toEqual(comparable(before.events[0]?.sealed))
    expect(await store.append(before)).toMatchObject({ right: { repeated: true } })
  })

  test('recorded times never go back, even if the clock does', async () => {
    let now = '2026-03-01T12:00:00.000Z'
    await using opened = await open({ clock: { now: () => now } })
    const { store } = opened
    const stream = await begin(store, [eventOf()])
    now = '2026-03-01T11:00:00.000Z'
    await store.append(appendOf(stream, 0, [eventOf()]))
    await begin(store, [eventOf()])

    const times = (await all(store.readLog())).map(({ recordedAt }) => recordedAt)
    expect(times).toEqual(times.toSorted())
  })

  test('what was appended outlives the store that took it', async () => {
    await using opened = await open()
    const { store, reopen } = opened
    const stream = await begin(store, [eventOf(), eventOf({}, { sealed: [sealedPart()] })])
    const written = await all(store.readLog())
    const later = (await reopen?.()) ?? store

    expect(await all(later.readLog())).toEqual(written)
    expect(await later.append(appendOf(stream, 1, [eventOf()]))).toMatchObject({
      right: { revision: 2 },
    })
  })
}

const bySubject = (a: { readonly subject: string }, b: { readonly subject: string }): number =>
  a.subject < b.subject ? -1 : Number(a.subject > b.subject)

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { all, appendOf, begin, eventOf, freshStream } from './given.ts'
import type { OpenStore } from './opened.ts'

/** What reading promises. */
export const readingContract = (open: OpenStore): void => {
  test('events are read as they were appended, in their stream and over all', async () => {
    await using opened = await open()
    const { store } = opened
    const [a, b] = [freshStream(), freshStream()]
    const appended: string[] = []
    for (let revision = 0; revision < 20; revision += 1) {
      for (const stream of revision % 3 === 0 ? [b, a] : [a, b]) {
        const event = eventOf({ stream, revision })
        appended.push(event.id)
        await store.append(appendOf(stream, revision - 1, [event]))
      }
    }

    const log = await all(store.readLog({ pageSize: 7 }))
    expect(log.map(({ id }) => id)).toEqual(appended)
    const positions = log.map(({ position }) => position)
    expect(positions).toEqual(positions.toSorted((x, y) => x - y))
    expect(new Set(positions).size).toBe(40)
    for (const stream of [a, b]) {
      const events = await all(store.readStream(stream))
      expect(events).toEqual(log.filter((event) => event.stream === stream))
      expect(events.map(({ revision }) => revision)).toEqual([...Array(20).keys()])
    }
  })

  test('a stream is read from a revision, to a revision, in pages', async () => {
    await using opened = await open()
    const { store } = opened
    const stream = await begin(
      store,
      Array.from({ length: 10 }, (_, n) => eventOf({ n })),
    )
    const revisions = async (options: Parameters<typeof store.readStream>[1]) => {
      const pages: number[][] = []
      for await (const page of store.readStream(stream, options)) {
        pages.push(page.map(({ revision }) => revision))
      }
      return pages
    }
    expect(await revisions({ from: 3, to: 8, pageSize: 4 })).toEqual([
      [3, 4, 5, 6],
      [7, 8],
    ])
    expect(await revisions({ from: 10 })).toEqual([])
    expect(await all(store.readStream(freshStream()))).toEqual([])
  })

  test('where a store knows the end of a stream, nothing is found behind it', async () => {
    await using opened = await open()
    const { store } = opened
    const stream = await begin(
      store,
      Array.from({ length: 3 }, (_, n) => eventOf({ n })),
    )
    const read = await all(store.readStream(stream))
    const last = read.at(-1)?.revision ?? 0
    expect(store.endsAt?.(stream, last - 1) ?? false).toBe(false)
    expect(store.endsAt?.(stream, last) ?? true).toBe(true)
  })

  test('the log is read behind a position, to a position or to the end it had then', async () => {
    await using opened = await open()
    const { store } = opened
    for (let n = 0; n < 6; n += 1) await begin(store, [eventOf({ n })])
    const log = await all(store.readLog())
    const [second, fourth] = [log[1]?.position ?? 0, log[3]?.position ?? 0]

    expect(await all(store.readLog({ after: second, to: fourth }))).toEqual(log.slice(2, 4))
    expect(await all(store.readLog({ after: await store.head() }))).toEqual([])
    const seen: number[] = []
    for await (const page of store.readLog({ pageSize: 2 })) {
      seen.push(...page.map(({ position }) => position))
      await begin(store, [eventOf()])
    }
    expect(seen).toEqual(log.map(({ position }) => position))
    expect(await store.head()).toBeGreaterThan(seen.at(-1) ?? 0)
  })

  test('an empty log ends at 0, and has no event by any id', async () => {
    await using opened = await open()
    const { store } = opened
    expect(await store.head()).toBe(0)
    expect(await all(store.readLog())).toEqual([])
    expect(await store.find(eventOf().id)).toBeUndefined()
  })

  test('who gets an event can have all events of its stream', async () => {
    await using opened = await open()
    const { store } = opened
    const stream = await begin(store, [eventOf(), eventOf()])
    await store.append(appendOf(stream, 1, [eventOf()]))
    const histories: number[] = []
    const [, second] = await all(store.readLog())
    for await (const page of store.readLog({ after: second?.position ?? 0 })) {
      for (const event of page) {
        histories.push((await all(store.readStream(event.stream))).length)
      }
    }
    expect(histories).toEqual([3])
  })

  test('any text, any number and empty data come back as they went in', async () => {
    const comesBack = fc.asyncProperty(anyData, async (data) => {
      await using opened = await open()
      const { store } = opened
      const event = eventOf(data)
      const stream = await begin(store, [event])
      const [read] = await all(store.readStream(stream))
      expect(read?.data).toBe(event.data)
    })
    await fc.assert(comesBack, { numRuns: 25 })
  })

  test('a number that no program can hold exactly is kept as text', async () => {
    await using opened = await open()
    const { store } = opened
    const event = { ...eventOf(), data: '{"n":123456789012345678901234567890}' }
    const stream = await begin(store, [event])
    const [read] = await all(store.readStream(stream))
    expect(read?.data).toBe(event.data)
  })
}

const anyData = fc.oneof(
  fc.constant({}),
  fc.dictionary(
    fc.string(),
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('می‌خواهم', '\u0000', '"\\', '\u2028', '😀'),
      fc.maxSafeInteger(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constant(null),
    ),
  ),
)

import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { memoryStore } from '../memory.ts'
import { type Append, type EventStore, noStream } from '../port.ts'
import { all, appendOf, begin, comparable, eventOf, freshStream, sealedPart } from './given.ts'
import type { OpenStore } from './opened.ts'

/** What holds when several callers want the same. */
export const racingContract = (open: OpenStore): void => {
  test('O21: of 50 callers who read the same revision one is served, the others are told', async () => {
    await using opened = await open()
    const { store, another } = opened
    const stores = [store, (await another?.()) ?? store]
    const stream = await begin(store, [eventOf(), eventOf()])
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        (stores[n % 2] ?? store).append(appendOf(stream, 1, [eventOf({ n })])),
      ),
    )
    expect(answers.filter(E.isRight)).toHaveLength(1)
    for (const answer of answers.filter(E.isLeft)) {
      expect(answer.left).toEqual({ type: 'RevisionConflict', stream, expected: 1, current: 2 })
    }
    expect(await all(store.readStream(stream))).toHaveLength(3)
  })

  test('callers who try again all come through, and revisions stay dense', async () => {
    await using opened = await open()
    const { store, another } = opened
    const stores = [store, (await another?.()) ?? store]
    const stream = await begin(store, [eventOf()])
    const insist = async (each: EventStore, expected: number): Promise<void> => {
      const answer = await each.append(appendOf(stream, expected, [eventOf()]))
      if (E.isRight(answer)) return
      if (answer.left.type !== 'RevisionConflict') throw new Error(answer.left.type)
      return insist(each, answer.left.current)
    }
    await Promise.all(Array.from({ length: 20 }, (_, n) => insist(stores[n % 2] ?? store, 0)))
    const revisions = (await all(store.readStream(stream))).map(({ revision }) => revision)
    expect(revisions).toEqual([...Array(21).keys()])
  })

  test('whatever two callers do, in whatever order, ends as in a store in memory', async () => {
    const clock = { now: () => '2026-03-01T12:00:00.000Z' }
    const endsAlike = fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      await using opened = await open({ clock })
      await using model = memoryStore({ clock })
      const placeless = without(
        opened.hasOwnClock === true ? ['position', 'recordedAt'] : ['position'],
      )
      const callers = [opened.store, (await opened.another?.()) ?? opened.store]
      const play = script()
      for (const next of steps) {
        const append = play.append(next)
        const expected = await model.append(append)
        const answer = await (callers[next.caller] ?? opened.store).append(append)
        expect(placeless(answer)).toEqual(placeless(expected))
        play.answered(next.caller, append, expected)
      }
      expect((await all(opened.store.readLog())).map(placeless)).toEqual(
        (await all(model.readLog())).map(placeless),
      )
    })
    await fc.assert(endsAlike, { numRuns: 20 })
  })
}

/** What a caller does next: a new append at what it believes the revision to be, or an old one again. */
const step = fc.record({
  caller: fc.constantFrom(0, 1),
  stream: fc.constantFrom(0, 1, 2),
  events: fc.integer({ min: 1, max: 3 }),
  off: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.constantFrom(-1, 1)),
  again: fc.option(fc.nat(20), { nil: undefined, freq: 4 }),
  spoilt: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
  key: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined, freq: 3 }),
  sealed: fc.boolean(),
})
type Step = (typeof step extends fc.Arbitrary<infer Value> ? Value : never) & object

/** Two callers with their own idea of where each stream ends. */
const script = () => {
  const streams = [freshStream(), freshStream(), freshStream()]
  const believed = [new Map<string, number>(), new Map<string, number>()]
  const asked: Append[] = []

  const fresh = ({ caller, stream: index, events, off, key, sealed }: Step): Append => {
    const stream = streams[index] ?? freshStream()
    const expected = (believed[caller]?.get(stream) ?? noStream) + off
    const made = Array.from({ length: events }, () =>
      eventOf(undefined, sealed ? { sealed: [sealedPart()] } : {}),
    )
    const command = { scope: 's', key: key ?? '', requestHash: 'h', outcome: `"${expected}"` }
    return appendOf(stream, expected, made, key === undefined ? {} : { command })
  }

  return {
    append: (next: Step): Append => {
      const old = next.again === undefined ? undefined : asked[next.again % (asked.length || 1)]
      const append = old ?? fresh(next)
      asked.push(append)
      if (!next.spoilt) return append
      // The same ids with other content.
      return { ...append, events: append.events.map((event) => eventOf('other', event)) }
    },
    answered: (
      caller: number,
      { stream }: Append,
      answer: Awaited<ReturnType<EventStore['append']>>,
    ) => {
      if (E.isRight(answer)) believed[caller]?.set(stream, answer.right.revision)
      else if (answer.left.type === 'RevisionConflict') {
        believed[caller]?.set(stream, answer.left.current)
      }
    },
  }
}

/** Without what means something within one log only. */
const without =
  (names: readonly string[]) =>
  (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(comparable(value), (name, each: unknown) =>
        names.includes(name) ? undefined : each,
      ),
    )

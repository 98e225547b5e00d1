import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { type CommandRecord, noStream } from '../port.ts'
import { all, appendOf, begin, eventOf, freshStream } from './given.ts'
import type { OpenStore } from './opened.ts'

/** What a store remembers of commands and policies. */
export const bookkeepingContract = (open: OpenStore): void => {
  test('a command that is known is answered from memory, and nothing is appended', async () => {
    await using opened = await open()
    const { store, reopen } = opened
    const command = commandOf('a')
    await store.append(appendOf(freshStream(), noStream, [eventOf()], { command }))
    const later = (await reopen?.()) ?? store

    const known = E.left({ type: 'CommandKnown', record: command })
    const other = { ...command, requestHash: 'other', outcome: '{}' }
    const stream = freshStream()
    const again = appendOf(stream, noStream, [eventOf()], { command: other })
    expect(await later.append(again)).toEqual(known)
    expect(await later.commands.find('c/k', 'a')).toEqual(command)
    expect(await all(later.readStream(stream))).toEqual([])
  })

  test('the same key in another scope is another key', async () => {
    await using opened = await open()
    const { store } = opened
    for (const scope of ['c1', 'c2', 'c1"', 'c1","a']) {
      const command = { ...commandOf('a'), scope }
      const append = appendOf(freshStream(), noStream, [eventOf()], { command })
      expect(E.isRight(await store.append(append))).toBe(true)
      expect(await store.commands.find(scope, 'a')).toEqual(command)
    }
    expect(await store.commands.find('c3', 'a')).toBeUndefined()
  })

  test('of a refused command nothing is remembered', async () => {
    await using opened = await open()
    const { store } = opened
    const command = commandOf('a')
    await store.append(appendOf(freshStream(), 3, [eventOf()], { command }))
    expect(await store.commands.find('c/k', 'a')).toBeUndefined()
  })

  test('of the same command three times at once one is appended', async () => {
    await using opened = await open()
    const { store, another } = opened
    const stores = [store, (await another?.()) ?? store, store]
    const answers = await Promise.all(
      stores.map((each, n) => {
        const command = { ...commandOf('a'), outcome: `{"n":${n}}` }
        return each.append(appendOf(freshStream(), noStream, [eventOf()], { command }))
      }),
    )
    expect(answers.filter(E.isRight)).toHaveLength(1)
    expect(await all(store.readLog())).toHaveLength(1)
    const record = await store.commands.find('c/k', 'a')
    for (const answer of answers.filter(E.isLeft)) {
      expect(answer).toEqual(E.left({ type: 'CommandKnown', record }))
    }
  })

  test('of the same command at once on one stream all hear of the one that was appended', async () => {
    await using opened = await open()
    const { store, another } = opened
    const stores = [store, (await another?.()) ?? store]
    const stream = await begin(store, [eventOf()])
    for (let revision = 0; revision < 8; revision += 1) {
      const key = `${revision}`
      const answers = await Promise.all(
        Array.from({ length: 4 }, async (_, n) => {
          const each = stores[n % 2] ?? store
          await each.commands.find('c/k', key)
          const command = { ...commandOf(key), outcome: `{"n":${n}}` }
          return each.append(appendOf(stream, revision, [eventOf()], { command }))
        }),
      )
      const record = await store.commands.find('c/k', key)
      expect(record).toBeDefined()
      expect(answers.filter(E.isRight)).toHaveLength(1)
      for (const answer of answers.filter(E.isLeft)) {
        expect(answer).toEqual(E.left({ type: 'CommandKnown', record }))
      }
    }
    expect(await all(store.readStream(stream))).toHaveLength(9)
  })

  test('a command that changed nothing is remembered as it was answered first', async () => {
    await using opened = await open()
    const { store } = opened
    const first = commandOf('a')
    expect(await store.commands.remember(first)).toEqual(first)
    expect(await store.commands.remember({ ...first, outcome: '"other"' })).toEqual(first)
    const append = appendOf(freshStream(), noStream, [eventOf()], { command: first })
    expect(await store.append(append)).toEqual(E.left({ type: 'CommandKnown', record: first }))
  })

  test('old commands are forgotten, but not within a day', async () => {
    let now = '2026-03-01T12:00:00.000Z'
    await using opened = await open({ clock: { now: () => now } })
    const { store } = opened
    await store.commands.remember(commandOf('old'))
    now = '2026-03-02T11:00:00.000Z'
    await store.commands.remember(commandOf('young'))
    await store.commands.forget('2026-04-01T00:00:00.000Z')
    expect(await store.commands.find('c/k', 'old')).toBeDefined()
    now = '2026-03-02T13:00:00.000Z'
    await store.commands.forget('2026-04-01T00:00:00.000Z')
    expect(await store.commands.find('c/k', 'old')).toBeUndefined()
    expect(await store.commands.find('c/k', 'young')).toBeDefined()
  })

  test('a policy never goes back, also over a restart', async () => {
    await using opened = await open()
    const { store, reopen } = opened
    expect(await store.policies.find('quotationConfirmed')).toBeUndefined()
    await store.policies.save('quotationConfirmed', 7)
    await store.policies.save('quotationConfirmed', 5)
    await store.policies.save('opportunityLost', 0)
    const later = (await reopen?.()) ?? store
    expect(await later.policies.find('quotationConfirmed')).toBe(7)
    expect(await later.policies.find('opportunityLost')).toBe(0)
  })
}

const commandOf = (key: string): CommandRecord => ({
  scope: 'c/k',
  key,
  requestHash: 'hash',
  outcome: '{"id":"1"}',
})

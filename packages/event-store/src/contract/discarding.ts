import { expect, test } from 'vitest'
import { noStream } from '../port.ts'
import { all, appendOf, eventOf, freshId, freshStream, sealedPart } from './given.ts'
import type { OpenStore } from './opened.ts'

/** What an erasure takes, and what it leaves. */
export const discardingContract = (open: OpenStore): void => {
  test('go with the key that sealed them, and the events stay', async () => {
    await using opened = await open()
    const { store, reopen } = opened
    const [parvin, reza, stream] = [freshId(), freshId(), freshStream()]
    const sealed = [
      { ...sealedPart(parvin), keyId: 'k1' },
      { ...sealedPart(reza), keyId: 'k2' },
    ]
    const events = [eventOf({ n: 1 }, { sealed }), eventOf({ n: 2 })]
    await store.append(appendOf(stream, noStream, events))

    await store.discard(['k1'])
    await store.discard(['k1', 'unknown'])
    const later = (await reopen?.()) ?? store
    const entries = []
    for await (const page of later.readEntries()) entries.push(...page)
    const pii = entries.map(({ envelope }) => [...envelope.matchAll(/"s":"(\w+)"/g)].length)
    expect(pii).toEqual([2, 0])
    expect(entries.map(({ sealed: left }) => left.length)).toEqual([1, 0])
    expect(entries.map(({ data }) => data)).toEqual(['{"n":1}', '{"n":2}'])
    const [first, second] = await all(later.readStream(stream))
    expect(first?.sealed.map(({ subject }) => subject)).toEqual([reza])
    expect([first?.data, second?.data]).toEqual(['{"n":1}', '{"n":2}'])
  })

  test('that were taken do not make a repeated append another one', async () => {
    await using opened = await open()
    const { store } = opened
    const [parvin, stream] = [freshId(), freshStream()]
    const append = appendOf(stream, noStream, [eventOf({}, { sealed: [sealedPart(parvin)] })])
    await store.append(append)
    await store.discard(['k1'])
    expect(await store.append(append)).toMatchObject({ right: { repeated: true } })
  })
}

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
    const sealed = [sealedPart(parvin), sealedPart(reza)]
    const events = [eventOf({ n: 1 }, { sealed }), eventOf({ n: 2 })]
    await store.append(appendOf(stream, noStream, events))

    const gone = { subject: parvin, purpose: 'sales', keyId: 'k1' }
    await store.discard([gone])
    await store.discard([gone])
    const later = (await reopen?.()) ?? store
    const [first, second] = await all(later.readStream(stream))
    expect(first?.sealed.map(({ subject }) => subject)).toEqual([reza])
    expect([first?.data, second?.data]).toEqual(['{"n":1}', '{"n":2}'])
  })

  test('stay where they were sealed with another key', async () => {
    await using opened = await open()
    const { store } = opened
    const parvin = freshId()
    const event = eventOf({}, { sealed: [sealedPart(parvin)] })
    await store.append(appendOf(freshStream(), noStream, [event]))
    for (const other of [{ keyId: 'k2' }, { purpose: 'document' }, { subject: freshId() }]) {
      await store.discard([{ subject: parvin, purpose: 'sales', keyId: 'k1', ...other }])
    }
    const [found] = await all(store.readLog())
    expect(found?.sealed).toHaveLength(1)
  })

  test('that were taken do not make a repeated append another one', async () => {
    await using opened = await open()
    const { store } = opened
    const [parvin, stream] = [freshId(), freshStream()]
    const append = appendOf(stream, noStream, [eventOf({}, { sealed: [sealedPart(parvin)] })])
    await store.append(append)
    await store.discard([{ subject: parvin, purpose: 'sales', keyId: 'k1' }])
    expect(await store.append(append)).toMatchObject({ right: { repeated: true } })
  })
}

import { memoryStore } from '@forsat/event-store/memory'
import { describe, expect, test } from 'vitest'
import { testClock } from '../clock.ts'
import { mintedIds } from '../ids.ts'
import { accessLogBy } from './access-log.ts'

const opened = () => {
  const clock = testClock('2026-02-01T08:00:00.000Z')
  const store = memoryStore({ clock })
  return { clock, log: accessLogBy({ store: async () => store, clock, ids: mintedIds(clock) }) }
}
const [acme, other] = ['01J8Z0000000000000000000C1', '01J8Z0000000000000000000C2']

describe('the access log', () => {
  test('keeps who took data out and who opened what, in their order', async () => {
    const { log } = opened()
    const sara = { actor: 'user:sara', company: acme }
    await log.note({ what: 'export', format: 'csv' }, sara)
    await log.note({ what: 'reveal', of: 'contact-1' }, { ...sara, onBehalfOf: 'user:omid' })
    const entries = await log.entries({ company: acme })
    expect(entries.map(({ note }) => note)).toEqual([
      { what: 'export', format: 'csv' },
      { what: 'reveal', of: 'contact-1' },
    ])
    expect(entries[1]).toMatchObject({ actor: 'user:sara', onBehalfOf: 'user:omid' })
    expect(await log.entries({ company: acme, after: 1 })).toEqual(entries.slice(1))
  })

  test('tells no company of another', async () => {
    const { log } = opened()
    await log.note({ what: 'export', format: 'csv' }, { actor: 'user:sara', company: other })
    expect(await log.entries({ company: acme })).toEqual([])
    expect(await log.entries({})).toHaveLength(1)
  })

  test('counts keys that open nothing, and tells of them once a minute', async () => {
    const { clock, log } = opened()
    for (let n = 0; n < 5; n += 1) await log.refusedKey()
    clock.set('2026-02-01T08:01:00.000Z')
    await log.refusedKey()
    const counts = (await log.entries({})).map(({ note }) => note)
    expect(counts).toEqual([
      { what: 'refusedKey', count: 1 },
      { what: 'refusedKey', count: 5 },
    ])
  })

  test('loses no note of many at once', async () => {
    const { log } = opened()
    const who = { actor: 'user:sara', company: acme }
    await Promise.all(
      Array.from({ length: 10 }, (_, n) => log.note({ what: 'reveal', of: `contact-${n}` }, who)),
    )
    expect(await log.entries({})).toHaveLength(10)
  })
})

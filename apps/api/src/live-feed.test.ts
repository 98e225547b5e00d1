/**
 * The log as it comes: nothing is skipped or doubled, whoever was cut off goes on, and a server that
 * closes waits for nobody.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Served, serve } from './testing/served.ts'

let server: Served
beforeAll(async () => {
  server = await serve()
})
afterAll(() => server[Symbol.asyncDispose]())

interface Message {
  readonly id: string
  readonly type: string
}

/** Reads messages until there are so many, then leaves. */
const listen = async (
  count: number,
  { query = '', headers = {} }: { readonly query?: string; readonly headers?: object } = {},
  then: () => Promise<unknown> = async () => {},
): Promise<readonly Message[]> => {
  const left = new AbortController()
  const answer = await fetch(`${server.base}/v1/events/live${query}`, {
    headers: { ...headers },
    signal: left.signal,
  })
  expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  void then()
  const messages: Message[] = []
  let text = ''
  for await (const chunk of answer.body ?? []) {
    text += new TextDecoder().decode(chunk)
    const parts = text.split('\n\n')
    text = parts.pop() ?? ''
    for (const part of parts) {
      const [, id] = /^id: (\d+)$/m.exec(part) ?? []
      const [, data] = /^data: (.+)$/m.exec(part) ?? []
      if (id !== undefined && data !== undefined) {
        messages.push({ id, type: (JSON.parse(data) as { type: string }).type })
      }
    }
    if (messages.length >= count) break
  }
  left.abort()
  return messages.slice(0, count)
}
const open = () => server.done('POST', '/v1/opportunities', { title: 'Desks' })

describe('a live feed', () => {
  test('begins with what comes next', async () => {
    const head = await server.forsat.store.head()
    const messages = await listen(2, {}, async () => {
      await open()
      await open()
    })
    expect(messages).toEqual([
      { id: String(head + 1), type: 'OpportunityOpened' },
      { id: String(head + 2), type: 'OpportunityOpened' },
    ])
  })

  test('goes on where its reader was cut off', async () => {
    const all = await listen(4, { query: '?after=0' })
    const rest = await listen(2, { headers: { 'last-event-id': all[1]?.id } })
    expect(rest).toEqual(all.slice(2, 4))
  })

  test('has every event once, however many come at a time', async () => {
    const head = await server.forsat.store.head()
    const messages = await listen(300, {}, () => Promise.all(Array.from({ length: 300 }, open)))
    expect(messages.map(({ id }) => Number(id))).toEqual(
      Array.from({ length: 300 }, (_, index) => head + 1 + index),
    )
  })

  test('of one stream or type has nothing else', async () => {
    const { id } = await open()
    const query = `?after=0&stream=opportunity-${id}`
    const messages = await listen(2, { query }, () =>
      server.done('POST', `/v1/opportunities/${id}/win`),
    )
    expect(messages.map(({ type }) => type)).toEqual(['OpportunityOpened', 'OpportunityWon'])
    const [won] = await listen(1, { query: '?after=0&type=OpportunityWon' })
    expect(won?.type).toBe('OpportunityWon')
  })

  test('is refused where it makes no sense', async () => {
    const path = '/v1/events/live'
    expect(await server.call('GET', `${path}?after=x`)).toMatchObject({ status: 400 })
    const headers = { 'last-event-id': 'x' }
    expect(await server.call('GET', path, undefined, headers)).toMatchObject({ status: 400 })
  })

  test('ends when the server closes, which does not wait for it', async () => {
    const closing = await serve()
    const answer = await fetch(`${closing.base}/v1/events/live`)
    const ended = answer.text()
    const began = performance.now()
    await closing[Symbol.asyncDispose]()
    expect(await ended).toMatch(/^retry: /)
    expect(performance.now() - began).toBeLessThan(5_000)
  })
})

/**
 * More than a server can bear: many at once, many who are slow, many who listen. It answers those it
 * can, tells the others to come again, and is there for everybody afterwards.
 */
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { held } from './testing/held.ts'
import { type Made, type Served, serve, until } from './testing/served.ts'
import { answersIn, requestText, type Wire, wireTo } from './testing/wire.ts'

let server: Served
let wires: Wire[]
beforeEach(() => {
  wires = []
})
afterEach(async () => {
  for (const wire of wires) wire[Symbol.dispose]()
  await server[Symbol.asyncDispose]()
})

const wire = async (): Promise<Wire> => {
  const made = await wireTo(server.base)
  wires.push(made)
  return made
}
const open = (title: string, headers: Readonly<Record<string, string>> = {}) =>
  server.call<Made>('POST', '/v1/opportunities', { title }, headers)
const counted = async () =>
  (await server.read<{ readonly total: number }>('/v1/opportunities?count=true&limit=1')).total

describe('fifty callers of one record', () => {
  test('are each heard or told that they came late', async () => {
    server = await serve()
    const { id } = (await open('Desks')).body
    const callers = Array.from({ length: 50 }, async (_, caller) => {
      const statuses: number[] = []
      for (let round = 0; round < 2; round += 1) {
        const { revision } = await server.read<Made>(`/v1/opportunities/${id}`)
        const headers = caller % 2 === 0 ? { 'if-match': `"${revision}"` } : {}
        const body = { text: `${caller} called, round ${round}` }
        const path = `/v1/opportunities/${id}/notes`
        statuses.push((await server.call('POST', path, body, headers)).status)
      }
      return statuses
    })
    const statuses = (await Promise.all(callers)).flat()
    expect(statuses).toHaveLength(100)
    expect(statuses.filter((status) => ![200, 409, 412].includes(status))).toEqual([])
    const heard = statuses.filter((status) => status === 200).length
    expect(heard).toBeGreaterThanOrEqual(26)
    expect((await server.read<Made>(`/v1/opportunities/${id}`)).revision).toBe(heard)
  })
})

describe('ten thousand requests at once', () => {
  test('are all answered, and what was told to come again can come', async () => {
    server = await serve()
    const [connections, each] = [100, 100]
    const key = (connection: number, index: number) => ({
      'idempotency-key': `${connection}-${index}`,
    })
    const flooding = Array.from({ length: connections }, async (_, connection) => {
      const { socket, ended } = await wire()
      const asked = Array.from({ length: each }, (_request, index) =>
        index % 10 === 0
          ? requestText({
              method: 'POST',
              path: '/v1/opportunities',
              body: { title: `Desks ${connection}` },
              headers: key(connection, index),
            })
          : requestText({
              method: 'GET',
              path: '/v1/opportunities?limit=1',
              headers: index === each - 1 ? { connection: 'close' } : {},
            }),
      )
      socket.write(asked.join(''))
      return answersIn(await ended)
    })
    const answers = await Promise.all(flooding)
    expect(answers.flat()).toHaveLength(connections * each)
    const turnedAway = answers.flat().filter(({ status }) => status >= 300)
    expect(turnedAway.filter(({ status }) => status !== 503)).toEqual([])
    expect(turnedAway.filter(({ retryAfter }) => retryAfter !== '1')).toEqual([])

    const taken = answers.map((all) => all.filter(({ status }) => status === 201).length)
    await until(counted, (total) => total >= taken.reduce((sum, count) => sum + count, 0))
    expect((await server.call('GET', '/healthz')).status).toBe(200)
    for (const connection of answers.keys()) {
      const again = await open(`Desks ${connection}`, key(connection, 0))
      expect(again.status).toBe(201)
    }
    const keys = answers.map((all) =>
      all.filter(({ status }, index) => index % 10 === 0 && (status === 201 || index === 0)),
    )
    expect(await counted()).toBe(keys.flat().length)
    // Seconds where nothing else is done.
  }, 300_000)

  test('are not taken on where so many wait already; that it lives a server still says', async () => {
    server = await serve({ patience: { unanswered: 20 } })
    const lock = held(server.folder, 'forsat.db')
    const waiting = Array.from({ length: 20 }, (_, index) => open(`Desks ${index}`))
    await until(
      async () => (await server.call('GET', '/v1/opportunities')).status,
      (status) => status === 503,
    )
    const late = await Promise.all(Array.from({ length: 50 }, () => open('Late')))
    for (const { status, headers, body } of late) {
      expect([status, headers.get('retry-after')]).toEqual([503, '1'])
      expect(body).toMatchObject({ code: 'NotReady' })
    }
    expect((await server.call('GET', '/healthz')).status).toBe(200)
    lock[Symbol.dispose]()
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(Array(20).fill(201))
    expect((await open('Later')).status).toBe(201)
    expect(await counted()).toBe(21)
  })
})

describe('a client that takes its time', () => {
  const patience = { headMs: 300, requestMs: 600, lookMs: 50 }
  const post = requestText({ method: 'POST', path: '/v1/opportunities', body: { title: 'Desks' } })

  test.each([
    ['says nothing', ''],
    ['stops in the middle of its request line', post.slice(0, 10)],
    ['stops in the middle of its headers', post.slice(0, 60)],
    ['stops before the end of its body', post.slice(0, -3)],
  ])('and %s is told so and hung up on', async (_what, sent) => {
    server = await serve({ patience })
    const { socket, ended } = await wire()
    socket.write(sent)
    const told = answersIn(await ended)
    expect(told.map(({ status }) => status)).toEqual([408])
    expect(await counted()).toBe(0)
  })

  test('and sends letter by letter is hung up on too, whatever its pace', async () => {
    server = await serve({ patience })
    const { socket, ended } = await wire()
    const dripping = new AbortController()
    const drip = async () => {
      for (const letter of post.repeat(20)) {
        if (dripping.signal.aborted || socket.destroyed) return
        socket.write(letter)
        await setTimeout(20)
      }
    }
    const dripped = drip()
    expect(answersIn(await ended).map(({ status }) => status)).toEqual([408])
    dripping.abort()
    await dripped
  })

  test('keeps nobody else waiting, however many there are of it', async () => {
    server = await serve({ patience: { ...patience, headMs: 2_000, requestMs: 4_000 } })
    const slow = await Promise.all(Array.from({ length: 100 }, wire))
    for (const { socket } of slow) socket.write(post.slice(0, 40))
    expect((await open('Desks')).status).toBe(201)
    const told = await Promise.all(slow.map(({ ended }) => ended))
    expect(new Set(told.flatMap(answersIn).map(({ status }) => status))).toEqual(new Set([408]))
  })
})

describe('a thousand live feeds', () => {
  /** The positions that a feed has told so far. */
  const told = (text: string): readonly number[] =>
    [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))

  test('each tell every event in its order, while commands go on', async () => {
    server = await serve()
    const head = await server.forsat.store.head()
    const feeds = await Promise.all(
      Array.from({ length: 1000 }, async () => {
        const { socket } = await wire()
        const feed = { text: '' }
        socket.on('data', (chunk) => {
          feed.text += String(chunk)
        })
        socket.write(requestText({ method: 'GET', path: '/v1/events/live' }))
        return feed
      }),
    )
    await until(
      async () => feeds.every(({ text }) => text.includes('retry:')),
      (all) => all,
    )
    const commands = 20
    for (let at = 0; at < commands; at += 4) {
      await Promise.all(Array.from({ length: 4 }, (_, index) => open(`Desks ${at + index}`)))
    }
    const wanted = Array.from({ length: commands }, (_, index) => head + 1 + index)
    await until(
      async () => feeds.every(({ text }) => told(text).length >= commands),
      (all) => all,
    )
    expect(new Set(feeds.map(({ text }) => told(text).join()))).toEqual(new Set([wanted.join()]))
  })

  test('are the most that are open where that is the limit', async () => {
    server = await serve({ patience: { feeds: 2 } })
    const listening = async () => {
      const left = new AbortController()
      const { signal } = left
      const answer = await fetch(`${server.base}/v1/events/live`, { signal })
      return { status: answer.status, leave: () => left.abort() }
    }
    const [first, , third] = [await listening(), await listening(), await listening()]
    expect([first.status, third.status]).toEqual([200, 503])
    first.leave()
    await until(listening, ({ status }) => status === 200)
  })

  test('let go of a reader who does not take what it is sent, and he goes on where he was', async () => {
    server = await serve({ patience: { readerMs: 300 } })
    const { socket, ended } = await wire()
    socket.pause()
    socket.write(requestText({ method: 'GET', path: '/v1/events/live?after=0' }))
    const { id } = (await open('Desks')).body
    const context = { company: server.companyId, actor: `user:${server.userId}` }
    const note = { type: 'NoteOpportunity', data: { id, text: '\u6f22'.repeat(4_000) } } as const
    // More than the buffers between a server and its reader hold.
    for (let notes = 0; notes < 900; notes += 50) {
      await Promise.all(Array.from({ length: 50 }, () => server.forsat.execute(note, context)))
    }
    await setTimeout(1_000)
    socket.resume()
    const before = told(await ended)
    const head = await server.forsat.store.head()
    expect(before.length).toBeLessThan(head)
    const last = before.at(-1) ?? 0
    const rest = await server.read<{ readonly items: readonly { readonly position: string }[] }>(
      `/v1/events?after=${last}&limit=1`,
    )
    expect(before).toEqual(Array.from({ length: last }, (_, index) => index + 1))
    expect(rest.items[0]?.position).toBe(String(last + 1))
  })
})

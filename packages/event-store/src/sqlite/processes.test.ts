import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { all, appendOf, eventOf, freshStream } from '../contract/given.ts'
import type { StoredEvent } from '../port.ts'
import { openSqliteStore } from '../sqlite.ts'

/** The long form takes minutes, and tries what the short one does with the numbers that were asked for. */
const long = process.env['FORSAT_LONG_TESTS'] !== undefined
const clock = { now: () => new Date().toISOString() }
const caller = fileURLToPath(new URL('../contract/caller.ts', import.meta.url))

let folder: string
let path: string
let children: ChildProcess[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forsat-processes-'))
  path = join(folder, 'events.db')
  children = []
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

const start = (...args: (string | number)[]): ChildProcess => {
  const child = spawn(
    process.execPath,
    ['--conditions=@forsat/source', '--no-warnings', caller, ...args.map(String)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  children.push(child)
  return child
}

/** What a caller said before it ended; that it failed is an error with its reason. */
const ended = async (child: ChildProcess): Promise<readonly unknown[]> => {
  const said: unknown[] = []
  let complaint = ''
  child.stderr?.on('data', (text) => {
    complaint += text
  })
  const lines = createInterface({ input: child.stdout ?? process.stdin })
  lines.on('line', (line) => said.push(JSON.parse(line)))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(complaint)
  return said
}

test('two processes of 25 callers each on one stream: each conflict is told, none hangs', async () => {
  await using store = await openSqliteStore(path, { clock })
  const stream = freshStream()
  const each = long ? 40 : 4
  const stop = new AbortController()
  const following = (async () => {
    const seen: StoredEvent[] = []
    for await (const page of store.follow({ signal: stop.signal })) {
      seen.push(...page)
      if (seen.length === 50 * each) stop.abort()
    }
    return seen
  })()

  const callers = [
    start('contend', path, stream, 25, each),
    start('contend', path, stream, 25, each),
  ]
  const said = await Promise.all(callers.map(ended))

  expect(said.flat()).toEqual([
    { conflicts: expect.any(Number) },
    { conflicts: expect.any(Number) },
  ])
  const events = await all(store.readStream(stream))
  expect(events.map(({ revision }) => revision)).toEqual([...Array(50 * each).keys()])
  expect(await following).toEqual(events)
  expect(await store.check()).toEqual([])
}, 120_000)

test('a new connection for each append never finds the file locked', async () => {
  const events = long ? 40_000 : 200
  const streams = [freshStream(), freshStream()]
  const said = await Promise.all(
    streams.map((stream) => ended(start('reconnect', path, stream, events / 2))),
  )
  expect(said.flat()).toEqual([{ done: true }, { done: true }])
  await using store = await openSqliteStore(path, { clock })
  expect(await store.head()).toBe(events)
}, 3_600_000)

test('whatever moment a process is killed at, nothing acknowledged is lost', async () => {
  const acknowledged: string[] = []
  for (let round = 0; round < (long ? 40 : 3); round += 1) {
    const child = start('append', path)
    const lines = createInterface({ input: child.stdout ?? process.stdin })
    lines.on('line', (line) => acknowledged.push(...(JSON.parse(line) as string[])))
    await once(lines, 'line')
    await setTimeout(Math.random() * 150)
    child.kill('SIGKILL')
    await once(child, 'close')

    await using store = await openSqliteStore(path, { clock })
    const events = await all(store.readLog())
    const ids = new Set(events.map(({ id }) => id))
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([])
    // All or none of an append, also of the one it was killed in.
    expect(events.length % 2).toBe(0)
    expect(await store.check()).toEqual([])
  }
}, 300_000)

test('an append costs the same however long the log is', async () => {
  await using store = await openSqliteStore(path, { clock })
  const sizes = long ? [5_000, 20_000, 80_000, 1_000_000] : [1_000, 20_000]
  const costs: number[] = []
  for (const size of sizes) {
    while ((await store.head()) < size) {
      const appends = Array.from({ length: 20 }, () =>
        store.append(
          appendOf(
            freshStream(),
            -1,
            Array.from({ length: 50 }, () => eventOf()),
          ),
        ),
      )
      await Promise.all(appends)
    }
    let least = Infinity
    for (let n = 0; n < 200; n += 1) {
      const since = performance.now()
      await store.append(appendOf(freshStream(), -1, [eventOf()]))
      least = Math.min(least, performance.now() - since)
    }
    costs.push(least)
  }
  expect(Math.max(...costs) / Math.min(...costs)).toBeLessThan(3)
}, 600_000)

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { all, begin, eventOf } from '../contract/given.ts'
import { openEventStoreDb } from '../eventstoredb.ts'
import { settingsOf } from './settings.ts'
import { startDouble } from './testing/double.ts'
import { freshPart, storeOn } from './testing/fixture.ts'

const clock = { now: () => new Date().toISOString() }
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const tls = { cert: at('testing/tls/double.crt'), key: at('testing/tls/double.key') }

test('a secured server is known by its authority, and told who appends', async () => {
  await using double = await startDouble({ tls })
  const authority = `tlsCAFile=${encodeURIComponent(tls.cert)}`
  const string = `esdb://sales:p%40ss@localhost:${double.port}?${authority}`
  await using store = await storeOn(string)
  await begin(store, [eventOf()])
  expect(await all(store.readLog())).toHaveLength(1)
  const basic = Buffer.from('sales:p@ss').toString('base64')
  expect(await double.order({ do: 'seen-credentials' })).toBe(`Basic ${basic}`)

  const untrusted = `esdb://sales:p%40ss@localhost:${double.port}`
  await expect(openEventStoreDb(untrusted, { clock, openingMs: 300 })).rejects.toThrow(
    `esdb://localhost:${double.port} cannot be reached: `,
  )
})

describe('a connection string', () => {
  test('keeps what is ours to itself, and its password out of messages', () => {
    const settings = settingsOf(
      'esdb+discover://me:s%3Acret@cluster.example:2113?nodePreference=follower&streamPrefix=crm_&maxAppendSize=4000000',
    )
    expect(settings).toMatchObject({
      connectionString: 'esdb+discover://me:s%3Acret@cluster.example:2113?nodePreference=follower',
      place: 'esdb+discover://cluster.example:2113',
      prefix: 'crm_',
      maxAppendBytes: 4_000_000,
      credentials: { username: 'me', password: 's:cret' },
      requiresLeader: false,
    })
  })

  test.each([
    ['esdb:/nowhere', 'it must read esdb://HOST:PORT'],
    ['esdb://a?streamPrefix=A-b', 'streamPrefix must be small letters'],
    ['esdb://a?maxAppendSize=0', 'maxappendsize must be a whole number above 0'],
    ['esdb://a?tls=maybe', 'tls must be true or false'],
    ['esdb://a?throwOnAppendFailure=false', 'throwOnAppendFailure must stay true'],
  ])('%s is refused', (string, why) => {
    expect(() => settingsOf(string)).toThrow(why)
  })

  test('that names a certificate that is not there says so, without the password', async () => {
    const string = 'esdb://me:secret@127.0.0.1:1?tlsCAFile=/nowhere/ca.crt'
    const opened = openEventStoreDb(string, { clock })
    await expect(opened).rejects.toThrow('Failed to load certificate file')
    await expect(opened).rejects.not.toThrow('secret')
  })
})

test.each(['', '&batchAppend=true'])(
  'after closing nothing keeps the process alive%s',
  async (more) => {
    await using double = await startDouble()
    const program = `
      import { openEventStoreDb } from ${JSON.stringify(at('../eventstoredb.ts'))}
      import { begin, eventOf } from ${JSON.stringify(at('../contract/given.ts'))}
      const clock = { now: () => new Date().toISOString() }
      const store = await openEventStoreDb(process.argv[1], { clock })
      const stop = new AbortController()
      const following = (async () => {
        for await (const page of store.follow({ signal: stop.signal })) return page.length
      })()
      await begin(store, [eventOf()])
      await following
      for await (const page of store.readLog()) console.log(page.length)
      await store[Symbol.asyncDispose]()
    `
    const child = spawn(
      process.execPath,
      [
        '--conditions=@forsat/source',
        '--no-warnings',
        '--input-type=module',
        '-e',
        program,
        `${freshPart(double)}${more}`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let said = ''
    child.stdout.on('data', (text) => {
      said += text
    })
    const ended = once(child, 'exit') as Promise<[number | null]>
    const late = new Promise<[string]>((resolve) => {
      setTimeout(() => resolve(['still running']), 20_000).unref()
    })
    const [code] = await Promise.race([ended, late])
    child.kill('SIGKILL')
    expect([code, said]).toEqual([0, '1\n'])
  },
)

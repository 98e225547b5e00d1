/**
 * `forsat start`, behind `npm start`: the first time it brings the real data in, every time it serves
 * and says what to try.
 *
 * @module
 */
import { type Forsat, issueApiKey, setUp, shownStore } from '@forsat/application'
import { command, type Finish } from '../command.ts'
import { addressOf, keepAddress, mailOf, serve } from '../serving.ts'
import { caughtUp, type Desk, openStore } from '../session.ts'
import { settingsOf } from '../settings.ts'
import type { Exit } from '../shell.ts'
import { importShippedData } from '../shipped-data.ts'

interface Asked {
  readonly store?: string | undefined
  readonly port?: string | undefined
  readonly host?: string | undefined
  readonly auth: boolean
}

export const startCommand = (desk: Desk, finish: Finish) => {
  const { start, serve: words } = desk.texts
  const examples = ['start', 'start --port 8080', 'start --store sqlite:elsewhere/forsat.db']
  return command('start', { about: start.about, examples }, desk)
    .option('--port <port>', words.port)
    .option('--host <host>', words.host)
    .option('--no-auth', words.noAuth)
    .action(async (options) => {
      finish(await runStart(desk, options))
    })
}

const runStart = async (desk: Desk, asked: Asked): Promise<Exit> => {
  const { shell, texts } = desk
  const address = addressOf(desk, asked)
  const settings = settingsOf(shell, texts, asked)
  let listening: string | undefined
  const mail = mailOf(desk, address, () => listening)
  const letGo = await keepAddress(desk, address)
  await using forsat = await openStore(desk, settings, { make: true, mail })
  await caughtUp(forsat, desk)
  await importShippedData(forsat, desk)
  const key = asked.auth ? await firstKey(forsat) : undefined
  await letGo()
  return await serve(desk, {
    forsat,
    settings,
    address,
    auth: asked.auth ? 'keys' : 'none',
    ready: async (url) => {
      listening = url
      shell.out(welcome(desk, { url, store: shownStore(settings.store), key, auth: asked.auth }))
    },
  })
}

/** A key for the administrator, if the store has none at all yet. */
const firstKey = async (forsat: Forsat): Promise<string | undefined> => {
  const { companyId, userId } = await setUp(forsat)
  const everywhere = { company: companyId, everywhere: true }
  const known = await forsat.query.apiKeys.list(everywhere, { limit: 1 })
  if (known._tag === 'Left') throw new Error('a list of keys was refused')
  if (known.right.items.length > 0) return undefined
  const request = { userId, name: 'npm start' }
  const context = { company: companyId, actor: `user:${userId}` }
  const issued = await issueApiKey(forsat, request, context)
  if (issued._tag === 'Left') throw new Error(`a key was refused: ${issued.left.type}`)
  return issued.right.key
}

interface Welcome {
  readonly url: string
  readonly store: string
  readonly key: string | undefined
  readonly auth: boolean
}

const welcome = ({ texts }: Desk, { url, store, key, auth }: Welcome): string => {
  const { page, docs, store: place, key: keyTitle, keyOnce, tryThis, stop } = texts.start
  const bearer = auth ? ` -H "Authorization: Bearer ${key ?? '$KEY'}"` : ''
  const facts = [
    [page, `${url}/`],
    [docs, `${url}/docs`],
    [place, store],
    ...(key === undefined ? [] : [[keyTitle, `${key}  (${keyOnce})`]]),
  ]
  const width = Math.max(...facts.map(([name = '']) => name.length))
  return [
    texts.serve.listening(url),
    '',
    ...facts.map(([name = '', value = '']) => `  ${name.padEnd(width)}  ${value}`),
    '',
    tryThis,
    `  curl${bearer} "${url}/v1/reports/win-rate?groupBy=month"`,
    `  curl${bearer} "${url}/v1/opportunities?outcome=lost&limit=5"`,
    '  npm run -s forsat -- report lost-reasons --group-by team',
    '  npm run -s forsat -- history maven-crm:1C1I7A6R',
    '  npm run -s forsat -- replay --effective-at 2017-06-30',
    '  npm run -s forsat -- demo',
    '',
    stop,
    '',
  ].join('\n')
}

/**
 * `forsat serve`: the API and the pages over HTTP.
 *
 * @module
 */
import { Option } from '@commander-js/extra-typings'
import { type Beginnings, setUp } from '@forsat/application'
import { Currency } from '@forsat/domain'
import { isZone } from '@forsat/domain/time'
import { command, type Finish } from '../command.ts'
import { addressOf, mailOf, serve } from '../serving.ts'
import { caughtUp, type Desk, openStore, printJson } from '../session.ts'
import { settingsOf } from '../settings.ts'
import { type Exit, Stop } from '../shell.ts'

interface Asked {
  readonly store?: string | undefined
  readonly json?: true | undefined
  readonly port?: string | undefined
  readonly host?: string | undefined
  readonly auth: boolean
  readonly testClock?: string | true | undefined
  readonly currency?: string | undefined
  readonly zone?: string | undefined
  readonly language?: 'fa' | 'en' | undefined
}

export const serveCommand = (desk: Desk, finish: Finish) => {
  const { serve: words } = desk.texts
  const examples = [
    'serve',
    'serve --port 8080 --host 0.0.0.0',
    'serve --no-auth --store memory: --test-clock=2026-01-10T22:00:00Z',
    'serve --currency EUR --zone Europe/Berlin --language en',
  ]
  return command('serve', { about: words.about, examples }, desk)
    .option('--port <port>', words.port)
    .option('--host <host>', words.host)
    .option('--no-auth', words.noAuth)
    .option('--test-clock [instant]', words.testClock)
    .option('--currency <code>', words.currency)
    .option('--zone <zone>', words.zone)
    .addOption(new Option('--language <language>', words.language).choices(['fa', 'en'] as const))
    .action(async (options) => {
      finish(await runServe(desk, options))
    })
}

const runServe = async (desk: Desk, asked: Asked): Promise<Exit> => {
  const { shell, texts } = desk
  const address = addressOf(desk, asked)
  const beginnings = beginningsOf(desk, asked)
  const clock = asked.testClock === true ? new Date().toISOString() : asked.testClock
  const settings = settingsOf(shell, texts, { store: asked.store, testClock: clock })
  let listening: string | undefined
  const mail = mailOf(desk, address, () => listening)
  await using forsat = await openStore(desk, settings, { make: true, mail })
  await caughtUp(forsat, desk)
  await setUp(forsat, beginnings)
  return await serve(desk, {
    forsat,
    settings,
    address,
    auth: asked.auth ? 'keys' : 'none',
    ready: async (url) => {
      listening = url
      if (asked.json) printJson(desk, { url })
      else shell.out(`${texts.serve.listening(url)}\n`)
    },
  })
}

/** What the first company of an empty store is like. */
const beginningsOf = (
  { texts }: Desk,
  { currency, zone, language }: Pick<Asked, 'currency' | 'zone' | 'language'>,
): Beginnings => {
  if (currency !== undefined && !Currency.safeParse(currency).success) {
    throw new Stop(2, texts.serve.currencyInvalid(currency))
  }
  if (zone !== undefined && !isZone(zone)) throw new Stop(2, texts.serve.zoneInvalid(zone))
  return { currency, zone, language }
}

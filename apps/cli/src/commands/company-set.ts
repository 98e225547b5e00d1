/**
 * `forsat company set KEY VALUE`: one setting, one policy, or what one currency costs in another.
 *
 * @module
 */
import { asciiDigits } from '@forsat/domain'
import { localDate } from '@forsat/domain/time'
import { command, type Finish } from '../command.ts'
import { type SettingChange, settingChange } from '../company-setting.ts'
import { dayOf } from '../moments.ts'
import { type Desk, printJson, refused, type Session, withSession } from '../session.ts'
import { type Exit, Stop } from '../shell.ts'

export const setCommand = (desk: Desk, finish: Finish) => {
  const { company } = desk.texts
  const examples = [
    'company set requireLostReason false',
    "company set numberPatterns.quotation 'Q-{jyear}-{seq:4}'",
    'company set digits.EUR 3',
    'company set validityDays 14',
    `company set mailTexts.en '{"subject": "Our offer {number}", "text": "{link}"}'`,
    'company set exchangeRates.USD/IRR 1150000 --on 1404/10/20',
  ]
  return command('set', { about: company.set, examples }, desk)
    .argument('<key>', company.key)
    .argument('<value>', company.value)
    .option('--on <day>', company.on)
    .action(async (key, value, options) => {
      const work = (session: Session) => set(session, { key, value, ...options })
      finish(await withSession(desk, options, work, { begin: {} }))
    })
}

interface Asked {
  readonly key: string
  readonly value: string
  readonly on?: string | undefined
  readonly json?: boolean | undefined
}

const set = async (session: Session, asked: Asked): Promise<Exit> => {
  const { forsat, company, context, shell, texts } = session
  const { key, value, json = false } = asked
  const change = rateChange(session, asked) ?? settingOf(session, asked)
  const seen = change.isPart ? { expectedRevision: company.revision } : {}
  const outcome = await forsat.executeUnchecked(change.command, { ...context, ...seen })
  if (outcome._tag === 'Left') return refused(session, outcome.left)
  if (json) {
    await forsat.settle(outcome.right.position)
    printJson(session, await forsat.query.companies.get(company.id, session.scope))
    return 0
  }
  const { done, unchanged } = texts.company
  const changed = outcome.right.events.length > 0
  shell.out(`${changed ? done(key, value) : unchanged(key)}\n`)
  return 0
}

/** From a day on, today if none is named: `exchangeRates.USD/IRR`. */
const rateChange = (
  { forsat, company, texts }: Session,
  { key, value, on }: Asked,
): SettingChange | undefined => {
  const [, base, quote] = /^exchangeRates\.([A-Z]{3})\/([A-Z]{3})$/i.exec(key) ?? []
  if (base === undefined || quote === undefined) return undefined
  const data = {
    id: company.id,
    base: base.toUpperCase(),
    quote: quote.toUpperCase(),
    date: dayOf(on, texts) ?? localDate(forsat.clock.now(), company.zone),
    rate: asciiDigits(value),
  }
  return { command: { type: 'SetExchangeRate', data }, isPart: false }
}

const settingOf = ({ company, texts }: Session, { key, value, on }: Asked): SettingChange => {
  const change = settingChange(company, key, value)
  if (change === undefined) throw new Stop(2, texts.company.unknown(key))
  if (on !== undefined) throw new Stop(2, texts.company.ratesOnly(key))
  return change
}

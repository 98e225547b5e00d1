/**
 * `forsat company …`: what a company has settled, the policies in force, and what currencies cost it.
 *
 * @module
 */
import { usualPatterns } from '@forsat/domain'
import type { CompanyView, ExchangeRateView } from '@forsat/projections'
import { command, type Finish, group } from '../command.ts'
import { type CommonOptions, type Desk, printJson, type Session, withSession } from '../session.ts'
import type { Exit } from '../shell.ts'
import { table } from '../table.ts'
import { createCommand } from './company-create.ts'
import { setCommand } from './company-set.ts'

export const companyCommand = (desk: Desk, finish: Finish) => {
  const { about } = desk.texts.company
  const examples = [
    'company show',
    'company set moneyUnit toman',
    'company create "Rome office" --currency EUR --zone Europe/Rome --language en',
  ]
  return group('company', { about, examples }, desk)
    .addCommand(showCommand(desk, finish))
    .addCommand(setCommand(desk, finish))
    .addCommand(createCommand(desk, finish))
}

const showCommand = (desk: Desk, finish: Finish) =>
  command(
    'show',
    { about: desk.texts.company.show, examples: ['company show --json'] },
    desk,
  ).action(async (options) => {
    finish(await withSession(desk, options, (session) => show(session, options)))
  })

const show = async (session: Session, { json = false }: CommonOptions): Promise<Exit> => {
  const { company, shell, texts, formats, language } = session
  const exchangeRates = await ratesOf(session)
  if (json) {
    printJson(session, { ...company, exchangeRates })
    return 0
  }
  const { setting, valueTitle, rateOn } = texts.company
  const rates = exchangeRates.map(({ base, quote, rate, date }) => [
    `exchangeRates.${base}/${quote}`,
    rateOn(rate, formats.day(date)),
  ])
  const columns = [{ title: setting }, { title: valueTitle, flexible: true }]
  shell.out(table(columns, [...settingRows(company), ...rates], { language, width: shell.width }))
  return 0
}

/**
 * Each under the key by which it is set; number patterns that were never set as they usually are. The
 * words of mails are letters, and no settings of a table.
 */
const settingRows = ({
  policies,
  mailTexts: _words,
  scoring: _learnt,
  ...settings
}: CompanyView): readonly string[][] => {
  const numberPatterns = { ...usualPatterns(settings.calendar), ...settings.numberPatterns }
  return Object.entries({ ...settings, numberPatterns, ...policies }).flatMap(([name, value]) =>
    rowsOf(name, value),
  )
}

const rowsOf = (name: string, value: unknown): readonly string[][] => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([part, each]) => rowsOf(`${name}.${part}`, each))
  }
  return [[name, typeof value === 'string' ? value : JSON.stringify(value)]]
}

/** The newest first. */
const ratesOf = async ({ forsat, scope }: Session): Promise<readonly ExchangeRateView[]> => {
  const listed = await forsat.query.exchangeRates.list(scope, { sort: '-date', limit: 200 })
  if (listed._tag === 'Left') throw new Error('a list of exchange rates was refused')
  return listed.right.items
}

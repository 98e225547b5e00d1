/**
 * `forsat report …`: reports with the options that HTTP has, as a table, as CSV or as JSON.
 *
 * @module
 */
import type { Command } from '@commander-js/extra-typings'
import {
  buckets,
  dimensions,
  type LossReport,
  type PipelineReport,
  pipelineDimensions,
  type QuotationReport,
  quotationDimensions,
  type WinReport,
} from '@forsat/projections'
import { command, type Finish, group } from '../command.ts'
import { answerOf, askedOf, queryString } from '../http.ts'
import { dayOf, momentOf } from '../moments.ts'
import { reportTable } from '../report-table.ts'
import { type Desk, printJson, type Session, withSession } from '../session.ts'
import { type Exit, Stop } from '../shell.ts'
import type { Texts } from '../texts/texts.ts'

type Asked = Readonly<Record<string, string | undefined>>

/** What HTTP takes beside the filters. */
const parameters = [
  'from',
  'to',
  'dateBasis',
  'groupBy',
  'calendar',
  'measures',
  'compare',
  'sort',
  'top',
  'minCount',
  'currency',
  'asOf',
  'atPosition',
  'effectiveAt',
] as const

/** One report: the names that its rows stand for and are filtered by, and what else is its own. */
interface Kind {
  readonly name: string
  readonly about: string
  readonly dimensions: readonly string[]
  readonly usual: string | undefined
  /** A measure that people sort by. */
  readonly sorted: string
  /** Whether it counts outcomes that may have been undone since. */
  readonly undoes: boolean
}

const kindsIn = ({ report }: Texts): readonly Kind[] => {
  const outcomes = { dimensions, undoes: true }
  const lost = { name: 'lost-reasons', about: report.lostReasons, usual: 'reason' }
  const won = { name: 'win-rate', about: report.winRate, usual: undefined }
  const offers = { name: 'quotations', about: report.quotations, usual: 'status' }
  const sales = { name: 'pipeline', about: report.pipeline, usual: 'stage' }
  return [
    { ...lost, ...outcomes, sorted: 'lostRevenue' },
    { ...won, ...outcomes, sorted: 'won' },
    { ...offers, dimensions: quotationDimensions, undoes: false, sorted: 'confirmedTotal' },
    { ...sales, dimensions: pipelineDimensions, undoes: false, sorted: 'expectedRevenue' },
  ]
}

/** `company` chooses whose report it is; `currency` is a parameter of every report. */
const notFilters: ReadonlySet<string> = new Set(['attributes', 'company', 'currency'])

const optionsOf = ({ dimensions: names, undoes }: Kind): readonly string[] => [
  ...parameters,
  ...(undoes ? ['reopened'] : []),
  ...names.filter((name) => !notFilters.has(name)),
]

export const reportCommand = (desk: Desk, finish: Finish) => {
  const { about } = desk.texts.report
  const examples = ['report lost-reasons', 'report win-rate --group-by month', 'report pipeline']
  const report = group('report', { about, examples }, desk)
  for (const kind of kindsIn(desk.texts)) report.addCommand(commandFor(kind, desk, finish))
  return report
}

const commandFor = (kind: Kind, desk: Desk, finish: Finish): Command => {
  const { name, about, usual, sorted } = kind
  const { format, option } = desk.texts.report
  const examples = [
    `report ${name} --group-by team,month --from 2017-03-01 --to 2017-12-31`,
    `report ${name} --group-by ${usual ?? 'product'} --sort -${sorted} --format csv`,
    `report ${name} --as-of 2026-01-10T22:00:00Z`,
  ]
  const made = command(name, { about, examples }, desk).option(
    '--format <format>',
    format,
    'table',
  ) as unknown as Command
  const named = kind.dimensions.filter((dimension) => dimension !== 'attributes')
  const grouping = [...named, 'attributes.KEY', ...buckets].join(', ')
  for (const each of optionsOf(kind)) {
    const taken = each === 'groupBy' ? ` (${grouping})` : ''
    made.option(`--${kebab(each)} <value>`, option(each) + taken)
  }
  made.option('--attribute <key=value>', option('attributes.KEY'))
  return made.action(async (_options, { opts }: { opts: () => object }) => {
    const options = opts.call(made) as Asked & { readonly json?: true }
    const { json, store, company, as } = options
    const common = { store, company, as, json: json === true }
    finish(await withSession(desk, common, (session) => answer(session, kind, options)))
  })
}

const answer = async (
  session: Session,
  kind: Kind,
  options: Asked & { readonly json?: unknown },
): Promise<Exit> => {
  const format = options.json === true ? 'json' : options['format']
  if (format !== 'json' && format !== 'csv' && format !== 'table') {
    throw new Stop(2, `--format: ${session.texts.report.format}`)
  }
  const groupBy = options['groupBy'] ?? kind.usual
  const asked = { ...askedFor(session, kind, options), groupBy }
  const path = `/reports/${kind.name}`
  if (format === 'csv') {
    session.shell.out(await answerOf(session, path + queryString({ ...asked, format })))
    return 0
  }
  const report = await askedOf<LossReport | WinReport | QuotationReport | PipelineReport>(
    session,
    path + queryString(asked),
  )
  if (format === 'json') printJson(session, report)
  else session.shell.out(reportTable(report, session))
  return 0
}

/** The parameters of the HTTP report; days and moments as its API takes them. */
const askedFor = ({ company, texts }: Session, kind: Kind, options: Asked): Asked => {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(options['attribute'] ?? '') ?? []
  const plain = optionsOf(kind).map((name) => [name, options[name]] as const)
  return {
    ...Object.fromEntries(plain),
    ...(key === undefined ? {} : { [`attributes.${key}`]: value }),
    from: dayOf(options['from'], texts),
    to: dayOf(options['to'], texts),
    asOf: momentOf(options['asOf'], company.zone, texts),
    effectiveAt: momentOf(options['effectiveAt'], company.zone, texts),
  }
}

const kebab = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

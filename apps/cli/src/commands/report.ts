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
  type QuotationReport,
  type WinReport,
} from '@forsat/projections'
import { command, type Finish, group } from '../command.ts'
import { answerOf, askedOf, queryString } from '../http.ts'
import { dayOf, momentOf } from '../moments.ts'
import { reportTable } from '../report-table.ts'
import { type Desk, printJson, type Session, withSession } from '../session.ts'
import { type Exit, Stop } from '../shell.ts'

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
  'reopened',
  'asOf',
  'atPosition',
  'effectiveAt',
] as const
/** `company` chooses whose report it is. */
const filters = [
  ...dimensions.filter((name) => name !== 'attributes' && name !== 'company'),
  'status',
] as const

export const reportCommand = (desk: Desk, finish: Finish) => {
  const { about, lostReasons, winRate, quotations, pipeline } = desk.texts.report
  const grouping = [...filters, 'attributes.KEY', 'company', ...buckets].join(', ')
  const report = group(
    'report',
    { about, examples: ['report lost-reasons', 'report win-rate --group-by month'] },
    desk,
  )
  const kinds = [
    { name: 'lost-reasons', about: lostReasons, usual: 'reason' },
    { name: 'win-rate', about: winRate, usual: undefined },
    { name: 'quotations', about: quotations, usual: 'status' },
    { name: 'pipeline', about: pipeline, usual: 'stage' },
  ]
  for (const { name, about: what, usual } of kinds) {
    const examples = [
      `report ${name} --group-by team,month --from 2017-03-01 --to 2017-12-31`,
      `report ${name} --group-by ${usual ?? 'product'} --sort -lost --format csv`,
      `report ${name} --as-of 2026-01-10T22:00:00Z`,
    ]
    const each = command(name, { about: what, examples }, desk).option(
      '--format <format>',
      desk.texts.report.format,
      'table',
    ) as unknown as Command
    for (const parameter of [...parameters, ...filters]) {
      const taken = parameter === 'groupBy' ? ` (${grouping})` : ''
      each.option(`--${kebab(parameter)} <value>`, desk.texts.report.option(parameter) + taken)
    }
    each.option('--attribute <key=value>', desk.texts.report.option('attributes.KEY'))
    each.action(async (_options, { opts }: { opts: () => object }) => {
      const options = opts.call(each) as Asked & { readonly json?: true }
      const { json, store, company, as } = options
      const common = { store, company, as, json: json === true }
      finish(await withSession(desk, common, (session) => answer(session, name, options, usual)))
    })
    report.addCommand(each)
  }
  return report
}

const answer = async (
  session: Session,
  name: string,
  options: Asked & { readonly json?: unknown },
  usual: string | undefined,
): Promise<Exit> => {
  const format = options.json === true ? 'json' : options['format']
  if (format !== 'json' && format !== 'csv' && format !== 'table') {
    throw new Stop(2, `--format: ${session.texts.report.format}`)
  }
  const asked = { ...askedFor(session, options), groupBy: options['groupBy'] ?? usual }
  const path = `/reports/${name}`
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
const askedFor = ({ company, texts }: Session, options: Asked): Asked => {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(options['attribute'] ?? '') ?? []
  const plain = [...parameters, ...filters].map((name) => [name, options[name]] as const)
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

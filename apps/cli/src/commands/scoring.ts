/**
 * `forsat scoring …`: what scores have learnt, why one is what it is, and how good they would have been.
 *
 * @module
 */
import type { EvaluationView, ExplanationView } from '@forsat/projections'
import { command, type Finish, group } from '../command.ts'
import { askedOf } from '../http.ts'
import {
  type CommonOptions,
  type Desk,
  printJson,
  refused,
  type Session,
  withSession,
} from '../session.ts'
import type { Exit } from '../shell.ts'
import { table } from '../table.ts'

const digits = { minimumFractionDigits: 3, maximumFractionDigits: 3 }
const thousandths = {
  en: new Intl.NumberFormat('en', digits),
  fa: new Intl.NumberFormat('fa-IR-u-nu-arabext', digits),
}

const signed = { maximumFractionDigits: 2, signDisplay: 'always' } as const
const hundredths = {
  en: new Intl.NumberFormat('en', signed),
  fa: new Intl.NumberFormat('fa-IR-u-nu-arabext', signed),
}

export const scoringCommand = (desk: Desk, finish: Finish) => {
  const { about } = desk.texts.scoring
  const examples = ['scoring explain 01J8ZQ4T5V6W7X8Y9Z0A1B2C3D', 'scoring evaluate']
  return group('scoring', { about, examples }, desk)
    .addCommand(rebuildCommand(desk, finish))
    .addCommand(explainCommand(desk, finish))
    .addCommand(evaluateCommand(desk, finish))
}

const rebuildCommand = (desk: Desk, finish: Finish) =>
  command(
    'rebuild',
    { about: desk.texts.scoring.rebuild, examples: ['scoring rebuild'] },
    desk,
  ).action(async (options) => {
    finish(await withSession(desk, options, (session) => rebuild(session, options)))
  })

const rebuild = async (session: Session, { json }: CommonOptions): Promise<Exit> => {
  const { forsat, shell, texts, formats } = session
  const rebuilt = await forsat.projections.rebuild(['scoring'])
  if (rebuilt._tag === 'Left') return refused(session, rebuilt.left)
  const { position } = rebuilt.right
  if (json) printJson(session, { position: String(position) })
  else shell.out(`${texts.scoring.rebuilt(formats.number(position))}\n`)
  return 0
}

const explainCommand = (desk: Desk, finish: Finish) =>
  command(
    'explain',
    {
      about: desk.texts.scoring.explain,
      examples: ['scoring explain 01J8ZQ4T5V6W7X8Y9Z0A1B2C3D --lang fa'],
    },
    desk,
  )
    .argument('<id>', desk.texts.scoring.id)
    .action(async (id, options) => {
      finish(await withSession(desk, options, (session) => explain(session, id, options)))
    })

const explain = async (session: Session, id: string, { json }: CommonOptions): Promise<Exit> => {
  const { shell, texts, formats, language } = session
  const path = `/opportunities/${id.toUpperCase()}/probability/explanation`
  const told = await askedOf<ExplanationView>(session, path)
  if (json) {
    printJson(session, told)
    return 0
  }
  const { automatic, manual, none, together } = texts.scoring
  const shown = (value: number | null) => (value === null ? none : formats.percent(value))
  if (told.mode === 'manual') shell.out(`${manual(shown(told.value))}\n`)
  shell.out(`${automatic(shown(told.automatic), told.model)}\n${told.words[language]}\n`)
  for (const { words } of told.factors) shell.out(`  ${words[language]}\n`)
  const points = told.factors.reduce((sum, factor) => sum + factor.points, told.base)
  if (told.factors.length > 0) {
    shell.out(`${together(hundredths[language].format(points), shown(told.automatic))}\n`)
  }
  return 0
}

const evaluateCommand = (desk: Desk, finish: Finish) =>
  command(
    'evaluate',
    { about: desk.texts.scoring.evaluate, examples: ['scoring evaluate --json'] },
    desk,
  ).action(async (options) => {
    finish(await withSession(desk, options, (session) => evaluate(session, options)))
  })

const evaluate = async (session: Session, { json }: CommonOptions): Promise<Exit> => {
  const { shell, texts, formats, language } = session
  const told = await askedOf<EvaluationView>(session, '/scoring/evaluation')
  if (json) {
    printJson(session, told)
    return 0
  }
  const { model, count, none, from, mean, won } = texts.scoring
  const numeric = (title: string) => ({ title, numeric: true })
  const figure = (value: number | null) =>
    value === null ? none : thousandths[language].format(value)
  const measures = ['AUC', 'log-loss', 'Brier', 'ECE'].map(numeric)
  const rows = told.models.map((each) => [
    each.model,
    formats.number(each.count),
    ...[each.auc, each.logLoss, each.brier, each.ece].map(figure),
  ])
  shell.out(table([{ title: model }, numeric(count), ...measures], rows, { language }))
  const reliability = told.models.flatMap((each) =>
    each.reliability.map((row) => [
      each.model,
      `${formats.percent(row.from)}–${formats.percent(row.to)}`,
      formats.number(row.count),
      formats.percent(row.meanProbability),
      formats.percent(row.shareWon),
    ]),
  )
  const columns = [{ title: model }, { title: from }, ...[count, mean, won].map(numeric)]
  if (reliability.length > 0) shell.out(`\n${table(columns, reliability, { language })}`)
  return 0
}

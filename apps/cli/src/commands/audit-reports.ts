/**
 * `forsat audit seal`, `late` and `rules`: what is closed, what came after, and whether two agreed.
 *
 * @module
 */
import { lateEntries, periodOf, rulesBroken, sealPeriod } from '@forsat/application'
import { command, type Finish } from '../command.ts'
import { type Desk, printJson, refused, type Session, withSession } from '../session.ts'
import { type Exit, Stop } from '../shell.ts'
import { table } from '../table.ts'
import { auditTexts } from '../texts/audit.ts'
import { eventName } from '../texts/happenings.ts'
import { version } from '../version.ts'

export const sealCommand = (desk: Desk, finish: Finish) => {
  const texts = auditTexts[desk.language]
  const examples = ['audit seal --period 1404-10', 'audit seal --period 2026-Q1']
  return command('seal', { about: texts.seal, examples }, desk)
    .requiredOption('--period <period>', texts.period)
    .action(async (options) => {
      finish(await withSession(desk, options, (session) => seal(session, options)))
    })
}

const seal = async (
  session: Session,
  asked: { readonly period: string; readonly json?: true | undefined },
): Promise<Exit> => {
  const { forsat, company, context, shell, language } = session
  const texts = auditTexts[language]
  const digits = '۰۱۲۳۴۵۶۷۸۹'
  const period = periodOf(asked.period.replaceAll(/[۰-۹]/g, (each) => String(digits.indexOf(each))))
  if (period === undefined) throw new Stop(1, texts.periodWrong(asked.period))
  const sealing = { company, period, programVersion: version }
  const sealed = await sealPeriod(forsat, sealing, context)
  if (sealed._tag === 'Left') return refused(session, sealed.left)
  const { digest, position } = sealed.right
  if (asked.json)
    printJson(session, { ...period, period: period.key, digest, position: String(position) })
  else shell.out(`${texts.sealedNow(period.key, digest)}\n`)
  return 0
}

/** Told so many days after it happened, it is late. */
const usualDays = 30
const most = 1000

export const lateCommand = (desk: Desk, finish: Finish) => {
  const texts = auditTexts[desk.language]
  return command(
    'late',
    { about: texts.late, examples: ['audit late', 'audit late --days 7'] },
    desk,
  )
    .option('--days <number>', texts.days)
    .action(async (options) => {
      finish(await withSession(desk, options, (session) => late(session, options)))
    })
}

const late = async (
  session: Session,
  asked: { readonly days?: string | undefined; readonly json?: true | undefined },
): Promise<Exit> => {
  const { forsat, company, shell, formats, language, texts: all } = session
  const texts = auditTexts[language]
  if (asked.days !== undefined && !/^\d{1,5}$/.test(asked.days)) {
    throw new Stop(1, texts.numberWrong(asked.days))
  }
  const days = Number(asked.days ?? usualDays)
  const { items } = await lateEntries(forsat.store, { company, days, limit: most })
  if (asked.json) {
    printJson(session, {
      items: items.map((each) => ({ ...each, position: String(each.position) })),
    })
    return 0
  }
  if (items.length === 0) {
    shell.out(`${texts.nothingLate}\n`)
    return 0
  }
  const rows = items.map((each) => [
    formats.moment(each.occurredAt),
    formats.moment(each.recordedAt),
    formats.number(each.daysLate),
    each.period ?? '',
    each.actor,
    eventName(each.type, language),
    each.stream,
  ])
  const { when, recorded, who, what } = all.history
  const columns = [
    { title: when },
    { title: recorded },
    { title: texts.lateTitle, numeric: true },
    ...[texts.inPeriod, who, what].map((title) => ({ title })),
    { title: texts.record, flexible: true },
  ]
  shell.out(table(columns, rows, { language, width: shell.width }))
  return 0
}

export const rulesCommand = (desk: Desk, finish: Finish) => {
  const texts = auditTexts[desk.language]
  return command('rules', { about: texts.rules, examples: ['audit rules'] }, desk).action(
    async (options) => {
      finish(await withSession(desk, options, (session) => rules(session, options)))
    },
  )
}

const rules = async (
  session: Session,
  { json }: { readonly json?: true | undefined },
): Promise<Exit> => {
  const { forsat, company, shell, formats, language } = session
  const texts = auditTexts[language]
  const { checked, broken } = await rulesBroken(forsat.store, company.id)
  if (json) printJson(session, { checked, broken })
  else if (broken.length === 0) shell.out(`${texts.rulesKept(formats.number(checked))}\n`)
  else {
    const rows = broken.map(({ rule, stream, index }) => [
      texts.ruleNames[rule],
      stream,
      formats.number(index),
    ])
    const columns = [
      { title: texts.rule },
      { title: texts.record },
      { title: texts.at(''), numeric: true },
    ]
    shell.out(table(columns, rows, { language, width: shell.width }))
  }
  return broken.length > 0 ? 2 : 0
}

/**
 * `forsat replay`: the log read from its first event into fresh read models, up to a point. The same
 * point gives the same figures and the same digest, whoever replays it.
 *
 * @module
 */
import { command, type Finish } from '../command.ts'
import { momentOf } from '../moments.ts'
import { type Desk, printJson, type Session, withSession } from '../session.ts'
import { type Exit, Stop } from '../shell.ts'
import { table } from '../table.ts'
import { valueName } from '../texts/happenings.ts'

interface Asked {
  readonly asOf?: string | undefined
  readonly effectiveAt?: string | undefined
  readonly atPosition?: string | undefined
  readonly digest?: true | undefined
  readonly json?: true | undefined
}

export const replayCommand = (desk: Desk, finish: Finish) => {
  const { about, asOf, effectiveAt, atPosition, digest } = desk.texts.replay
  const examples = [
    'replay --digest',
    'replay --as-of 2026-01-10T22:00:00Z',
    'replay --effective-at 2017-06-30',
    'replay --at-position 1000 --json',
  ]
  return command('replay', { about, examples }, desk)
    .option('--as-of <moment>', asOf)
    .option('--effective-at <moment>', effectiveAt)
    .option('--at-position <number>', atPosition)
    .option('--digest', digest)
    .action(async (options) => {
      finish(await withSession(desk, options, (session) => replay(session, options)))
    })
}

const replay = async (session: Session, asked: Asked): Promise<Exit> => {
  const { forsat, company, shell, texts, formats, language } = session
  using past = await forsat.projections.replay(atOf(session, asked))
  const own = `company = '${company.id}'`
  const outcomes = past.sql(
    `SELECT outcome, count(*) FROM opportunity WHERE ${own} GROUP BY outcome ORDER BY outcome`,
  )
  const reasons = past.sql(
    `SELECT reason_id, reason, count(*) FROM loss WHERE ${own} AND standing = 'lost'
     GROUP BY reason_id, reason ORDER BY count(*) DESC, reason`,
  )
  const quotations = past.sql(
    `SELECT CASE WHEN status = 'sent' AND expires_at <= '${clockOf(session, asked)}' THEN 'expired'
       ELSE status END stands, count(*)
     FROM quotation WHERE ${own} AND status <> 'deleted' GROUP BY stands ORDER BY stands`,
  )
  const digest = asked.digest ? (await past.digest()).digest : undefined
  if (asked.json) {
    printJson(session, {
      position: String(past.position),
      outcomes: Object.fromEntries(outcomes.rows.map(([name, count]) => [name, count])),
      quotations: Object.fromEntries(quotations.rows.map(([name, count]) => [name, count])),
      lostReasons: reasons.rows.map(([id, reason, count]) => ({ id, reason, count })),
      ...(digest === undefined ? {} : { digest }),
    })
    return 0
  }
  const { outcome, count, reason, noReason, events, digestOf } = texts.replay
  const counted = { title: count, numeric: true }
  const number = (value: unknown) => formats.number(Number(value))
  shell.out(`${events} ${formats.number(past.position)}\n\n`)
  const names: Readonly<Record<string, string>> = texts.report.measures
  const byOutcome = outcomes.rows.map(([name, all]) => [
    names[String(name)] ?? String(name),
    number(all),
  ])
  shell.out(table([{ title: outcome }, counted], byOutcome, { language }))
  const byReason = reasons.rows.map(([, name, all]) => [String(name ?? noReason), number(all)])
  shell.out(`\n${table([{ title: reason }, counted], byReason, { language })}`)
  const byStatus = quotations.rows.map(([name, all]) => [
    valueName(String(name), language),
    number(all),
  ])
  if (byStatus.length > 0) {
    shell.out(`\n${table([{ title: texts.replay.quotation }, counted], byStatus, { language })}`)
  }
  if (digest !== undefined) shell.out(`\n${digestOf} ${digest}\n`)
  return 0
}

/** What the clock says then: in a past that of the past, else now. */
const clockOf = ({ forsat, company, texts }: Session, { asOf, effectiveAt }: Asked): string =>
  momentOf(effectiveAt ?? asOf, company.zone, texts) ?? forsat.clock.now()

type At = NonNullable<Parameters<Session['forsat']['projections']['replay']>[0]>

/** Up to which point; nothing given is all there is. */
const atOf = ({ company, texts }: Session, { asOf, effectiveAt, atPosition }: Asked): At => {
  if (atPosition !== undefined && !/^\d{1,15}$/.test(atPosition)) {
    throw new Stop(2, texts.replay.positionInvalid(atPosition))
  }
  const recorded = momentOf(asOf, company.zone, texts)
  const occurred = momentOf(effectiveAt, company.zone, texts)
  return {
    ...(atPosition === undefined ? {} : { position: Number(atPosition) }),
    ...(recorded === undefined ? {} : { asOf: recorded }),
    ...(occurred === undefined ? {} : { effectiveAt: occurred }),
  }
}

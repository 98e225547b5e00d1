/**
 * `forsat replay`: the log read from its first event into fresh read models, up to a point. The same
 * point gives the same figures and the same digest, whoever replays it.
 *
 * @module
 */
import { stateAt } from '@forsat/application'
import { type AsOf, asOfNamed } from '../as-of.ts'
import { command, type Finish } from '../command.ts'
import { momentOf } from '../moments.ts'
import { recordNamed } from '../record-named.ts'
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
    'replay Q-1404-0012 --as-of rev:3 --digest',
  ]
  return command('replay', { about, examples }, desk)
    .argument('[id]', desk.texts.replay.record)
    .option('--as-of <moment>', asOf)
    .option('--effective-at <moment>', effectiveAt)
    .option('--at-position <number>', atPosition)
    .option('--digest', digest)
    .action(async (id, options) => {
      const work = (session: Session) =>
        id === undefined ? replay(session, options) : replayRecord(session, id, options)
      finish(await withSession(desk, options, work))
    })
}

/** One record, as the state that decisions are made on. */
const replayRecord = async (session: Session, named: string, asked: Asked): Promise<Exit> => {
  const { forsat, shell, texts } = session
  const { stream } = await recordNamed(session, named)
  const then = await stateAt(stream, atOf(session, asked), forsat.store)
  if (then === undefined) throw new Stop(1, texts.history.unknown(named))
  const { digest, ...told } = then
  if (asked.json) printJson(session, asked.digest ? then : told)
  else {
    shell.out(`${JSON.stringify(told.state, null, 2)}\n`)
    if (asked.digest) shell.out(`\n${texts.replay.digestOf} ${digest}\n`)
  }
  return 0
}

const replay = async (session: Session, asked: Asked): Promise<Exit> => {
  const { forsat, company, shell, texts, formats, language } = session
  const { revision, ...at } = atOf(session, asked)
  if (revision !== undefined) throw new Stop(2, texts.replay.revisionOfRecord)
  using past = await forsat.projections.replay(at)
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
const clockOf = (session: Session, asked: Asked): string => {
  const { effectiveAt, asOf } = atOf(session, asked)
  return effectiveAt ?? asOf ?? session.forsat.clock.now()
}

/** Up to which point; nothing given is all there is. */
const atOf = (session: Session, { asOf, effectiveAt, atPosition }: Asked): AsOf => {
  const { company, texts } = session
  if (atPosition !== undefined && !/^\d{1,15}$/.test(atPosition)) {
    throw new Stop(2, texts.replay.positionInvalid(atPosition))
  }
  const occurred = momentOf(effectiveAt, company.zone, texts)
  return {
    ...(atPosition === undefined ? {} : { position: Number(atPosition) }),
    ...(asOf === undefined ? {} : asOfNamed(asOf, session)),
    ...(occurred === undefined ? {} : { effectiveAt: occurred }),
  }
}

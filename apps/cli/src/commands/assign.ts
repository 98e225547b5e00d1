/**
 * `forsat assign …`: gives waiting leads to those who take them, or shows who would get which.
 *
 * @module
 */
import { type Plan, reasonInWords } from '@forsat/domain'
import { planView } from '@forsat/projections'
import { command, type Finish, group } from '../command.ts'
import {
  type CommonOptions,
  type Desk,
  printJson,
  refused,
  type Session,
  withSession,
} from '../session.ts'
import { type Exit, Stop } from '../shell.ts'
import { table } from '../table.ts'
import { namesIn } from './assign-names.ts'
import { replayCommand } from './assign-replay.ts'
import { rulesCommand } from './assign-rules.ts'

export const assignCommand = (desk: Desk, finish: Finish) => {
  const examples = ['assign run --dry-run', 'assign run --seed 42', 'assign rules', 'assign replay']
  return group('assign', { about: desk.texts.assign.about, examples }, desk)
    .addCommand(runCommand(desk, finish))
    .addCommand(rulesCommand(desk, finish))
    .addCommand(replayCommand(desk, finish))
}

const runCommand = (desk: Desk, finish: Finish) => {
  const { assign } = desk.texts
  const examples = ['assign run --dry-run', 'assign run --dry-run --seed 42 --json']
  return command('run', { about: assign.run, examples }, desk)
    .option('--dry-run', assign.dryRun)
    .option('--seed <number>', assign.seed)
    .option('--team <id>', assign.team)
    .action(async ({ dryRun, seed, team, ...options }) => {
      const asked = { seed: seedOf(seed, desk), teamId: team }
      const work = (session: Session) =>
        dryRun ? tryOut(session, asked, options) : carryOut(session, asked, options)
      finish(await withSession(desk, options, work))
    })
}

const seedOf = (text: string | undefined, { texts }: Desk): number | undefined => {
  if (text === undefined) return undefined
  if (!/^\d{1,10}$/.test(text)) throw new Stop(2, texts.assign.noSeed(text))
  return Number(text)
}

type Printing = Pick<CommonOptions, 'json'>

const tryOut = async (session: Session, asked: object, { json }: Printing): Promise<Exit> => {
  const { forsat, context, shell, texts } = session
  const planned = await forsat.planAssignment(asked, context)
  if (planned._tag === 'Left') return refused(session, planned.left)
  const { seed, ...plan } = planned.right
  if (json) printJson(session, { seed, ...planView(plan) })
  else {
    await show(session, seed, plan)
    shell.err(`${texts.assign.tried}\n`)
  }
  return 0
}

const carryOut = async (session: Session, asked: object, { json }: Printing): Promise<Exit> => {
  const { forsat, context, scope } = session
  const outcome = await forsat.executeUnchecked({ type: 'RunAssignment', data: asked }, context)
  if (outcome._tag === 'Left') return refused(session, outcome.left)
  await forsat.settle()
  const { assignment } = forsat.query
  const eventId = outcome.right.events.at(-1)?.id ?? ''
  const run = await assignment.runOfEvent(eventId, scope)
  const plan = run && (await assignment.decisions(run.id, scope))
  if (run === undefined || plan === undefined) return refused(session, { type: 'NotFound' })
  if (json) printJson(session, run)
  else await show(session, run.seed, plan)
  return 0
}

/** Who gets which lead, team by team and person by person; then what waits, and why. */
const show = async (session: Session, seed: number, { assigned, left }: Plan): Promise<void> => {
  const { shell, texts, formats, language } = session
  const names = await namesIn(session, { assigned, left })
  const { teamTitle: team, person, lead, why } = texts.assign
  const say = (reason: Parameters<typeof reasonInWords>[0]) =>
    reasonInWords(reason, { language, leadName: names })
  const layout = { language }
  if (assigned.length > 0) {
    const rows = assigned.map(({ opportunityId, teamId, userId, reason }) => [
      names(teamId),
      names(userId),
      names(opportunityId),
      say(reason),
    ])
    const columns = [{ title: team }, { title: person }, { title: lead }, { title: why }]
    shell.out(table(columns, rows.toSorted(byFirstTwo), layout))
  }
  if (left.length > 0) {
    const rows = left.map(({ opportunityId, reason }) => [names(opportunityId), say(reason)])
    const heading = assigned.length > 0 ? '\n' : ''
    shell.out(`${heading}${table([{ title: texts.assign.waiting }, { title: why }], rows, layout)}`)
  }
  const count = (of: readonly object[]) => formats.number(of.length)
  shell.err(`${texts.assign.done(count(assigned), count(left), formats.digits(String(seed)))}\n`)
}

const byFirstTwo = (a: readonly string[], b: readonly string[]): number =>
  compared(a[0], b[0]) || compared(a[1], b[1])

const compared = (a = '', b = ''): number => (a < b ? -1 : Number(a > b))

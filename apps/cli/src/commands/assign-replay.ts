import { type Plan, reasonInWords } from '@forsat/domain'
import { command, type Finish } from '../command.ts'
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
import { namesIn } from './assign-names.ts'

/** `forsat assign replay`: a run planned again from the history that it rested on. */
export const replayCommand = (desk: Desk, finish: Finish) => {
  const { replay } = desk.texts.assign
  const examples = ['assign replay', 'assign replay 01KGXSXY40E4Z4W0QJAW3W3HVN --json']
  return command('replay', { about: replay.about, examples }, desk)
    .argument('[run]', replay.which)
    .action(async (id, options) => {
      finish(await withSession(desk, options, (session) => again(session, id, options)))
    })
}

const again = async (
  session: Session,
  asked: string | undefined,
  { json }: CommonOptions,
): Promise<Exit> => {
  const { forsat, context, shell, texts, formats } = session
  const id = asked ?? (await lastRun(session))
  if (id === undefined) {
    shell.err(`${texts.assign.replay.none}\n`)
    return 1
  }
  const replayed = await forsat.replayAssignment(id, context)
  if (replayed._tag === 'Left') return refused(session, replayed.left)
  const { seed, counts, digest, differences } = replayed.right
  const isSame = differences.length === 0 && digest.recorded === digest.replayed
  if (json) printJson(session, { ...replayed.right, same: isSame })
  else {
    const { done, replay } = texts.assign
    const number = (count: number) => formats.number(count)
    shell.err(
      `${done(number(counts.assigned), number(counts.left), formats.digits(String(seed)))}\n`,
    )
    if (differences.length > 0) await show(session, differences)
    shell.out(`${isSame ? replay.same(id) : replay.otherwise(id)}\n`)
  }
  return isSame ? 0 : 1
}

const lastRun = async ({ forsat, scope }: Session): Promise<string | undefined> => {
  const runs = await forsat.query.assignment.runs(scope, { limit: 1 })
  return runs._tag === 'Left' ? undefined : runs.right.items[0]?.id
}

type Replayed = Extract<
  Awaited<ReturnType<Session['forsat']['replayAssignment']>>,
  { readonly _tag: 'Right' }
>['right']
type Difference = Replayed['differences'][number]
type Decision = NonNullable<Difference['recorded']>

/** What was recorded of each lead, and what the rules say, side by side. */
const show = async (session: Session, differences: readonly Difference[]): Promise<void> => {
  const { shell, texts, language } = session
  const { lead, replay } = texts.assign
  const decisions = differences.flatMap(({ recorded, replayed }) =>
    [recorded, replayed].filter((decision) => decision !== undefined),
  )
  const names = await namesIn(session, planOf(decisions))
  const say = (decision: Decision | undefined): string => {
    if (decision === undefined) return replay.nothing
    const why = reasonInWords(decision.reason, { language, leadName: names })
    return 'userId' in decision ? `${names(decision.userId)}: ${why}` : why
  }
  const rows = differences.map(({ opportunityId, recorded, replayed }) => [
    names(opportunityId),
    say(recorded),
    say(replayed),
  ])
  const columns = [lead, replay.recorded, replay.again].map((title) => ({ title }))
  shell.out(table(columns, rows, { language }))
}

const planOf = (decisions: readonly Decision[]): Plan => ({
  assigned: decisions.flatMap((decision) => ('userId' in decision ? [decision] : [])),
  left: decisions.flatMap((decision) => ('userId' in decision ? [] : [decision])),
})

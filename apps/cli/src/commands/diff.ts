/**
 * `forsat diff ID --from X --to Y`: what changed in a record between two moments, field by field.
 *
 * @module
 */
import { asOfNamed } from '../as-of.ts'
import { command, type Finish } from '../command.ts'
import { namesOf } from '../names.ts'
import { recordNamed } from '../record-named.ts'
import { type Desk, printJson, type Session, withSession } from '../session.ts'
import { type Exit, Stop } from '../shell.ts'
import { table } from '../table.ts'
import { fieldName } from '../texts/happenings.ts'

interface Asked {
  readonly from: string
  readonly to?: string | undefined
  readonly json?: true | undefined
}

export const diffCommand = (desk: Desk, finish: Finish) => {
  const { about, from, to } = desk.texts.diff
  const examples = [
    'diff 01J8ZQ4T5V6W7X8Y9Z0A1B2C3D --from rev:0',
    'diff Q-1404-0012 --from 1404/10/01 --to 1404/10/30',
    'diff Q-1404-0012 --from rec:2026-01-10,eff:2025-12-31 --to pos:1000',
  ]
  return command('diff', { about, examples }, desk)
    .argument('<id>', desk.texts.history.id)
    .requiredOption('--from <moment>', from)
    .option('--to <moment>', to)
    .action(async (id, options) => {
      finish(await withSession(desk, options, (session) => tell(session, id, options)))
    })
}

const tell = async (session: Session, asked: string, { from, to, json }: Asked): Promise<Exit> => {
  const { forsat, scope, shell, texts, language } = session
  const { stream } = await recordNamed(session, asked)
  const changes = await forsat.query.difference(stream, scope, {
    from: asOfNamed(from, session),
    to: to === undefined ? {} : asOfNamed(to, session),
  })
  if (changes === undefined) throw new Stop(1, texts.history.unknown(asked))
  if (json) {
    printJson(session, { items: changes })
    return 0
  }
  if (changes.length === 0) {
    shell.out(`${texts.diff.same}\n`)
    return 0
  }
  const names = namesOf(session)
  const rows = await Promise.all(
    changes.map(async ({ field, from: before, to: after }) => [
      fieldName(field, language),
      before === undefined ? '' : await names.value(field, before),
      after === undefined ? '' : await names.value(field, after),
    ]),
  )
  const { field, before, after } = texts.diff
  const columns = [
    { title: field },
    { title: before, flexible: true },
    { title: after, flexible: true },
  ]
  shell.out(table(columns, rows, { language, width: shell.width }))
  return 0
}

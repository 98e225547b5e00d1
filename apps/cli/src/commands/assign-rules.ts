import { type Condition, inWords, isErased } from '@forsat/domain'
import type { MemberView, TeamView } from '@forsat/projections'
import { command, type Finish } from '../command.ts'
import { type CommonOptions, type Desk, printJson, type Session, withSession } from '../session.ts'
import type { Exit } from '../shell.ts'
import { table } from '../table.ts'

/** `forsat assign rules`: who takes which leads, and how many, as people say it. */
export const rulesCommand = (desk: Desk, finish: Finish) =>
  command('rules', { about: desk.texts.assign.rules, examples: ['assign rules'] }, desk).action(
    async (options) => {
      finish(await withSession(desk, options, (session) => tell(session, options)))
    },
  )

const tell = async (session: Session, { json }: CommonOptions): Promise<Exit> => {
  const { forsat, scope, shell, texts, language } = session
  const listed = await forsat.query.teams.list(scope, { limit: 200, filters: { archived: false } })
  if (listed._tag === 'Left') throw new Error('a list of teams was refused')
  const teams = listed.right.items
  if (json) {
    printJson(session, {
      items: teams.map(({ id, name, rules, members }) => ({ id, name, rules, members })),
    })
    return 0
  }
  const { teamTitle, person, takes, prefers, room } = texts.assign
  const columns = [teamTitle, person, takes, prefers, room].map((title) => ({ title }))
  const rows = await Promise.all(teams.map((team) => rowsOf(session, team, teams)))
  shell.out(table(columns, rows.flat(), { language }))
  return 0
}

/** The team as a whole, then each of its members. */
const rowsOf = async (
  session: Session,
  { name, rules, members }: TeamView,
  teams: readonly TeamView[],
): Promise<readonly (readonly string[])[]> => {
  const { language, formats } = session
  const say = (condition: Condition) =>
    inWords(condition, {
      language,
      money: formats.money,
      teamName: (id) => teams.find((team) => team.id === id)?.name ?? id,
    })
  const people = members.map(async (member) => [
    '',
    await nameOf(session, member),
    member.rules === undefined ? '' : say(member.rules),
    member.preferred === undefined ? '' : say(member.preferred),
    roomOf(session, member),
  ])
  return [[name, '', say(rules ?? { all: [] }), '', ''], ...(await Promise.all(people))]
}

const nameOf = async (
  { forsat, company, texts }: Session,
  { userId }: MemberView,
): Promise<string> => {
  const everybody = { company: company.id, everywhere: true }
  const name = (await forsat.query.users.get(userId, everybody))?.name
  return isErased(name) ? texts.history.erased : (name ?? userId)
}

const roomOf = (
  { texts: { assign }, formats }: Session,
  { paused, capacityPerDay: perDay, capacityPer30Days: per30Days }: MemberView,
): string => {
  if (paused === true) return assign.paused
  const inDay = perDay === undefined ? [] : [assign.perDay(formats.number(perDay))]
  const in30Days = per30Days === undefined ? [] : [assign.per30Days(formats.number(per30Days))]
  return [...inDay, ...in30Days].join(', ')
}

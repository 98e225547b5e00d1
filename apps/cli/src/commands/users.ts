/**
 * `forsat users …`: the people of the store, and the role that each has in a company.
 *
 * @module
 */
import { Argument, Option } from '@commander-js/extra-typings'
import { Role } from '@forsat/domain'
import type { UserView } from '@forsat/projections'
import { command, type Finish, group } from '../command.ts'
import {
  type CommonOptions,
  companiesOf,
  type Desk,
  printJson,
  refused,
  type Session,
  withSession,
} from '../session.ts'
import { type Exit, Stop } from '../shell.ts'
import { table } from '../table.ts'
import { registerUser } from '../user-registration.ts'

export const usersCommand = (desk: Desk, finish: Finish) => {
  const examples = ['users list', 'users create Sara --role sales', 'users grant ID manager']
  return group('users', { about: desk.texts.users.about, examples }, desk)
    .addCommand(listCommand(desk, finish))
    .addCommand(createCommand(desk, finish))
    .addCommand(roleCommand('grant', 'GrantRole', desk, finish))
    .addCommand(roleCommand('revoke', 'RevokeRole', desk, finish))
}

const listCommand = (desk: Desk, finish: Finish) =>
  command('list', { about: desk.texts.users.list, examples: ['users list --json'] }, desk).action(
    async (options) => {
      finish(await withSession(desk, options, (session) => list(session, options)))
    },
  )

const createCommand = (desk: Desk, finish: Finish) => {
  const { users } = desk.texts
  const examples = ['users create Sara --role sales --company "Rome office"']
  return command('create', { about: users.create, examples }, desk)
    .argument('<name>', users.name)
    .addOption(new Option('--role <role>', users.role).choices(Role.options).makeOptionMandatory())
    .action(async (name, { role, ...options }) => {
      const work = async (session: Session): Promise<Exit> => {
        const { company, shell, texts } = session
        const made = await registerUser(session, { name, role, companyIds: [company.id] })
        if (typeof made !== 'string') return refused(session, made)
        if (options.json) return await printUser(session, made)
        shell.out(`${texts.users.created(name, made)}\n`)
        return 0
      }
      finish(await withSession(desk, options, work, { begin: {} }))
    })
}

const roleCommand = (
  name: 'grant' | 'revoke',
  type: 'GrantRole' | 'RevokeRole',
  desk: Desk,
  finish: Finish,
) => {
  const { users } = desk.texts
  const examples = [`users ${name} 01J8ZQ4T5V6W7X8Y9Z0A1B2C3D analyst --company "Rome office"`]
  return command(name, { about: users[name], examples }, desk)
    .argument('<id>', users.id)
    .addArgument(new Argument('<role>', users.role).choices(Role.options))
    .action(async (id, role, options) => {
      const work = async (session: Session): Promise<Exit> => {
        const { forsat, company, context, shell, texts } = session
        const user = await userOf(session, id)
        const data = { id: user.id, companyId: company.id, role }
        // Users are of no company, or of the one in which they were registered.
        const everywhere = { ...context, company: undefined }
        const outcome = await forsat.execute({ type, data }, everywhere)
        if (outcome._tag === 'Left') return refused(session, outcome.left)
        if (options.json) return await printUser(session, user.id)
        shell.out(`${texts.users.done[name](nameOf(user, session), role, company.name)}\n`)
        return 0
      }
      finish(await withSession(desk, options, work))
    })
}

const list = async (session: Session, asked: CommonOptions): Promise<Exit> => {
  const { forsat, company, shell, texts, language } = session
  const scope = { company: company.id, everywhere: true }
  const listed = await forsat.query.users.list(scope, { limit: 200 })
  if (listed._tag === 'Left') throw new Error('a list of users was refused')
  const items = listed.right.items.filter(
    ({ roles }) =>
      asked.company === undefined || roles.some(({ companyId }) => companyId === company.id),
  )
  if (asked.json) {
    printJson(session, { items })
    return 0
  }
  const names = new Map((await companiesOf(forsat)).map((each) => [each.id, each.name]))
  const { id, name, roles, state, active, dead } = texts.users
  const rows = items.map((user) => [
    user.id,
    nameOf(user, session),
    user.roles.map((held) => `${held.role}: ${names.get(held.companyId) ?? ''}`).join('\n'),
    user.archived ? dead : active,
  ])
  const columns = [id, name, roles, state].map((title) => ({ title }))
  shell.out(table(columns, rows, { language }))
  return 0
}

const userOf = async ({ forsat, company, texts }: Session, id: string): Promise<UserView> => {
  const scope = { company: company.id, everywhere: true }
  const user = await forsat.query.users.get(id.toUpperCase(), scope)
  if (user === undefined) throw new Stop(1, texts.store.userUnknown(id))
  return user
}

const printUser = async (session: Session, id: string): Promise<Exit> => {
  await session.forsat.settle()
  printJson(session, await userOf(session, id))
  return 0
}

const nameOf = ({ name }: UserView, { texts }: Session): string =>
  typeof name === 'string' ? name : texts.history.erased

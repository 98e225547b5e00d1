/**
 * `forsat keys …`: API keys for callers, and a copy of the keys of personal data.
 *
 * @module
 */
import { Option } from '@commander-js/extra-typings'
import { issueApiKey } from '@forsat/application'
import { Role } from '@forsat/domain'
import type { UserView } from '@forsat/projections'
import { command, type Finish, group } from '../command.ts'
import { backUpKeys } from '../keys-backup.ts'
import {
  companiesOf,
  companyNamed,
  type Desk,
  printJson,
  refused,
  type Session,
  withSession,
} from '../session.ts'
import { placesIn, settingsOf } from '../settings.ts'
import { type Exit, Stop } from '../shell.ts'
import { table } from '../table.ts'
import { registerUser } from '../user-registration.ts'

export const keysCommand = (desk: Desk, finish: Finish) => {
  const { texts } = desk
  const examples = ['keys create --role sales --name "Sales desk"', 'keys list', 'keys revoke ID']
  return group('keys', { about: texts.keys.about, examples }, desk)
    .addCommand(createCommand(desk, finish))
    .addCommand(listCommand(desk, finish))
    .addCommand(revokeCommand(desk, finish))
    .addCommand(backupCommand(desk, finish))
}

const createCommand = (desk: Desk, finish: Finish) => {
  const { keys, options: common } = desk.texts
  const examples = [
    'keys create --role analyst --name "Dashboard"',
    'keys create --user 01J8ZQ4T5V6W7X8Y9Z0A1B2C3D --name "Web forms" --delegate',
  ]
  return (
    group('create', { about: keys.create, examples }, desk)
      .option('--store <store>', common.store)
      .option('--as <user>', common.as)
      .option('--json', common.json)
      .option('--user <id>', keys.user)
      .addOption(new Option('--role <role>', keys.role).choices(Role.options))
      .requiredOption('--name <text>', keys.name)
      // Of this command alone several companies may be named.
      .option('--company <company>', keys.companies, collected)
      .option('--delegate', keys.delegate)
      .action(async (options) => {
        const { user, role, company: companies = [] } = options
        if ((user === undefined) === (role === undefined)) throw new Stop(2, keys.either)
        const session = { store: options.store, as: options.as, company: companies[0] }
        const work = (opened: Session) => create(opened, { ...options, companies })
        finish(await withSession(desk, session, work, { begin: {} }))
      })
  )
}

const collected = (each: string, all: string[] | undefined): string[] => [...(all ?? []), each]

interface Creation {
  readonly user?: string | undefined
  readonly role?: Role | undefined
  readonly name: string
  readonly companies: readonly string[]
  readonly delegate?: true | undefined
  readonly json?: true | undefined
}

const create = async (session: Session, asked: Creation): Promise<Exit> => {
  const { forsat, context, company, shell, texts } = session
  const { user, role, name, delegate = false } = asked
  const companyIds = await companyIdsOf(session, asked.companies)
  const holder =
    role === undefined
      ? await knownUser(session, user ?? '', companyIds)
      : await registerUser(session, {
          name,
          role,
          companyIds: companyIds.length === 0 ? [company.id] : companyIds,
        })
  if (typeof holder !== 'string') return refused(session, holder)
  const issued = await issueApiKey(forsat, { userId: holder, name, companyIds, delegate }, context)
  if (issued._tag === 'Left') return refused(session, issued.left)
  const { id, key } = issued.right
  if (asked.json) printJson(session, { id, key, name, userId: holder, companyIds, delegate })
  else shell.out(`${key}\n`)
  shell.err(`${texts.keys.once}\n`)
  return 0
}

/** A key opens no door that its holder may not go through. */
const knownUser = async (
  { forsat, company, texts }: Session,
  id: string,
  companyIds: readonly string[],
): Promise<string> => {
  const user = await forsat.query.users.get(id, { company: company.id, everywhere: true })
  if (user === undefined) throw new Stop(1, texts.store.userUnknown(id))
  const closed = companyIds.find((each) => !holdsRole(user, each))
  if (closed !== undefined) throw new Stop(1, texts.keys.noRole(id, closed))
  return id
}

const holdsRole = ({ roles }: UserView, companyId: string): boolean =>
  roles.some((held) => held.companyId === companyId)

const companyIdsOf = async (
  { forsat, texts }: Session,
  asked: readonly string[],
): Promise<readonly string[]> => {
  const companies = await companiesOf(forsat)
  return [...new Set(asked.map((each) => companyNamed(each, companies, texts).id))]
}

const listCommand = (desk: Desk, finish: Finish) =>
  command('list', { about: desk.texts.keys.list, examples: ['keys list --json'] }, desk).action(
    async (options) => {
      const exit = await withSession(desk, options, async (session) => {
        const { forsat, company, shell, texts, formats, language } = session
        const everywhere = { company: company.id, everywhere: true }
        const listed = await forsat.query.apiKeys.list(everywhere, { limit: 200 })
        if (listed._tag === 'Left') throw new Error('a list of keys was refused')
        const { items } = listed.right
        if (options.json) {
          printJson(session, { items })
          return 0
        }
        const { id, nameTitle, userTitle, reach, all, issued, state, active, dead } = texts.keys
        const names = new Map((await companiesOf(forsat)).map((each) => [each.id, each.name]))
        const rows = items.map((key) => [
          key.id,
          key.name,
          key.userId,
          key.companyIds.length === 0
            ? all
            : key.companyIds.map((each) => names.get(each) ?? each).join('\n'),
          formats.moment(key.createdAt),
          key.archived ? dead : active,
        ])
        const columns = [id, nameTitle, userTitle, reach, issued, state].map((title) => ({ title }))
        shell.out(table(columns, rows, { language }))
        return 0
      })
      finish(exit)
    },
  )

const revokeCommand = (desk: Desk, finish: Finish) =>
  command('revoke', { about: desk.texts.keys.revoke, examples: ['keys revoke ID'] }, desk)
    .argument('<id>', desk.texts.keys.id)
    .action(async (id, options) => {
      const exit = await withSession(desk, options, async (session) => {
        const { forsat, company, context, shell, texts } = session
        const key = await forsat.query.apiKeys.get(id, { company: company.id, everywhere: true })
        if (key === undefined) throw new Stop(1, texts.keys.unknown(id))
        const revoked = await forsat.execute(
          { type: 'RevokeApiKey', data: { id } },
          { ...context, company: undefined },
        )
        if (revoked._tag === 'Left') return refused(session, revoked.left)
        if (options.json) printJson(session, { id, revoked: true })
        else shell.out(`${texts.keys.revoked(key.name)}\n`)
        return 0
      })
      finish(exit)
    })

const backupCommand = (desk: Desk, finish: Finish) =>
  command('backup', { about: desk.texts.keys.backup, examples: ['keys backup keys.json'] }, desk)
    .argument('<file>', desk.texts.backup.file)
    .action(async (file, options) => {
      const { shell, texts } = desk
      const places = placesIn(settingsOf(shell, texts, options))
      if (places.kind === 'memory') throw new Stop(2, texts.backup.needsFile)
      const { target, count } = await backUpKeys(places.keys, file, desk)
      if (options.json) printJson(desk, { file: target, keys: count })
      else shell.out(`${texts.keys.backedUp(String(count), file)}\n`)
      finish(0)
    })

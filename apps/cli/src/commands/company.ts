/**
 * `forsat company …`: what a company has settled, and the policies in force.
 *
 * @module
 */
import { type AnyCommand, commandInputs } from '@forsat/application'
import { PolicyChanges } from '@forsat/domain'
import { command, type Finish, group } from '../command.ts'
import { type Desk, printJson, refused, type Session, withSession } from '../session.ts'
import { type Exit, Stop } from '../shell.ts'
import { table } from '../table.ts'

export const companyCommand = (desk: Desk, finish: Finish) => {
  const { company } = desk.texts
  const examples = [
    'company show',
    'company set moneyUnit toman',
    'company set requireLostReason false',
  ]
  return group('company', { about: company.about, examples }, desk)
    .addCommand(
      command('show', { about: company.show, examples: ['company show --json'] }, desk).action(
        async (options) => {
          finish(await withSession(desk, options, (session) => show(session, options)))
        },
      ),
    )
    .addCommand(
      command('set', { about: company.set, examples: examples.slice(1) }, desk)
        .argument('<key>', company.key)
        .argument('<value>', company.value)
        .action(async (key, value, options) => {
          const work = (session: Session) => set(session, key, value, options)
          finish(await withSession(desk, options, work, { begin: {} }))
        }),
    )
}

const show = async (
  session: Session,
  { json = false }: { readonly json?: boolean | undefined },
): Promise<Exit> => {
  const { company, shell, texts, language } = session
  if (json) {
    printJson(session, company)
    return 0
  }
  const { policies, ...settings } = company
  const rows = [...Object.entries(settings), ...Object.entries(policies)].map(([name, value]) => [
    name,
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  ])
  const { setting, valueTitle } = texts.company
  shell.out(table([{ title: setting }, { title: valueTitle }], rows, { language }))
  return 0
}

const set = async (
  session: Session,
  key: string,
  text: string,
  { json = false }: { readonly json?: boolean | undefined },
): Promise<Exit> => {
  const { forsat, company, context, shell, texts } = session
  const outcome = await forsat.executeUnchecked(commandOf(session, key, text), context)
  if (outcome._tag === 'Left') return refused(session, outcome.left)
  if (json) {
    await forsat.settle(outcome.right.position)
    printJson(session, await forsat.query.companies.get(company.id, session.scope))
    return 0
  }
  const { done, unchanged } = texts.company
  const changed = outcome.right.events.length > 0
  shell.out(`${changed ? done(key, text) : unchanged(key)}\n`)
  return 0
}

/** The command that sets one setting or policy; `features.leads` is one of several. */
const commandOf = ({ company: { id }, texts }: Session, key: string, text: string): AnyCommand => {
  const [name = '', inner] = key.split('.')
  const value = inner === undefined ? valueOf(text) : { [inner]: valueOf(text) }
  if (Object.hasOwn(PolicyChanges.shape, name)) {
    return { type: 'SetPolicies', data: { id, [name]: value } }
  }
  if (name !== 'id' && Object.hasOwn(commandInputs.ReviseCompany.shape, name)) {
    // Settings are texts: what looks like a number is one of its digits.
    const plain = /^[[{]/.test(text) || text === 'null' ? valueOf(text) : text
    return { type: 'ReviseCompany', data: { id, [name]: inner === undefined ? plain : value } }
  }
  throw new Stop(2, texts.company.unknown(key))
}

/** JSON where it is JSON, else the text itself. */
const valueOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

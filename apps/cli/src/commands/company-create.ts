/**
 * `forsat company create NAME`: another company in the store, with an administrator; in an empty
 * store the first one.
 *
 * @module
 */
import { Option } from '@commander-js/extra-typings'
import {
  type Beginnings,
  commandInputs,
  type Forsat,
  type Refusal,
  setUp,
} from '@forsat/application'
import { compareKey } from '@forsat/domain'
import { command, type Finish } from '../command.ts'
import {
  type CommonOptions,
  caughtUp,
  companiesOf,
  type Desk,
  openStore,
  printJson,
  refused,
  sessionOf,
} from '../session.ts'
import { settingsOf } from '../settings.ts'
import { type Exit, Stop } from '../shell.ts'

export const createCommand = (desk: Desk, finish: Finish) => {
  const { company } = desk.texts
  const examples = [
    'company create "دفتر اصفهان"',
    'company create "Rome office" --currency EUR --zone Europe/Rome --language en',
  ]
  return command('create', { about: company.create, examples }, desk)
    .argument('<name>', company.name)
    .option('--currency <code>', company.currency)
    .option('--zone <zone>', company.zone)
    .addOption(new Option('--language <language>', company.language).choices(['fa', 'en'] as const))
    .action(async (name, { currency, zone, language, ...options }) => {
      finish(await create(desk, { name, currency, zone, language }, options))
    })
}

/** What a company begins with. */
type Founding = Beginnings & { readonly name: string }

const create = async (desk: Desk, founding: Founding, options: CommonOptions): Promise<Exit> => {
  const { shell, texts } = desk
  const { name } = founding
  const settings = settingsOf(shell, texts, options)
  await using forsat = await openStore(desk, settings, { make: true })
  await caughtUp(forsat, desk)
  const known = await companiesOf(forsat)
  // The command line knows companies by their names.
  if (known.some((each) => compareKey(each.name) === compareKey(name))) {
    throw new Stop(1, texts.company.known(name))
  }
  // Whoever is named must be there before there is a company for them.
  if (known.length > 0) await sessionOf(desk, settings, forsat, { as: options.as })
  const made = await founded(forsat, founding, { isFirst: known.length === 0, as: options.as })
  if (typeof made !== 'string') return refused(desk, made)
  await forsat.settle()
  if (options.json) printJson(desk, await forsat.query.companies.get(made, { company: made }))
  else shell.out(`${texts.company.created(name, made)}\n`)
  return 0
}

const founded = async (
  forsat: Forsat,
  { name, currency, zone, language }: Founding,
  { isFirst, as }: { readonly isFirst: boolean; readonly as: string | undefined },
): Promise<string | Refusal> => {
  const data = {
    name,
    ...(currency === undefined ? {} : { currency }),
    ...(zone === undefined ? {} : { zone }),
    ...(language === undefined ? {} : { language }),
  }
  if (isFirst && commandInputs.CreateCompany.safeParse(data).success) {
    return (await setUp(forsat, data)).companyId
  }
  const actor = { actor: `user:${as ?? 'local'}` }
  const made = await forsat.executeUnchecked({ type: 'CreateCompany', data }, actor)
  if (made._tag === 'Left') return made.left
  const { id: companyId } = made.right
  const { userId } = await setUp(forsat)
  const role = { id: as ?? userId, companyId, role: 'admin' } as const
  const granted = await forsat.execute({ type: 'GrantRole', data: role }, actor)
  return granted._tag === 'Left' ? granted.left : companyId
}

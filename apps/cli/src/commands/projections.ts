import type { Forsat } from '@forsat/application'
import { command, type Finish } from '../command.ts'
import { formatsOf } from '../formats.ts'
import { caughtUp, type Desk, printJson, refused, withStore } from '../session.ts'
import type { Exit } from '../shell.ts'
import { table } from '../table.ts'

/** `forsat projections`: how far each read model is, and what all of them hold as one number. */
export const projectionsCommand = (desk: Desk, finish: Finish) =>
  command(
    'projections',
    { about: desk.texts.projections.about, examples: ['projections', 'projections --digest'] },
    desk,
  )
    .option('--digest', desk.texts.projections.digest)
    .action(async (options) => {
      finish(await withStore(desk, options, (forsat) => tell(forsat, desk, options)))
    })

interface Asked {
  readonly digest?: true | undefined
  readonly json?: true | undefined
}

const tell = async (forsat: Forsat, desk: Desk, asked: Asked): Promise<Exit> => {
  const { shell, texts, language } = desk
  const formats = formatsOf(language)
  // What is behind is what is asked for; a digest of it would be equal to no other one.
  if (asked.digest) await caughtUp(forsat, desk)
  const digest = asked.digest ? await forsat.projections.digest() : undefined
  const items = await forsat.projections.status()
  if (asked.json) {
    printJson(desk, { items, ...(digest === undefined ? {} : { digest }) })
    return 0
  }
  const { projections: names } = texts
  const columns = [
    { title: names.name },
    { title: names.version, numeric: true },
    { title: names.position, numeric: true },
    { title: names.lag, numeric: true },
    { title: names.state },
    { title: names.reason },
    ...(digest === undefined ? [] : [{ title: texts.replay.digestOf }]),
  ]
  const rows = items.map((each) => [
    each.name,
    formats.number(each.version),
    formats.digits(each.position),
    formats.number(each.lag),
    each.state,
    each.reason ?? '',
    ...(digest === undefined ? [] : [digest.projections[each.name] ?? '']),
  ])
  shell.out(table(columns, rows, { language }))
  if (digest !== undefined) shell.out(`${texts.replay.digestOf} ${digest.digest}\n`)
  return 0
}

/** `forsat rebuild [PROJECTION]`: read models thrown away and made anew beside the old ones. */
export const rebuildCommand = (desk: Desk, finish: Finish) =>
  command(
    'rebuild',
    { about: desk.texts.rebuild.about, examples: ['rebuild', 'rebuild opportunities'] },
    desk,
  )
    .argument('[projection]', desk.texts.rebuild.projection)
    .action(async (projection, options) => {
      const names = projection === undefined ? undefined : [projection]
      finish(await withStore(desk, options, (forsat) => rebuild(forsat, desk, names, options)))
    })

const rebuild = async (
  forsat: Forsat,
  desk: Desk,
  names: readonly string[] | undefined,
  { json }: Pick<Asked, 'json'>,
): Promise<Exit> => {
  const { shell, texts, language } = desk
  const rebuilt = await forsat.projections.rebuild(names)
  if (rebuilt._tag === 'Left') return refused(desk, rebuilt.left)
  const { projections, position } = rebuilt.right
  if (json) printJson(desk, { projections, position: String(position) })
  else {
    const upTo = formatsOf(language).number(position)
    shell.out(`${texts.rebuild.done(projections.join(', '), upTo)}\n`)
  }
  return 0
}

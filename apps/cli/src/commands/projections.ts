import { command, type Finish } from '../command.ts'
import { askedOf } from '../http.ts'
import { type Desk, printJson, refused, withSession } from '../session.ts'
import { table } from '../table.ts'

/** What is behind or has stopped is what these commands are for. */
const asItIs = { wait: false } as const

/** `forsat projections`: how far each read model is, and what all of them hold as one number. */
export const projectionsCommand = (desk: Desk, finish: Finish) =>
  command(
    'projections',
    { about: desk.texts.projections.about, examples: ['projections', 'projections --digest'] },
    desk,
  )
    .option('--digest', desk.texts.projections.digest)
    .action(async (options) => {
      const exit = await withSession(
        desk,
        options,
        async (session) => {
          const { forsat, shell, texts, formats, language } = session
          const digest = options.digest ? await forsat.projections.digest() : undefined
          if (options.json) {
            const status = await askedOf<object>(session, '/projections')
            printJson(session, digest === undefined ? status : { ...status, digest })
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
          const rows = (await forsat.projections.status()).map((each) => [
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
        },
        asItIs,
      )
      finish(exit)
    })

/** `forsat rebuild [PROJECTION]`: read models thrown away and made anew beside the old ones. */
export const rebuildCommand = (desk: Desk, finish: Finish) =>
  command(
    'rebuild',
    { about: desk.texts.rebuild.about, examples: ['rebuild', 'rebuild opportunities'] },
    desk,
  )
    .argument('[projection]', desk.texts.rebuild.projection)
    .action(async (projection, options) => {
      const exit = await withSession(
        desk,
        options,
        async (session) => {
          const { forsat, shell, texts, formats } = session
          const names = projection === undefined ? undefined : [projection]
          const rebuilt = await forsat.projections.rebuild(names)
          if (rebuilt._tag === 'Left') return refused(session, rebuilt.left)
          const { projections, position } = rebuilt.right
          if (options.json) printJson(session, rebuilt.right)
          else {
            const list = projections.join(', ')
            shell.out(`${texts.rebuild.done(list, formats.number(position))}\n`)
          }
          return 0
        },
        asItIs,
      )
      finish(exit)
    })

import type { Forsat } from '@forsat/application'
import { command, type Finish } from '../command.ts'
import {
  type CommonOptions,
  caughtUp,
  type Desk,
  printJson,
  sessionOf,
  withStore,
} from '../session.ts'
import { settingsOf } from '../settings.ts'
import type { Exit } from '../shell.ts'

/** `forsat expire`: records which offers the clock has ended, in one company or in all. */
export const expireCommand = (desk: Desk, finish: Finish) =>
  command(
    'expire',
    { about: desk.texts.expire.about, examples: ['expire', 'expire --json'] },
    desk,
  ).action(async (options) => {
    finish(await withStore(desk, options, (forsat) => expire(forsat, desk, options)))
  })

const expire = async (forsat: Forsat, desk: Desk, options: CommonOptions): Promise<Exit> => {
  await caughtUp(forsat, desk)
  const settings = settingsOf(desk.shell, desk.texts, options)
  const { context, formats } = await sessionOf(desk, settings, forsat, options)
  const { company, ...everywhere } = context
  const { expired } = await forsat.expireDue(
    options.company === undefined ? everywhere : { ...everywhere, company },
  )
  if (options.json) {
    printJson(desk, { expired })
    return 0
  }
  for (const id of expired) desk.shell.out(`${id}\n`)
  desk.shell.err(`${desk.texts.expire.done(formats.number(expired.length))}\n`)
  return 0
}

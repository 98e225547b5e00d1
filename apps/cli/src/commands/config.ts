import { shownStore } from '@forsat/application'
import { command, type Finish } from '../command.ts'
import { type Desk, printJson } from '../session.ts'
import { placesIn, settingsOf } from '../settings.ts'
import { table } from '../table.ts'
import { version } from '../version.ts'

/** `forsat config`: where everything is, and what the environment has set. */
export const configCommand = (desk: Desk, finish: Finish) =>
  command(
    'config',
    { about: desk.texts.config.about, examples: ['config', 'config --json'] },
    desk,
  ).action((options) => {
    const { shell, texts, language } = desk
    const settings = settingsOf(shell, texts, options)
    const { kind, ...places } = placesIn(settings)
    const set = {
      version,
      kind,
      ...places,
      ...('store' in places ? { store: shownStore(places.store) } : {}),
      clock: settings.testClock?.now() ?? 'system',
      port: shell.env['PORT'] ?? '3000',
      host: shell.env['HOST'] ?? '127.0.0.1',
      mailFrom: shell.env['FORSAT_MAIL_FROM'] || '-',
      language,
      cwd: shell.cwd,
    }
    if (options.json) printJson(desk, set)
    else {
      const rows = Object.entries(set).map(([name, value]) => [name, value])
      shell.out(
        table([{ title: texts.company.setting }, { title: texts.company.valueTitle }], rows, {
          language,
        }),
      )
    }
    finish(0)
  })

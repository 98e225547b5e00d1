import { command, type Finish } from '../command.ts'
import { makeDemo } from '../demo/demo.ts'
import { company } from '../demo/people.ts'
import { formatsOf } from '../formats.ts'
import { caughtUp, type Desk, openStore, printJson } from '../session.ts'
import { settingsOf } from '../settings.ts'

/** `forsat demo`: a made-up company of its own, whatever else is in the store. */
export const demoCommand = (desk: Desk, finish: Finish) =>
  command(
    'demo',
    { about: desk.texts.demo.about, examples: ['demo', 'demo --store sqlite:demo.db'] },
    desk,
  ).action(async (options) => {
    const { shell, texts, language } = desk
    const { number } = formatsOf(language)
    await using forsat = await openStore(desk, settingsOf(shell, texts, options), { make: true })
    await caughtUp(forsat, desk)
    const made = await makeDemo(forsat)
    if (options.json) printJson(desk, { company: company.name, madeUp: true, ...made })
    else if (made === undefined) shell.out(`${texts.demo.there(company.name)}\n`)
    else {
      const { contacts, opportunities, quotations } = made
      const counts = [contacts, opportunities, quotations].map((count) => number(count))
      shell.out(`${texts.demo.made(company.name, counts)}\n${texts.demo.madeUp}\n`)
    }
    finish(0)
  })

/**
 * A command as all of them begin: with the options that every one has, and help in the caller's
 * language.
 *
 * @module
 */
import { Command, Option } from '@commander-js/extra-typings'
import type { Desk } from './session.ts'
import type { Exit } from './shell.ts'

export interface Described {
  readonly about: string
  /** Command lines without the program's name, for its help. */
  readonly examples: readonly string[]
}

/** What a command's action hands its result to. */
export type Finish = (exit: Exit) => void

/** A command that only holds others: it has no option but the language of its help. */
export const group = (name: string, { about, examples }: Described, { texts }: Desk) =>
  new Command(name)
    .description(about)
    .helpOption('-h, --help', texts.options.help)
    .helpCommand(false)
    .addOption(new Option('--lang <lang>', texts.options.lang).choices(['fa', 'en']))
    .configureHelp({
      styleTitle: (title) => titleIn(title, texts),
      optionDescription: ({ description, argChoices }) =>
        argChoices === undefined ? description : `${description} (${argChoices.join(', ')})`,
    })
    .addHelpText('after', `\n${texts.options.examples}\n${examples.map(shown).join('\n')}`)

/** A command with the options that every one has. */
export const command = (name: string, described: Described, desk: Desk) =>
  group(name, described, desk)
    .option('--store <store>', desk.texts.options.store)
    .option('--company <company>', desk.texts.options.company)
    .option('--as <user>', desk.texts.options.as)
    .option('--json', desk.texts.options.json)

const shown = (example: string): string => `  $ forsat ${example}`

/** The headings that the help of commands has, in the caller's language. */
const titleIn = (title: string, { options }: Desk['texts']): string =>
  ({
    'Usage:': options.usage,
    'Arguments:': `${options.arguments}:`,
    'Options:': `${options.title}:`,
    'Commands:': `${options.commands}:`,
  })[title] ?? title

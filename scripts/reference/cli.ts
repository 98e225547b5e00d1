/**
 * The reference of the command line: every command with its arguments and options, from the program
 * itself.
 *
 * @module
 */
import { programOf } from '../../apps/cli/src/program.ts'
import { texts } from '../../apps/cli/src/texts/texts.ts'

const introduction = `# Command line

\`\`\`text
npm run -s forsat -- COMMAND [ARGUMENTS]
\`\`\`

Files are looked for in the folder you stand in. Standard output is the answer alone; what is said beside it goes to standard
error. \`--help\` behind any command shows its options with examples, \`--lang fa\` in Persian. Options may be written as HTTP
names its parameters, too: \`--groupBy\` is \`--group-by\`.

| exit code | what |
| --- | --- |
| 0 | done |
| 1 | a rule said no, or a check failed |
| 2 | used wrongly |
| 3 | the store, or the port, is out of reach |

This page is made from the program (\`pnpm reference\`).

## Options of every command
`

interface Option {
  readonly flags: string
  readonly description: string
  readonly long?: string | undefined
}

interface Command {
  readonly commands: readonly Command[]
  readonly options: readonly Option[]
  readonly registeredArguments: readonly { readonly description: string; name(): string }[]
  name(): string
  usage(): string
  description(): string
}

export const cliPage = (): string => {
  const desk = { shell: silent, texts: texts.en, language: 'en' } as const
  const program: Command = programOf(desk, () => {})
  const leaves = leavesOf(program, [])
  const shared = sharedBy(leaves.map(({ command }) => command))
  return [introduction, optionTable(shared), ...leaves.map((leaf) => sectionOf(leaf, shared))].join(
    '\n',
  )
}

const silent = {
  env: {},
  cwd: '.',
  home: '.',
  watched: false,
  out: () => {},
  err: () => {},
  stopped: () => AbortSignal.abort(),
}

interface Leaf {
  readonly command: Command
  readonly names: readonly string[]
}

const leavesOf = (command: Command, above: readonly string[]): readonly Leaf[] =>
  command.commands.flatMap((each) => {
    const names = [...above, each.name()]
    return each.commands.length === 0 ? [{ command: each, names }] : leavesOf(each, names)
  })

const sharedBy = (commands: readonly Command[]): readonly Option[] => {
  const [first, ...others] = commands
  return (first?.options ?? []).filter(({ flags }) =>
    others.every(({ options }) => options.some((each) => each.flags === flags)),
  )
}

const sectionOf = ({ command, names }: Leaf, shared: readonly Option[]): string => {
  const own = command.options.filter(({ flags }) => !shared.some((each) => each.flags === flags))
  const { registeredArguments: given } = command
  const rows = [
    ...given.map((each) => ({ flags: each.name(), description: each.description })),
    ...own,
  ]
  const call = [...names, ...given.map((each) => each.name().toUpperCase())].join(' ')
  return `## forsat ${call}\n\n${command.description()}\n${rows.length === 0 ? '' : `\n${optionTable(rows)}`}`
}

const optionTable = (options: readonly Option[]): string =>
  [
    '| | what |',
    '| --- | --- |',
    ...options.map(({ flags, description }) => `| \`${flags}\` | ${description} |`),
    '',
  ].join('\n')

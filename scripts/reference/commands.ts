/**
 * The reference of commands: everything that may be asked of the library, with the data it takes.
 *
 * @module
 */
import { commandInputs } from '@forsat/application'
import type * as z from 'zod'
import { type Field, fieldsOf } from './value.ts'

const introduction = `# Commands

What \`forsat.execute({ type, data }, context)\` takes, and what HTTP and the command line hand over (the \`x-command\` of a
route in \`/openapi.json\` names its command). A command is answered with the events it led to, or with the
[code](errors.md) of the rule that stood in the way.

Values are those of the [reference of events](events.md); this page is made from the schemas that commands are checked with
(\`pnpm reference\`). An \`id\` that may be absent is minted.
`

export const commandsPage = (): string =>
  [introduction, ...Object.entries<z.ZodObject>(commandInputs).map(sectionOf)].join('\n')

const sectionOf = ([name, input]: readonly [string, z.ZodObject]): string => {
  const rows = fieldsOf(input).map(
    (field) => `| \`${field.name}\` | ${field.value} | ${notes(field)} |`,
  )
  return `## ${name}\n\n| field | value | notes |\n| --- | --- | --- |\n${rows.join('\n')}\n`
}

const notes = ({ optional, clearable, usual }: Field): string =>
  [
    ...(optional && usual === undefined ? ['may be absent'] : []),
    ...(usual === undefined ? [] : [`\`${usual}\` if absent`]),
    ...(clearable ? ['null clears'] : []),
  ].join('; ')

/**
 * The reference of events: every event that is written now, with its fields, from its own schema.
 *
 * @module
 */

import type { PersonalMark } from '@forsat/domain'
import { aggregates, type Category } from '@forsat/domain'
import type * as z from 'zod'
import { type Field, fieldsOf } from './value.ts'

const introduction = `# Events

Everything Forsat knows is one of these events. They are stored for good: a shape changes only by gaining a version, and
whoever reads gets the newest (see [how history stays readable](../adr/0004-event-names-versions-and-upcasting.md)).

This page is made from the schemas that events are checked with (\`pnpm reference\`), and a check compares the two.

| value | what it is |
| --- | --- |
| id | a ULID: 26 characters of Crockford's base 32, upper case |
| date | a local day of the company, Gregorian, \`YYYY-MM-DD\` |
| instant | a moment in UTC to the millisecond, \`2026-01-10T22:00:00.000Z\` |
| money | \`{"amount": "1740.00", "currency": "EUR"}\`: exact decimal text with the currency's digits |
| unit price | money of at most 18 digits before the point; up to two digits finer, where the currency has any |
| currency | three capital letters of ISO 4217 |
| line | one line of text, up to 200 characters |
| label | one line up to 100 characters that people group by; public |
| free text | any lines, up to 4,000 characters |
| decimal text | an exact number, \`"2.5"\` |
| own fields | up to 50 fields of the company's own: name to line, number, true or false |
| condition | \`{all: [condition]}\`, \`{any: [condition]}\`, \`{not: condition}\` or \`{field, op, value}\`: what a lead must be like; the guide to assignment has all fields |
| external id | \`system\` and \`id\`: what another system knows the record by |
| identifier | \`kind\` and \`value\`: an official number of a person or a company |

**may be absent**: the field is left out where nothing is known or nothing changed. **null clears**: the field was emptied.
**personal**: sealed under a key of its subject before it is stored; once that key is destroyed the field reads
\`{"erased": true}\` (see [personal data](../explanation/personal-data.md)). "of the contact" means the contact's key, or the
record's own while no contact is named.
`

export const eventsPage = (): string =>
  [introduction, ...(Object.keys(aggregates) as Category[]).map(sectionOf)].join('\n')

const sectionOf = (category: Category): string => {
  const { codec } = aggregates[category]
  const personal: Readonly<Record<string, Marks>> = codec.personal
  const storedTypes: Readonly<Record<string, string>> = codec.storedTypes
  const events = Object.entries<z.ZodObject>(codec.schemas).map(
    ([name, schema]) =>
      `### ${name}\n\nStored as \`${storedTypes[name]}\`.${fieldTable(schema, personal[name] ?? {})}\n`,
  )
  return [`## Streams \`${category}-…\`\n`, ...events].join('\n')
}

type Marks = Readonly<Record<string, PersonalMark>>

const fieldTable = (schema: z.ZodObject, marks: Marks): string => {
  const fields = fieldsOf(schema)
  if (fields.length === 0) return ' It says nothing but that it happened.'
  const rows = fields.map(
    (field) => `| \`${field.name}\` | ${field.value} | ${notes(field, marks)} |`,
  )
  return ['\n', '| field | value | notes |', '| --- | --- | --- |', ...rows].join('\n')
}

const notes = ({ name, optional, clearable }: Field, marks: Marks): string => {
  const mark = marks[name]
  return [
    ...(optional ? ['may be absent'] : []),
    ...(clearable ? ['null clears'] : []),
    ...(mark === undefined ? [] : [`personal, of the ${mark.subject}`]),
  ].join('; ')
}

/**
 * The reference of HTTP: how to ask, and every operation of the server's own document.
 *
 * @module
 */
import { openForsat } from '@forsat/application'
import { createApp } from '../../apps/api/src/index.ts'

const introduction = `# HTTP

A running server describes itself: \`/docs\` to read and try, \`/openapi.json\` for programs (OpenAPI 3.1). This page says what
all operations share, and lists them; the list is made from that document (\`pnpm reference\`).

## Asking

| header | what |
| --- | --- |
| \`Authorization: Bearer KEY\` | whose key it is says what is allowed |
| \`Forsat-Company: ID\` | which company; by default the key's only or first one |
| \`Idempotency-Key\` | on any POST: a repeat is answered like the first call, for at least a day, also after a restart; the same key with another body is 422 |
| \`If-Match: "REVISION"\` | only if nobody was faster, else 412; the revision is the \`ETag\` of an answer |
| \`Accept-Language\` | \`fa\` or \`en\`: the language of sentences for people |

Bodies are JSON in UTF-8. Nothing is guessed: unknown fields, wrong types, a name twice, a parameter twice are 400 with a
pointer to each. Every command takes \`occurredAt\`, if it happened before now.

## Answers

What is made answers 201 with \`Location\` and the record; a command 200 with the record as GET gives it. Bulk commands
answer \`{"items": [{"id", "ok", …}]}\`, one for each. \`Forsat-Position\` tells how far the log had come, \`Forsat-Stale: true\`
that the record shown has not caught up with the command yet. A refusal is a problem document with a [code](errors.md).

Lists take \`limit\` (1 to 200), \`cursor\`, \`sort\` (a minus turns it round) and \`count=true\`, and answer
\`{"items", "next", "total"}\`. \`minPosition=N\` waits for the read models to have seen N, or is 503.

Records and reports can be asked as they were: \`asOf=INSTANT\`, \`atPosition=N\`, \`effectiveAt=INSTANT\`; see
[two times](../explanation/two-times.md).

The role an operation asks for: *read* is any role in the company; *sell* is sales, manager or admin; *manage* is manager or
admin; *administer* is admin.

Beside what is listed: \`/healthz\` (it lives), \`/readyz\` (it can answer), \`/metrics\`, and the pages at \`/\`.
`

interface Operation {
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly 'x-role'?: string
  readonly 'x-command'?: string | readonly string[]
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

interface Row extends Operation {
  readonly method: string
  readonly path: string
}

export const httpPage = async (): Promise<string> => {
  const rows = rowsOf(await documentOfServer())
  const tags = [...new Set(rows.flatMap(({ tags: each = [] }) => each))]
  return [introduction, ...tags.map((tag) => sectionOf(tag, rows))].join('\n')
}

const documentOfServer = async (): Promise<Document> => {
  await using forsat = await openForsat({ store: 'memory:' })
  const app = await createApp({ forsat, auth: 'keys' })
  const answer = await app.inject('/openapi.json')
  await app.close()
  return answer.json<Document>()
}

const rowsOf = ({ paths }: Document): readonly Row[] =>
  Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
    })),
  )

const sectionOf = (tag: string, rows: readonly Row[]): string =>
  [
    `## ${tag}\n`,
    '| | what | role | command |',
    '| --- | --- | --- | --- |',
    ...rows.filter(({ tags = [] }) => tags.includes(tag)).map(line),
    '',
  ].join('\n')

const line = ({ method, path, summary = '', ...said }: Row): string => {
  const commands = [said['x-command'] ?? []]
    .flat()
    .map((name) => `[${name}](commands.md#${name.toLowerCase()})`)
  return `| \`${method} ${path}\` | ${summary} | ${said['x-role'] ?? 'anyone'} | ${commands.join(', ')} |`
}

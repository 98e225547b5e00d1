import { SqlRefused } from '@forsat/projections'
import { command, type Finish } from '../command.ts'
import { type Desk, printJson, type Session, withSession } from '../session.ts'
import { type Exit, Stop } from '../shell.ts'
import { table } from '../table.ts'

/** `forsat sql "select …"`: a question over the read models. */
export const sqlCommand = (desk: Desk, finish: Finish) =>
  command(
    'sql',
    {
      about: desk.texts.sql.about,
      examples: ['sql "select outcome, count(*) from opportunity group by outcome"'],
    },
    desk,
  )
    .argument('<query>', desk.texts.sql.query)
    .action(async (query, options) => {
      finish(await withSession(desk, options, async (session) => answer(session, query, options)))
    })

const answer = (
  session: Session,
  query: string,
  { json = false }: { readonly json?: boolean | undefined },
): Exit => {
  const { forsat, shell, texts, formats, language } = session
  const { columns, rows } = asked(forsat, query)
  if (json) {
    const named = rows.map((row) =>
      Object.fromEntries(columns.map((column, index) => [column, plain(row[index])])),
    )
    printJson(session, named)
    return 0
  }
  const numeric = columns.map((_, index) =>
    rows.every((row) => ['number', 'bigint'].includes(typeof row[index]) || row[index] === null),
  )
  const titles = columns.map((title, index) => ({ title, numeric: numeric[index] === true }))
  // What a database answers stays as it is: ids, codes and amounts are for reading on.
  const cells = rows.map((row) => row.map((cell) => (cell === null ? '' : String(plain(cell)))))
  shell.out(table(titles, cells, { language }))
  if (shell.watched) shell.err(`${texts.sql.rows(formats.number(rows.length))}\n`)
  return 0
}

const asked = ({ projections }: Session['forsat'], query: string) => {
  try {
    return projections.sql(query)
  } catch (error) {
    if (error instanceof SqlRefused) throw new Stop(2, error.message)
    throw error
  }
}

const plain = (cell: unknown): unknown => {
  if (cell instanceof Uint8Array) return Buffer.from(cell).toString('hex')
  return typeof cell === 'bigint' ? String(cell) : cell
}

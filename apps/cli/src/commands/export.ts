/**
 * `forsat export`: the log in an open format, or as a bundle that anybody can check.
 *
 * @module
 */
import { type FileHandle, mkdir, open, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Option } from '@commander-js/extra-typings'
import { exportFormats } from '@forsat/application'
import { asciiDigits, parseInstant } from '@forsat/domain'
import { parseDate, startOfDay } from '@forsat/domain/time'
import { tarEnd, tarFile } from '@forsat/ledger'
import { command, type Finish } from '../command.ts'
import { momentOf } from '../moments.ts'
import {
  type CommonOptions,
  type Desk,
  printJson,
  refused,
  type Session,
  withSession,
} from '../session.ts'
import { type Exit, Stop } from '../shell.ts'

interface Asked extends CommonOptions {
  readonly format: (typeof exportFormats)[number] | 'bundle'
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly streams?: string | undefined
  readonly out?: string | undefined
  readonly reveal?: true | undefined
}

export const exportCommand = (desk: Desk, finish: Finish) => {
  const texts = desk.texts.export
  const examples = [
    'export --format bundle --out handover.tar',
    'export --format csv --from 1404/01/01 --to 1404/12/29 --out log.csv',
    'export --format jsonl --streams quotation,contact-01J8ZQ4T5V6W7X8Y9Z0A1B2C3D --reveal',
  ]
  const format = new Option('--format <format>', texts.format).choices([...exportFormats, 'bundle'])
  return command('export', { about: texts.about, examples }, desk)
    .addOption(format.default('jsonl'))
    .option('--from <moment>', texts.from)
    .option('--to <moment>', texts.to)
    .option('--streams <streams>', texts.streams)
    .option('--out <file>', texts.out)
    .option('--reveal', texts.reveal)
    .action(async (options) => {
      const asked = options as Asked
      if (asked.out === undefined && asked.json === true) throw new Stop(2, texts.outMissing)
      if (asked.out === undefined && asked.format === 'bundle') throw new Stop(2, texts.outMissing)
      finish(await withSession(desk, asked, (session) => produce(session, asked)))
    })
}

const produce = async (session: Session, asked: Asked): Promise<Exit> => {
  const { forsat, shell, texts, formats, company } = session
  const { format, out, json } = asked
  // One that was named is all that is told of; else it is the whole log.
  const named =
    asked.company === undefined ? {} : { companies: [company.id], manages: [company.id] }
  const context = { ...session.context, ...named }
  const filter = filterOf(asked, session)
  const made =
    format === 'bundle'
      ? forsat.export.bundle(filter, context)
      : forsat.export.file(format, filter, context)
  if (made._tag === 'Left') return refused(session, made.left)
  const { parts, produced } = made.right
  if (out === undefined) {
    for await (const part of parts) if (typeof part === 'string') shell.out(part)
  } else await written(parts, resolve(shell.cwd, out), session)
  const { sha256, rows } = await produced()
  if (json) printJson(session, { format, sha256, rows, file: out })
  else shell.err(`${texts.export.done(formats.number(rows), sha256)}\n`)
  return 0
}

const filterOf = ({ from, to, streams, reveal }: Asked, { company, texts }: Session) => ({
  ...(from !== undefined && { from: beginningOf(from, company.zone, texts) }),
  ...(to !== undefined && { to: momentOf(to, company.zone, texts) }),
  ...(streams !== undefined && { streams: streams.split(',') }),
  ...(reveal === true && { reveal }),
})

/** The moment of a text; of a day the first one, in the company's zone. */
const beginningOf = (text: string, zone: string, texts: Session['texts']): string => {
  const instant = parseInstant(asciiDigits(text))
  if (instant !== undefined) return instant
  const day = parseDate(text)
  if (day === undefined) throw new Stop(2, texts.store.clock(text))
  return startOfDay(day, zone)
}

type Part = string | { readonly path: string; readonly content: string }

/** Into one file, as a tar where it is to be one, or a bundle into a folder. */
const written = async (
  parts: AsyncIterable<Part>,
  path: string,
  { texts }: Session,
): Promise<void> => {
  const isArchive = path.endsWith('.tar')
  let file: FileHandle | undefined
  try {
    for await (const part of parts) {
      if (typeof part !== 'string' && !isArchive) {
        const place = join(path, part.path)
        await mkdir(dirname(place), { recursive: true })
        await writeFile(place, part.content)
        continue
      }
      file ??= await open(path, 'w', 0o600)
      await file.write(typeof part === 'string' ? Buffer.from(part, 'utf8') : tarFile(part))
    }
    if (isArchive) await file?.write(tarEnd())
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw new Stop(1, texts.export.unwritable(path))
    throw error
  } finally {
    await file?.close()
  }
}

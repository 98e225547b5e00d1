/**
 * `forsat document ID`: a quotation as it is printed, in a file.
 *
 * @module
 */
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Option } from '@commander-js/extra-typings'
import { documentName, quotationHtml, quotationPdf } from '@forsat/document'
import type { QuotationView } from '@forsat/projections'
import { command, type Finish } from '../command.ts'
import { type CommonOptions, type Desk, printJson, type Session, withSession } from '../session.ts'
import { type Exit, Stop } from '../shell.ts'

interface Asked extends CommonOptions {
  readonly format: 'html' | 'pdf'
  readonly version?: string | undefined
  readonly out?: string | undefined
}

export const documentCommand = (desk: Desk, finish: Finish) => {
  const { about, id: named, format, version, out } = desk.texts.document
  const examples = [
    'document Q-1404-0012',
    'document Q-1404-0012-v2 --format html',
    'document 01J8ZQ4T5V6W7X8Y9Z0A1B2C3D --version 1 --out offer.pdf',
  ]
  return command('document', { about, examples }, desk)
    .argument('<id>', named)
    .addOption(new Option('--format <format>', format).choices(['html', 'pdf']).default('pdf'))
    .option('--version <version>', version)
    .option('--out <file>', out)
    .action(async (id, options) => {
      const asked = options as Asked
      finish(await withSession(desk, asked, (session) => print(session, id, asked)))
    })
}

const print = async (session: Session, named: string, options: Asked): Promise<Exit> => {
  const { forsat, company, shell, texts } = session
  const { format, version, out } = options
  if (version !== undefined && !/^[1-9]\d{0,8}$/.test(version)) {
    throw new Stop(2, texts.document.notWhole(version))
  }
  const offer = await offerNamed(session, named)
  const wanted = version === undefined ? versionNamed(offer, named) : Number(version)
  const facts = await forsat.documentOf(offer.id, { company: company.id, version: wanted })
  if (facts === undefined) throw new Stop(1, texts.document.versionUnknown(String(wanted)))

  const file = out ?? documentName(facts, format)
  const path = resolve(shell.cwd, file)
  await writeFile(path, format === 'html' ? quotationHtml(facts) : await quotationPdf(facts)).catch(
    () => {
      throw new Stop(1, texts.document.unwritable(file))
    },
  )
  if (options.json === true)
    printJson(session, { id: offer.id, version: facts.version, file: path })
  else shell.out(`${texts.document.done(file)}\n`)
  return 0
}

/** By its id, or by the number of any of its versions. */
const offerNamed = async (
  { forsat: { query }, scope, texts }: Session,
  named: string,
): Promise<QuotationView> => {
  const listed = await query.quotations.list(scope, { filters: { number: named }, limit: 1 })
  const [numbered] = listed._tag === 'Right' ? listed.right.items : []
  const offer = await query.quotations.get(numbered?.id ?? named.toUpperCase(), scope)
  if (offer === undefined) throw new Stop(1, texts.document.unknown(named))
  return offer
}

/** A number names the version that it stands on; an id names none. */
const versionNamed = ({ versions }: QuotationView, named: string): number | undefined =>
  versions.find(({ number }) => number === named)?.version

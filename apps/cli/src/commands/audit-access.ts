/**
 * `forsat audit access`: who took data out, who opened what, who was turned away, who gave which right.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import { command, type Finish } from '../command.ts'
import { formatsOf } from '../formats.ts'
import {
  type CommonOptions,
  companiesOf,
  companyNamed,
  type Desk,
  printJson,
  withStore,
} from '../session.ts'
import type { Exit } from '../shell.ts'
import { table } from '../table.ts'
import { eventName } from '../texts/happenings.ts'

export const auditAccess = (desk: Desk, finish: Finish) => {
  const examples = ['audit access', 'audit access --json']
  return command('access', { about: desk.texts.audit.access, examples }, desk).action(
    async (options) => {
      finish(await withStore(desk, options, (forsat) => tell(forsat, desk, options)))
    },
  )
}

type Entry = Awaited<ReturnType<Forsat['access']['entries']>>[number]

const tell = async (forsat: Forsat, desk: Desk, options: CommonOptions): Promise<Exit> => {
  const { company: asked, json = false } = options
  const { shell, texts, language } = desk
  const companies = await companiesOf(forsat)
  const company = asked === undefined ? undefined : companyNamed(asked, companies, texts)
  const items = await forsat.access.entries({ company: company?.id })
  const administration = await forsat.administration(company?.id)
  if (json) {
    printJson(desk, { items, administration })
    return 0
  }
  const { moment, number } = formatsOf(language)
  const { when, who, what, of } = texts.audit.accessColumns
  const columns = [when, who, what, of].map((title) => ({ title }))
  const noted = items.map(({ at, actor, note }) => ({
    at,
    cells: [actor, texts.audit.accesses[note.what], detailOf(note, number)],
  }))
  const acts = administration.map(({ at, actor, type, stream }) => ({
    at,
    cells: [actor, eventName(type, language), stream],
  }))
  const rows = [...noted, ...acts]
    .toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)))
    .map(({ at, cells }) => [moment(at), ...cells])
  if (rows.length > 0) shell.out(table(columns, rows, { language, width: shell.width }))
  return 0
}

const detailOf = (note: Entry['note'], number: (of: number) => string): string => {
  switch (note.what) {
    case 'export':
      return note.format
    case 'reveal':
      return note.of
    case 'refusedKey':
      return number(note.count)
  }
}

/**
 * `forsat history ID`: what happened to a record, for a person to read on one screen.
 *
 * @module
 */
import { isDeepStrictEqual } from 'node:util'
import type { HistoryEntry } from '@forsat/projections'
import { command, type Finish } from '../command.ts'
import { askedOf } from '../http.ts'
import { namesOf } from '../names.ts'
import { recordNamed } from '../record-named.ts'
import { type Desk, printJson, type Session, withSession } from '../session.ts'
import type { Exit } from '../shell.ts'
import { table } from '../table.ts'
import { causeName, eventName, fieldName } from '../texts/happenings.ts'

export const historyCommand = (desk: Desk, finish: Finish) =>
  command(
    'history',
    {
      about: desk.texts.history.about,
      examples: [
        'history 01J8ZQ4T5V6W7X8Y9Z0A1B2C3D',
        'history Q-1404-0012',
        'history maven-crm:1C1I7A6R --lang fa',
      ],
    },
    desk,
  )
    .argument('<id>', desk.texts.history.id)
    .action(async (id, options) => {
      finish(await withSession(desk, options, (session) => tell(session, id, options)))
    })

const tell = async (
  session: Session,
  asked: string,
  { json = false }: { readonly json?: boolean | undefined },
): Promise<Exit> => {
  const { shell, language, texts, formats } = session
  const { kind, id } = await recordNamed(session, asked)
  const { items } = await askedOf<{ readonly items: readonly HistoryEntry[] }>(
    session,
    `/${kind}/${id}/history`,
  )
  if (json) {
    printJson(session, { items })
    return 0
  }
  const names = namesOf(session)
  const rows = await Promise.all(
    items.map(async (entry) => [
      formats.moment(entry.occurredAt),
      isSameMoment(entry) ? texts.history.sameDay : formats.moment(entry.recordedAt),
      await names.actor(entry.actor),
      eventName(entry.type, language),
      await changesOf(entry, session, names),
      [
        causeName(entry.cause, language),
        await names.value('reason', entry.reason),
        await names.value('note', entry.note),
      ]
        .filter((text) => text !== '')
        .join('\n'),
    ]),
  )
  const { when, recorded, who, what, changes, why } = texts.history
  const columns = [
    ...[when, recorded, who, what].map((title) => ({ title })),
    ...[changes, why].map((title) => ({ title, flexible: true })),
  ]
  shell.out(table(columns, rows, { language, width: shell.width }))
  return 0
}

/** Recorded when it happened, as far as people care. */
const isSameMoment = ({ occurredAt, recordedAt }: HistoryEntry): boolean =>
  Math.abs(Date.parse(recordedAt) - Date.parse(occurredAt)) < 60_000

/** What the other columns say already, or what follows from the rest. */
const evident = new Set(['closedAt', 'closedOn', 'assignedAt', 'kind'])

const changesOf = async (
  { changes }: HistoryEntry,
  { language }: Session,
  names: ReturnType<typeof namesOf>,
): Promise<string> => {
  const lines = ofOneDocument(changes)
    .filter(({ field, from, to }) => !evident.has(field) && !isDeepStrictEqual(from, to))
    .map(({ field, from, to }) => ({ field, from, to: outcomeOf(to) }))
    .filter(({ to }) => !isDeepStrictEqual(to, {}))
    .map(async ({ field, from, to = null }) => {
      const before = from === undefined ? '' : `${await names.value(field, from)} → `
      return `${fieldName(field, language)}: ${before}${await names.value(field, to)}`
    })
  return (await Promise.all(lines)).join('\n')
}

const toldElsewhere = new Set(
  'at occurredOn ageDays stageId stage reasonId reason note expectedRevenue quotationSent basis'.split(
    ' ',
  ),
)

/** Another version is another document: that it is another is all there is to tell. */
const ofOneDocument = (changes: HistoryEntry['changes']): HistoryEntry['changes'] =>
  changes.some(({ field, from }) => field === 'version' && from !== undefined)
    ? changes.filter(({ field }) => field === 'version' || field === 'status')
    : changes

/** Of an outcome what it adds to the line it stands in: neither its time nor what has a line of its own. */
const outcomeOf = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || !('ageDays' in value)) return value
  return Object.fromEntries(Object.entries(value).filter(([name]) => !toldElsewhere.has(name)))
}

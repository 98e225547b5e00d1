import type { Step } from '@forsat/application'
import { compareKey } from '@forsat/domain'
import { checkKey } from './contact.ts'
import { type Draft, defined, type Planned, type RowReader, type Sheet } from './draft.ts'
import { fault } from './faults.ts'
import { identityOf } from './identity.ts'
import type { Ending, SaleMap, Story } from './map.ts'
import { instantOf } from './moment.ts'
import { columnsOf, originText } from './origin.ts'
import type { Planning } from './planning.ts'
import type { SourceRow } from './source.ts'
import type { LocalMoment } from './value.ts'

/** Rows of opportunities and leads: each one's life so far, every step at its own time. */
export const saleDraft = (table: SaleMap, planning: Planning, reader: RowReader) => {
  const { directory, ids, system } = planning
  const { kind, key: keyColumns, story } = table
  const rows = new Map<string, number>()

  return (row: SourceRow): Draft => {
    const sheet = reader.sheet(row)
    reader.fields(sheet)
    const key = keyColumns.map(row.text).join(' | ')
    checkKey(sheet, key, rows, reader, keyColumns)
    const ending = endingOf(sheet, story, planning, reader)
    const { opened, closed } = momentsOf(sheet, story, ending, planning, reader)
    const id = ids.next()
    const [stageId, ...later] = ending.stages.map((name, index) =>
      reader.named(sheet, { of: 'stage', name, more: { position: index + 1 } }),
    )
    const externalIds = key === '' ? undefined : [{ system, id: key }]
    const steps: Step[] = [
      {
        command: {
          type: kind === 'lead' ? 'CaptureLead' : 'OpenOpportunity',
          data: defined({ id, ...sheet.data, externalIds, stageId }),
        },
        occurredAt: opened,
      },
      ...later.map((each) => ({
        command: { type: 'StageOpportunity', data: { id, stageId: each } },
        occurredAt: opened,
      })),
      ...endingSteps(sheet, id, ending, closed, table, planning, reader),
    ]
    for (const step of steps) reader.check(sheet, step)

    const settle = () => rows.set(key, row.number)
    if (directory.byKey('opportunity', key) !== undefined) {
      return reader.draft(sheet, { known: true, missing: [], settle })
    }
    const planned: Planned = {
      of: 'opportunity',
      id,
      name: undefined,
      key: identityOf(system, 'opportunity', key),
      steps,
      row,
    }
    const undated = opened === undefined || (ending.outcome !== 'open' && closed === undefined)
    return reader.draft(sheet, { planned, undated, settle })
  }
}

/** How the row says that it stands. */
const endingOf = (sheet: Sheet, story: Story, { lookup }: Planning, reader: RowReader): Ending => {
  const { outcome, endings, otherwise } = story
  if (outcome === undefined) return otherwise
  const reading = originText(outcome, sheet.row, lookup)
  const text = 'fault' in reading ? '' : (reading.value ?? '')
  if (text === '') return otherwise
  const ending = Object.entries(endings).find(([name]) => compareKey(name) === compareKey(text))
  if (ending !== undefined) return ending[1]
  reader.blame(sheet, columnsOf(outcome)[0], fault('OutcomeUnknown', { text }).fault)
  return otherwise
}

/** When it began and when it ended, as far as the row tells. */
const momentsOf = (
  sheet: Sheet,
  { opened, closed }: Story,
  { outcome }: Ending,
  { zone, now }: Planning,
  reader: RowReader,
): { readonly opened: string | undefined; readonly closed: string | undefined } => {
  const momentOf = (field: Story['opened']): string | undefined => {
    const local = field && (reader.value(sheet, field) as LocalMoment | undefined)
    if (field === undefined || local === undefined) return undefined
    const moment = instantOf(local, zone)
    if (moment > now) {
      reader.blame(sheet, columnsOf(field)[0], fault('OccurredInFuture', { moment }).fault)
    }
    return moment
  }
  const end = outcome === 'open' ? undefined : momentOf(closed)
  // What ended on a day did not begin at the import, long after it.
  const start = momentOf(opened) ?? end
  if (start !== undefined && end !== undefined && start > end) {
    const moments = { opened: start, closed: end }
    reader.blame(sheet, closed && columnsOf(closed)[0], fault('ClosedBeforeOpened', moments).fault)
  }
  return { opened: start, closed: end }
}

const endingSteps = (
  sheet: Sheet,
  id: string,
  ending: Ending,
  occurredAt: string | undefined,
  { story }: SaleMap,
  { requireLostReason }: Planning,
  reader: RowReader,
): readonly Step[] => {
  const read = (field: Parameters<RowReader['value']>[1] | undefined) =>
    field && reader.value(sheet, field)
  switch (ending.outcome) {
    case 'open':
      return []
    case 'won': {
      const data = defined({ id, revenue: read(story.revenue) })
      return [{ command: { type: 'WinOpportunity', data }, occurredAt }]
    }
    case 'lost': {
      const before = sheet.problems.length
      const reasonId =
        (story.reason && reader.record(sheet, story.reason)) ??
        (ending.reason && reader.named(sheet, { of: 'lostReason', name: ending.reason, more: {} }))
      // A reason that is wrong is not missing as well.
      if (reasonId === undefined && requireLostReason && sheet.problems.length === before) {
        const origin = story.reason ?? story.outcome
        reader.blame(sheet, origin && columnsOf(origin)[0], fault('LostReasonMissing', {}).fault)
      }
      const data = defined({
        id,
        reasonId,
        note: read(story.note),
        competitor: read(story.competitor),
      })
      return [{ command: { type: 'LoseOpportunity', data }, occurredAt }]
    }
  }
}

import type { Step } from '@forsat/application'
import { compareKey } from '@forsat/domain'
import { checkKey } from './contact.ts'
import { type Draft, defined, type Planned, type RowReader, type Sheet } from './draft.ts'
import { fault } from './faults.ts'
import type { ValueField } from './field.ts'
import { identityOf } from './identity.ts'
import type { Ending, SaleMap, Story } from './map.ts'
import { instantOf } from './moment.ts'
import { originText } from './origin.ts'
import type { Planning } from './planning.ts'
import type { SourceRow } from './source.ts'
import type { LocalMoment } from './value.ts'

/** One row, with all it takes to understand it. */
interface SaleRow {
  readonly sheet: Sheet
  readonly story: Story
  readonly planning: Planning
  readonly reader: RowReader
}

/** Rows of opportunities and leads: each one's life so far, every step at its own time. */
export const saleDraft = (table: SaleMap, planning: Planning, reader: RowReader) => {
  const { directory, ids, system } = planning
  const { kind, key: keyColumns, story } = table
  const rows = new Map<string, number>()

  return (row: SourceRow): Draft => {
    const sheet = reader.sheet(row)
    const sale: SaleRow = { sheet, story, planning, reader }
    reader.fields(sheet)
    const key = keyColumns.map(row.text).join(' | ')
    checkKey(sheet, key, rows, reader, keyColumns)
    const ending = endingOf(sale)
    const { opened, closed } = momentsOf(sale, ending)
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
      ...endingSteps(sale, id, ending).map((command) => ({ command, occurredAt: closed })),
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
const endingOf = ({ sheet, story, planning, reader }: SaleRow): Ending => {
  const { outcome, endings, otherwise } = story
  if (outcome === undefined) return otherwise
  const reading = originText(outcome, sheet.row, planning.lookup)
  const text = 'fault' in reading ? '' : (reading.value ?? '')
  if (text === '') return otherwise
  const ending = Object.entries(endings).find(([name]) => compareKey(name) === compareKey(text))
  if (ending !== undefined) return ending[1]
  reader.blame(sheet, outcome, fault('OutcomeUnknown', { text }))
  return otherwise
}

interface Moments {
  readonly opened: string | undefined
  readonly closed: string | undefined
}

/** When it began and when it ended, as far as the row tells. */
const momentsOf = ({ sheet, story, planning, reader }: SaleRow, { outcome }: Ending): Moments => {
  const momentOf = (field: ValueField | undefined): string | undefined => {
    const local = field && (reader.value(sheet, field) as LocalMoment | undefined)
    if (local === undefined) return undefined
    const moment = instantOf(local, planning.zone)
    if (moment > planning.now) reader.blame(sheet, field, fault('OccurredInFuture', { moment }))
    return moment
  }
  const closed = outcome === 'open' ? undefined : momentOf(story.closed)
  // What ended on a day did not begin at the import, long after it.
  const opened = momentOf(story.opened) ?? closed
  if (opened !== undefined && closed !== undefined && opened > closed) {
    reader.blame(sheet, story.closed, fault('ClosedBeforeOpened', { opened, closed }))
  }
  return { opened, closed }
}

const endingSteps = (sale: SaleRow, id: string, ending: Ending): readonly Step['command'][] => {
  const { sheet, story, reader } = sale
  const read = (field: ValueField | undefined) => field && reader.value(sheet, field)
  switch (ending.outcome) {
    case 'open':
      return []
    case 'won':
      return [{ type: 'WinOpportunity', data: defined({ id, revenue: read(story.revenue) }) }]
    case 'lost': {
      const told = { note: read(story.note), competitor: read(story.competitor) }
      const reasonId = reasonOf(sale, ending.reason)
      return [{ type: 'LoseOpportunity', data: defined({ id, reasonId, ...told }) }]
    }
  }
}

/** The reason that the row tells, else the usual one of its ending. */
const reasonOf = (
  { sheet, story, planning, reader }: SaleRow,
  usual: string | undefined,
): string | undefined => {
  const before = sheet.problems.length
  const reason =
    (story.reason && reader.record(sheet, story.reason)) ??
    (usual && reader.named(sheet, { of: 'lostReason', name: usual, more: {} }))
  // A reason that is wrong is not missing as well.
  const isWrong = sheet.problems.length > before
  if (!reason && planning.requireLostReason && !isWrong) {
    reader.blame(sheet, story.reason ?? story.outcome, fault('LostReasonMissing', {}))
  }
  return reason || undefined
}

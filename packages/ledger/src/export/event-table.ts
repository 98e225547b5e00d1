import { canonical } from '../canonical.ts'
import { type Column, csvHead, csvRow } from './csv.ts'
import {
  dataOf,
  type Exported,
  type ExportFormat,
  envelopeOf,
  type ReadEnvelope,
} from './exported.ts'

interface Row extends ReadEnvelope {
  readonly payload: string
}

const text = (name: string, of: Column<Row>['of']): Column<Row> => ({ name, kind: 'text', of })
const number = (name: string, of: Column<Row>['of']): Column<Row> => ({ name, kind: 'number', of })

const columns: readonly Column<Row>[] = [
  number('index', ({ idx }) => idx),
  text('stream', ({ stream }) => stream),
  number('revision', ({ rev }) => rev),
  text('id', ({ id }) => id),
  text('company', ({ co }) => co),
  text('type', ({ type }) => type),
  number('version', ({ sv }) => sv),
  text('occurredAt', ({ occurred }) => occurred),
  text('recordedAt', ({ recorded }) => recorded),
  text('actor', ({ actor }) => actor),
  text('onBehalfOf', ({ onBehalfOf }) => onBehalfOf),
  text('correlationId', ({ corr }) => corr),
  text('causationId', ({ cause }) => cause),
  text('data', ({ payload }) => payload),
]

/** CSV for spreadsheets: a row for each event, its data as JSON in the last column. */
export const eventTable = (): ExportFormat => ({
  begin: () => csvHead(columns),
  add: (event: Exported) =>
    csvRow(columns, { ...envelopeOf(event), payload: canonical(dataOf(event)) }),
  end: () => '',
})

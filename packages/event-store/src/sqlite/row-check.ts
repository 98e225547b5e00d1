/**
 * One row of the log against itself and against the one before it: place, time, columns, commitments.
 *
 * @module
 */
import { canonical, dataCommitment } from '@forsat/ledger'
import type { Finding } from '../store-errors.ts'

export interface EventRow {
  readonly pos: number
  readonly id: string
  readonly stream: string
  readonly rev: number
  readonly type: string
  readonly company: string | null
  readonly occurred: string
  readonly recorded: string
  readonly actor: string
  readonly on_behalf_of: string | null
  readonly corr: string
  readonly cause: string | null
  readonly sealed: number
  readonly data: string
  readonly salt: Uint8Array
  readonly env: string
}

export interface BoxRow {
  readonly pos: number
  readonly subject: string
  readonly purpose: string
  readonly key_id: string
  readonly iv: Uint8Array
  readonly ct: Uint8Array
  readonly tag: Uint8Array
  readonly commitment: string
}

export const checkPlace = (
  { pos, recorded }: EventRow,
  before: { readonly pos: number; readonly recorded: string },
): Finding[] => [
  ...(pos === before.pos + 1
    ? []
    : [finding('INDEX_GAP', pos, `position ${before.pos + 1} is missing`)]),
  ...(recorded >= before.recorded
    ? []
    : [finding('TIME_WENT_BACK', pos, 'it was recorded before the one it follows')]),
]

export const finding = (code: Finding['code'], position: number, detail: string): Finding => ({
  code,
  position,
  detail,
})

export const checkRow = (row: EventRow, boxes: readonly BoxRow[]): Finding[] => {
  try {
    return checkEnvelope(row, JSON.parse(row.env) as StoredEnvelope, boxes)
  } catch {
    return [finding('UNREADABLE', row.pos, 'its envelope cannot be read')]
  }
}

/** A row against its envelope. */
const checkEnvelope = (
  row: EventRow,
  envelope: StoredEnvelope,
  boxes: readonly BoxRow[],
): Finding[] => {
  const { pos } = row
  const commitments = new Map(
    (envelope.pii ?? []).map(({ c, s, p }) => [JSON.stringify([s, p]), c]),
  )
  const moved = columnsOf(row, envelope).find(([name, value]) => envelope[name] !== value)
  const broken = boxes.find(
    ({ subject, purpose, commitment }) =>
      commitments.get(JSON.stringify([subject, purpose])) !== commitment,
  )
  return [
    ...(canonical(envelope) === row.env
      ? []
      : [finding('ENVELOPE_NOT_CANONICAL', pos, 'its envelope is not in canonical form')]),
    ...(moved === undefined
      ? []
      : [
          finding(
            'COLUMN_MISMATCH',
            pos,
            `its column for ${moved[0]} is not what its envelope says`,
          ),
        ]),
    ...(commitments.size === row.sealed
      ? []
      : [finding('COLUMN_MISMATCH', pos, 'it counts other sealed parts than its envelope')]),
    ...checkData(row, envelope.data),
    ...(broken === undefined
      ? []
      : [finding('SEAL_BROKEN', pos, `its sealed part of ${broken.subject} is not its own`)]),
  ]
}

const checkData = ({ pos, data, salt }: EventRow, commitment: unknown): Finding[] => {
  if (data === '' || salt.length === 0) return [finding('PAYLOAD_MISSING', pos, 'its data is gone')]
  return salt.length === 32 && dataCommitment(salt, data) === commitment
    ? []
    : [finding('COMMITMENT_MISMATCH', pos, 'its data is not what was committed to')]
}

interface StoredEnvelope extends Readonly<Record<string, unknown>> {
  readonly type?: string
  readonly sv?: number
  readonly data?: unknown
  readonly pii?: readonly { readonly c: string; readonly s: string; readonly p: string }[]
}

/** What the envelope must say, by its keys. */
const columnsOf = (row: EventRow, { type, sv }: StoredEnvelope): (readonly [string, unknown])[] => [
  ['idx', row.pos - 1],
  ['id', row.id],
  ['stream', row.stream],
  ['rev', row.rev],
  ['type', row.type === `${type}.v${sv}` ? type : row.type],
  ['co', row.company ?? undefined],
  ['occurred', row.occurred],
  ['recorded', row.recorded],
  ['actor', row.actor],
  ['onBehalfOf', row.on_behalf_of ?? undefined],
  ['corr', row.corr],
  ['cause', row.cause ?? undefined],
]

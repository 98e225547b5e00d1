/**
 * The envelope of an event: what the ledger hashes and may show for ever. It holds no payload and no
 * personal data, only commitments to them.
 *
 * @module
 */
import { canonical } from './canonical.ts'

export interface Envelope {
  /** Place in the ledger, dense from 0. */
  readonly index: number
  readonly stream: string
  readonly revision: number
  readonly id: string
  /** Absent for what companies share. */
  readonly company?: string | undefined
  /** The event's name, without its version. */
  readonly name: string
  readonly version: number
  readonly occurredAt: string
  readonly recordedAt: string
  /** `kind:id`, never a name. */
  readonly actor: string
  readonly onBehalfOf?: string | undefined
  readonly command: string
  readonly correlationId: string
  readonly causationId?: string | undefined
  readonly trace?: string | undefined
  /** Commitment to the plain part. */
  readonly data: string
  /** Commitments to the sealed parts, in any order. */
  readonly personal: readonly PersonalCommitment[]
}

export interface PersonalCommitment {
  readonly commitment: string
  readonly subject: string
  readonly purpose: string
}

/** The canonical text of an envelope, format 1. What is absent is left out, never `null`. */
export const envelopeText = ({ personal, ...envelope }: Envelope): string =>
  canonical({
    v: 1,
    idx: envelope.index,
    stream: envelope.stream,
    rev: envelope.revision,
    id: envelope.id,
    ...given('co', envelope.company),
    type: envelope.name,
    sv: envelope.version,
    occurred: envelope.occurredAt,
    recorded: envelope.recordedAt,
    actor: envelope.actor,
    ...given('onBehalfOf', envelope.onBehalfOf),
    cmd: envelope.command,
    corr: envelope.correlationId,
    ...given('cause', envelope.causationId),
    ...given('trace', envelope.trace),
    data: envelope.data,
    ...given('pii', personal.length === 0 ? undefined : personal.toSorted(bySubject).map(part)),
  })

const given = <Value>(name: string, value: Value | undefined) =>
  value === undefined ? undefined : { [name]: value }

const part = ({ commitment, subject, purpose }: PersonalCommitment) => ({
  c: commitment,
  s: subject,
  p: purpose,
})

const bySubject = (a: PersonalCommitment, b: PersonalCommitment): number =>
  order(a.subject, b.subject) || order(a.purpose, b.purpose)

const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

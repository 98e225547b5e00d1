/**
 * The envelope of an event: what the ledger hashes and may show for ever. It holds no payload and no
 * personal data, only commitments to them.
 *
 * @module
 */
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

/**
 * The canonical text of an envelope, format 1. What is absent is left out, never `null`. Its texts
 * are well formed; whoever takes them from outside sees to that.
 */
export const envelopeText = (envelope: Envelope): string =>
  // The keys stand in canonical order, so plain JSON is canonical JSON, at a tenth of the cost.
  JSON.stringify({
    actor: envelope.actor,
    cause: envelope.causationId,
    cmd: envelope.command,
    co: envelope.company,
    corr: envelope.correlationId,
    data: envelope.data,
    id: envelope.id,
    idx: envelope.index,
    occurred: envelope.occurredAt,
    onBehalfOf: envelope.onBehalfOf,
    pii: personalList(envelope.personal),
    recorded: envelope.recordedAt,
    rev: envelope.revision,
    stream: envelope.stream,
    sv: envelope.version,
    trace: envelope.trace,
    type: envelope.name,
    v: 1,
  })

const personalList = (parts: readonly PersonalCommitment[]) =>
  parts.length === 0
    ? undefined
    : parts
        .toSorted(bySubject)
        .map(({ commitment, purpose, subject }) => ({ c: commitment, p: purpose, s: subject }))

const bySubject = (a: PersonalCommitment, b: PersonalCommitment): number =>
  order(a.subject, b.subject) || order(a.purpose, b.purpose)

const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

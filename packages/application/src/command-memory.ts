/**
 * How a repeat of a command is known and answered.
 *
 * @module
 */
import { hash } from 'node:crypto'
import type { CommandRecord } from '@forsat/event-store'
import { canonical } from '@forsat/ledger'
import * as E from 'fp-ts/lib/Either.js'
import type { Acting, Outcome } from './context.ts'
import type { Refusal } from './refusal.ts'

/** What is kept of an outcome; its position is looked up, for it is not known before the append. */
export type KeptOutcome = Omit<Outcome, 'position'>

export interface Claim {
  readonly scope: string
  readonly key: string
  readonly requestHash: string
}

const sha256 = (text: string): string => hash('sha256', text, 'base64url')

type ClaimContext = Pick<
  Acting,
  'company' | 'actor' | 'idempotencyKey' | 'idempotencyScope' | 'request'
> & {
  readonly occurredAt?: string | null | undefined
}

/** As JSON has it: what is undefined is not there. */
const plain = (value: object): object => JSON.parse(JSON.stringify(value)) as object

/** The claim a command lays to its idempotency key, if it has one. */
export const claimOf = (
  asked: () => { readonly type: string; readonly data: unknown },
  { company, actor, occurredAt = null, idempotencyKey, idempotencyScope, request }: ClaimContext,
): Claim | undefined =>
  idempotencyKey === undefined
    ? undefined
    : {
        scope: `${company ?? ''}/${idempotencyScope ?? actor}`,
        key: idempotencyKey,
        requestHash: sha256(canonical({ ...plain(request ?? asked()), occurredAt })),
      }

/** The envelope's `cmd`: tells that two events came of one command, and nothing else. */
export const commandDigest = (claim: Claim | undefined, ownId: string): string =>
  sha256(claim === undefined ? ownId : `${claim.scope}\n${claim.key}`)

export const recordOf = (claim: Claim, outcome: KeptOutcome): CommandRecord => ({
  ...claim,
  outcome: JSON.stringify(outcome),
})

/** What was answered the first time; another command under the same key is a misuse of it. */
export const answered = (claim: Claim, record: CommandRecord): E.Either<Refusal, KeptOutcome> =>
  record.requestHash === claim.requestHash
    ? E.right(JSON.parse(record.outcome) as KeptOutcome)
    : E.left({ type: 'IdempotencyKeyReused' })

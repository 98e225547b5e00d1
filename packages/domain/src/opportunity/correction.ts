/**
 * How the record of a closed opportunity is mended: what a win brought, why a sale was lost. Its
 * outcome stays, and so does the first record of it.
 *
 * @module
 */
import { changesIn, defined, isEmpty, isSame } from '../patch.ts'
import type { Correcting, LostReasonFacts } from './command.ts'
import type { DataOf } from './events.ts'
import { objection } from './outcome.ts'
import { type Decision, happened, refused } from './refusal.ts'
import type { Begun, Lost } from './state.ts'

export const corrected = (correcting: Correcting, state: Begun): Decision => {
  const { reason, revenue, lostReason, note, competitor, competitorPrice } = correcting
  const ofTheLoss = defined({ lostReason, note, competitor, competitorPrice })
  if (revenue !== undefined && state.outcome !== 'won') {
    return refused({ type: 'OpportunityNotWon' })
  }
  if (!isEmpty(ofTheLoss) && state.outcome !== 'lost') {
    return refused({ type: 'OpportunityNotLost' })
  }
  switch (state.outcome) {
    case 'open':
      return refused({ type: 'OpportunityNotLost' })
    case 'won':
      return revenue === undefined || isSame(revenue, state.win.revenue)
        ? happened()
        : mended({ reason, revenue })
    case 'lost':
      return correctedLoss(correcting, state)
  }
}

const correctedLoss = (
  { reason, lostReason, note, competitor, competitorPrice }: Correcting,
  { loss }: Lost,
): Decision => {
  const other = lostReason?.id === loss.lostReasonId ? undefined : lostReason
  const noteStays = note === undefined ? loss.notePresent : note !== null
  const stood = other && objection(other, noteStays)
  if (stood !== undefined) return refused(stood)
  const changes = defined({
    ...named(other),
    ...changesIn(loss, { competitor, competitorPrice }),
    note: note === null && !loss.notePresent ? undefined : note,
  })
  return isEmpty(changes) ? happened() : mended({ reason, ...changes })
}

const named = (
  reason: LostReasonFacts | undefined,
): Pick<DataOf<'OpportunityCorrected'>, 'lostReasonId' | 'lostReason'> =>
  reason === undefined || 'unknown' in reason
    ? {}
    : { lostReasonId: reason.id, lostReason: reason.name }

const mended = (data: DataOf<'OpportunityCorrected'>): Decision =>
  happened({ type: 'OpportunityCorrected', data: defined(data) })

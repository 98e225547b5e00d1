import type { Ulid } from '../id.ts'
import type { LeadFacts } from '../rules/matching.ts'

/** A lead or an opportunity as far as it matters who takes it. */
export interface Lead extends LeadFacts {
  readonly id: Ulid
  readonly outcome: 'open' | 'won' | 'lost' | 'merged' | 'withdrawn'
  readonly salespersonId?: Ulid | undefined
  /** What it has in common with others that are the same sale: keys that say nothing else. */
  readonly sameAs?: readonly string[] | undefined
}

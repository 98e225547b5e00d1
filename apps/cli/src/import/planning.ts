import type { Directory } from './directory.ts'
import type { Lookup } from './origin.ts'

/** What is known before the first row is read. */
export interface Planning {
  readonly company: string
  readonly system: string
  readonly zone: string
  readonly digitsOf: (currency: string) => number
  readonly requireLostReason: boolean
  /** The moment that rows without a date take. */
  readonly now: string
  readonly ids: { next(): string }
  readonly directory: Directory
  readonly lookup: Lookup
}

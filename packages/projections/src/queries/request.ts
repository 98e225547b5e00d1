/**
 * What all questions have in common: who asks, which values are meant, which days.
 *
 * @module
 */
import type { Dimension } from './dimension.ts'

/** Who asks. What companies share is seen from each of them. */
export interface Scope {
  readonly company: string
  /** The asker rules over all companies: their users and roles are seen too. */
  readonly everywhere?: boolean | undefined
  /** The companies that are seen themselves; by default only `company`. */
  readonly companies?: readonly string[] | undefined
}

/** A value or several of which one is enough; null is what has no value there. */
export type Choice<Value = string> = Value | null | readonly (Value | null)[]

export type DimensionFilters = {
  readonly [Name in Exclude<Dimension, 'attributes'>]?: Choice | undefined
} & {
  /** Own fields by name; numbers and booleans as the text they are written with. */
  readonly attributes?: Readonly<Record<string, Choice>> | undefined
}

/** The days a question is about, both included. */
export interface Period {
  readonly from?: string | undefined
  readonly to?: string | undefined
  /**
   * The day that counts: when it was closed, or when it was created. Reports go by the first, lists
   * by the second, unless told.
   */
  readonly dateBasis?: 'closed' | 'created' | undefined
}

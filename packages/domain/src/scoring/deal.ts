/**
 * A deal as scoring sees it: in which stage it stands, whose it is, and what else is known of it. No
 * more than that is ever learnt from.
 *
 * @module
 */
import type { CalendarDate } from '../time/calendar-date.ts'

/** One thing known of a deal. Of some variables it has several values at once, such as tags. */
export interface Trait {
  readonly variable: string
  readonly value: string
  /** The value as people write it, where that differs: it is compared without marks and case. */
  readonly name?: string | undefined
}

export interface Deal {
  readonly stageId: string | undefined
  readonly teamId: string | undefined
  readonly traits: readonly Trait[]
}

/**
 * A deal that has ended. What it was on the way matters: whoever scores an open deal knows no more
 * of it than was known of this one in the same place.
 */
export interface Outcome {
  readonly id: string
  readonly won: boolean
  readonly openedOn: CalendarDate
  readonly closedOn: CalendarDate
  /** The days between. */
  readonly ageDays: number
  /** The deal as it came into each of its stages, the oldest first. */
  readonly path: readonly Deal[]
  /** The deal as it was when it ended, in the stage it ended from. */
  readonly end: Deal
}

/** A stage as scoring sees it, archived or not. */
export interface StagePlace {
  readonly id: string
  readonly position: number
  /** Only this team's deals stand in it. */
  readonly teamId?: string | undefined
}

/** Stages in the order in which deals go through them. */
export const inOrder = <Stage extends StagePlace>(stages: readonly Stage[]): readonly Stage[] =>
  stages.toSorted((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))

/** A trait as a text. */
export const traitKey = ({ variable, value }: Trait): string => `${variable}=${value}`

/** Said twice, a trait is still one. */
export const distinct = (traits: readonly Trait[]): readonly Trait[] => {
  const isNew = ({ variable, value }: Trait, index: number): boolean =>
    index === traits.findIndex((other) => other.variable === variable && other.value === value)
  return traits.every(isNew) ? traits : traits.filter(isNew)
}

/** The team is a trait like any other: one table for each would be too small to learn from. */
export const withTeam = ({ teamId, traits }: Deal): readonly Trait[] =>
  teamId === undefined ? traits : [{ variable: 'team', value: teamId }, ...traits]

/**
 * How long the server waits for whom, and how much it takes on at once. Past that it says so, and is
 * there for everybody else.
 *
 * @module
 */

export interface Patience {
  /** For the head of a request, and for the whole of it, from the first byte of a connection on. */
  readonly headMs: number
  readonly requestMs: number
  /** How often it is looked who takes longer. */
  readonly lookMs: number
  /** For a reader of a live feed to take what it was sent. */
  readonly readerMs: number
  /** Requests that are taken on and not answered yet: whoever comes then is told to come again. */
  readonly unanswered: number
  /** Live feeds. */
  readonly feeds: number
}

/** A thousand commands take about two seconds: nobody waits in line for longer than that. */
export const usualPatience: Patience = {
  headMs: 15_000,
  requestMs: 60_000,
  lookMs: 5_000,
  readerMs: 30_000,
  unanswered: 1_000,
  feeds: 5_000,
}

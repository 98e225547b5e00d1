/**
 * What can go wrong with a server, armed from outside one by one. Each strikes once.
 *
 * @module
 */

export type Fault =
  /** An append that matches is stored or not, and its caller is told the truth, a lie or nothing. */
  | {
      readonly on: 'append'
      readonly how: /** Stored, and the answer is lost: with a broken call, without a word, too late, or as a timeout. */
        | 'stored-then-unavailable'
        | 'stored-then-silent'
        | 'stored-then-late'
        | 'stored-then-timeout'
        /** Never stored: the request is lost, or is never answered. */
        | 'lost'
        | 'silent'
        | 'not-ready'
        | 'not-leader'
      /** Strikes appends to streams with this in their name. */
      readonly stream?: string
      /** Of the leader, for `not-leader`. */
      readonly leader?: number
    }
  | { readonly on: 'subscription'; readonly how: SubscriptionEnd; readonly after: number }
  | { readonly on: 'read'; readonly how: 'silent' | 'unavailable' }
  | { readonly on: 'features'; readonly how: 'fails' | 'hangs' }

/** How a server leaves a subscriber, after so many events. */
export type SubscriptionEnd = 'ok' | 'unavailable' | 'cancelled' | 'aborted'

export interface Faults {
  readonly arm: (fault: Fault) => void
  readonly disarm: () => void
  readonly append: (stream: string) => (Fault & { readonly on: 'append' }) | undefined
  readonly next: <On extends 'subscription' | 'read' | 'features'>(
    on: On,
  ) => (Fault & { readonly on: On }) | undefined
}

export const faultsToCome = (): Faults => {
  const armed: Fault[] = []
  const take = (strikes: (fault: Fault) => boolean): Fault | undefined => {
    const at = armed.findIndex(strikes)
    return at < 0 ? undefined : armed.splice(at, 1)[0]
  }
  return {
    arm: (fault) => {
      armed.push(fault)
    },
    disarm: () => {
      armed.length = 0
    },
    append: (stream) => {
      const fault = take((each) => each.on === 'append' && stream.includes(each.stream ?? ''))
      return fault?.on === 'append' ? fault : undefined
    },
    next: <On extends 'subscription' | 'read' | 'features'>(on: On) =>
      take((each) => each.on === on) as (Fault & { readonly on: On }) | undefined,
  }
}

/**
 * What a history comes to: every record folded by today's program, and one digest of them all. No
 * personal value is in it, so an erasure changes nothing; what offers add up to is reckoned anew, so a
 * changed rule of reckoning changes everything.
 *
 * @module
 */
import { aggregates, type Category, type Decider, reckoned } from '@forsat/domain'
import { type RecordedEvent, recorder } from '@forsat/event-store'
import { memoryKeys } from '@forsat/event-store/memory'
import { canonical, stateDigest, statesDigest } from '@forsat/ledger'
import * as E from 'fp-ts/lib/Either.js'
import { codecs, readerOf } from '../reading.ts'
import { plain } from './plain.ts'

/** Reads events without any key: what is personal reads as erased. */
export const readWithoutKeys = readerOf(recorder({ keys: memoryKeys(), codecs }))

/** How offers are added up. */
export type Reckoning = typeof reckoned

interface Folded {
  readonly category: Category
  readonly company: string | undefined
  readonly state: unknown
}

export interface States {
  readonly apply: (event: RecordedEvent) => void
  readonly of: (stream: string) => unknown
  /** Of one record; `undefined` where nothing has happened to it. */
  readonly digestOf: (stream: string) => string | undefined
  /** Of all records of a company, whatever order they are kept in; without one, of all there are. */
  readonly digest: (company?: string) => { readonly digest: string; readonly records: number }
}

export const states = (reckon: Reckoning = reckoned): States => {
  const folded = new Map<string, Folded>()
  const digestOf = (one: Folded): string => stateDigest(canonical(plain(shown(one, reckon))))

  return {
    apply: ({ stream, category, company, event, occurredAt }) => {
      const of = category as Category
      const { initialState, evolve } = aggregates[of].decider as unknown as AnyDecider
      const known = folded.get(stream)
      const state = evolve(known?.state ?? initialState, { ...event, occurredAt })
      folded.set(stream, { category: of, company: known ? known.company : company, state })
    },
    of: (stream) => folded.get(stream)?.state,
    digestOf: (stream) => {
      const known = folded.get(stream)
      return known && digestOf(known)
    },
    digest: (company) => {
      const list = [...folded]
        .filter(([, one]) => company === undefined || one.company === company)
        .map(([stream, one]) => [stream, digestOf(one)] as const)
        .toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)))
      return { digest: statesDigest(canonical(list)), records: list.length }
    },
  }
}

type AnyDecider = Pick<Decider<never, unknown, unknown, never>, 'initialState' | 'evolve'>

/** A state as it is digested; of an offer with what it comes to by today's reckoning. */
const shown = ({ category, state }: Folded, reckon: Reckoning): unknown => {
  if (category !== 'quotation' || !isBegun(state)) return state
  const versions = [state.current, state.draft].flatMap((version) => version ?? [])
  const figures = versions.map(({ content }) => {
    const result = reckon(content, content)
    return E.isLeft(result) ? result.left : result.right
  })
  return { state, figures }
}

type QuotationState = (typeof aggregates)['quotation']['decider']['initialState']

const isBegun = (state: unknown): state is Extract<QuotationState, { readonly current: object }> =>
  typeof state === 'object' && state !== null && 'current' in state

import type { EventStore } from '@forsat/event-store'
import { belongs, type Moment } from '@forsat/projections'
import { plain } from './plain.ts'
import { readWithoutKeys, states } from './states.ts'

/** What a record came to, folded by today's program; nothing personal is in it. */
export interface StateThen {
  readonly stream: string
  /** Of the last event that had happened to it. */
  readonly revision: number
  readonly state: unknown
  /** SHA-256 of the state in canonical JSON, as sealed periods have it. */
  readonly digest: string
}

/** A record as it stood at a moment; `undefined` where nothing had happened to it. */
export const stateAt = async (
  stream: string,
  moment: Moment,
  { readStream }: Pick<EventStore, 'readStream'>,
): Promise<StateThen | undefined> => {
  const folded = states()
  let revision = -1
  for await (const page of readStream(stream)) {
    for (const stored of page.filter((each) => belongs(each, moment))) {
      folded.apply(readWithoutKeys(stored))
      revision = stored.revision
    }
  }
  const digest = folded.digestOf(stream)
  return digest === undefined
    ? undefined
    : { stream, revision, state: plain(folded.of(stream)), digest }
}

/**
 * An event as the server has it.
 *
 * @module
 */
import type { AllStreamResolvedEvent, ResolvedEvent } from '@eventstore/db-client'

export interface Kept {
  readonly stream: string
  readonly revision: bigint
  /** Absent on stream reads of old servers. */
  readonly position: bigint | undefined
  readonly id: string
  readonly type: string
  readonly data: unknown
  readonly isJson: boolean
  readonly metadata: unknown
  readonly created: Date
}

/** What the server says where an event has no position. */
const noPosition = 2n ** 64n - 1n

/** A link whose target is gone is no event. */
export const keptOf = ({ event }: ResolvedEvent | AllStreamResolvedEvent): Kept | undefined => {
  if (event === undefined) return undefined
  const { streamId, revision, position, id, type, data, isJson, metadata, created } = event
  const commit = position?.commit
  return {
    stream: streamId,
    revision,
    position: commit === noPosition ? undefined : commit,
    id,
    type,
    data,
    isJson,
    metadata,
    created,
  }
}

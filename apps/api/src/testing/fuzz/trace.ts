/**
 * What requests have left in the log.
 *
 * @internal
 * @module
 */
import type { EventStore } from '@forsat/event-store'

export interface Trace {
  /** The types of what was written since this was asked last. Mails go when they can, whoever asks. */
  readonly left: () => Promise<readonly string[]>
}

export const traceIn = async (store: Pick<EventStore, 'head' | 'readLog'>): Promise<Trace> => {
  let seen = await store.head()
  return {
    left: async () => {
      const types: string[] = []
      if ((await store.head()) === seen) return types
      for await (const page of store.readLog({ after: seen })) {
        for (const { position, stream, type, actor } of page) {
          seen = position
          const isOfMail = stream.startsWith('delivery-') && actor.startsWith('system:')
          if (!isOfMail) types.push(type)
        }
      }
      return types
    },
  }
}

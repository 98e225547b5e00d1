import type { EventStore } from '@forsat/event-store'
import { checkpoints, isUsable } from './bookkeeping.ts'
import type { ReadModelFile } from './file.ts'
import { holderOf, type Trouble } from './lease.ts'
import type { Projection } from './projection.ts'
import { projecting } from './runner.ts'
import type { ProjectionStatus } from './views/status.ts'

/** How far each projection is, as the file tells, whichever process projects. */
export const statusOf = async ({
  file,
  store,
  projections,
  trouble,
}: {
  readonly file: ReadModelFile
  readonly store: Pick<EventStore, 'head'>
  readonly projections: readonly Projection[]
  /** What this process knows to be wrong. */
  readonly trouble: Trouble | undefined
}): Promise<readonly ProjectionStatus[]> => {
  const head = await store.head()
  const known = checkpoints(file.reader)
  const holder = holderOf(file.reader, projecting)
  const stopped = trouble ?? holder?.trouble
  return projections.map((projection) => {
    const { name, version } = projection
    const checkpoint = known.get(name)
    const position = checkpoint?.position ?? 0
    const lag = Math.max(0, head - position)
    const isBuilding = checkpoint?.building !== undefined || !isUsable(checkpoint, projection)
    return {
      name,
      version,
      position: String(position),
      lag,
      state: stopped ? 'stopped' : isBuilding ? 'rebuilding' : lag > 0 ? 'catching-up' : 'live',
      ...(stopped && { reason: stopped.reason }),
      ...(stopped?.position !== undefined && { stoppedAt: String(stopped.position) }),
      ...(holder && { leaseholder: holder.owner }),
    }
  })
}

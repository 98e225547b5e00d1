/**
 * What the one who projects looks after: tables of another version, half copies, another log.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import type { EventStore } from '@forsat/event-store'
import { abandonBuilding, beginAnew, checkpoints, isUsable } from './bookkeeping.ts'
import { transaction } from './database.ts'
import { holderOf } from './lease.ts'
import type { Projection } from './projection.ts'
import { rebuildLease } from './rebuild.ts'

/** The projections whose tables are of another version. */
export const outdatedIn = (
  db: DatabaseSync,
  projections: readonly Projection[],
): readonly string[] => {
  const known = checkpoints(db)
  return projections
    .filter((projection) => !isUsable(known.get(projection.name), projection))
    .map(({ name }) => name)
}

/** Drops what a killed rebuild left, and makes anew what was made from another log. */
export const tidy = async (
  db: DatabaseSync,
  projections: readonly Projection[],
  store: Pick<EventStore, 'find'>,
): Promise<void> => {
  const known = checkpoints(db)
  const foreign: Projection[] = []
  for (const projection of projections) {
    const { position = 0, eventId = '' } = known.get(projection.name) ?? {}
    const isForeign = position > 0 && (await store.find(eventId))?.position !== position
    if (isForeign) foreign.push(projection)
  }
  const halfMade = projections.filter(({ name }) => known.get(name)?.building !== undefined)
  await transaction(db, () => {
    for (const projection of halfMade) {
      if (holderOf(db, rebuildLease(projection.name)) === undefined) abandonBuilding(db, projection)
    }
    beginAnew(db, foreign)
  })
}

/**
 * A delivery as it is answered, with what the clock makes of it.
 *
 * @module
 */
import type { DeliveryView } from '../views/delivery.ts'
import type { DeliveryDocument } from './delivery-document.ts'
import type { VersionDocument } from './version-document.ts'

/** Of the version that stands; of one that nobody issued there is none. */
export const deliveryView = (
  document: DeliveryDocument | undefined,
  { version, issue }: Pick<VersionDocument, 'version' | 'issue'>,
  now: string,
): DeliveryView => {
  if (issue === undefined || document?.version !== version) return { state: 'none', attempts: 0 }
  const { by, at, attempts, to, refusedFor, code, detail, nextAt, viewedAt } = document
  const state = stateAt(document, now)
  return {
    state,
    by,
    at,
    attempts,
    ...(to !== undefined && { to }),
    ...(refusedFor !== undefined && { refusedFor }),
    ...(code !== undefined && { code }),
    ...(detail !== undefined && { detail }),
    ...(state === 'queued' && nextAt !== undefined && { nextAt }),
    ...(viewedAt !== undefined && { viewedAt }),
  }
}

/** Of a mail whose sender was not heard of again nobody knows whether it went. */
const stateAt = ({ state, until }: DeliveryDocument, now: string): DeliveryView['state'] => {
  if (state !== 'underWay') return state
  return until !== undefined && until <= now ? 'unknown' : 'queued'
}

/** The same by the columns, for lists: a question mark stands for the moment. */
export const deliveryState = `COALESCE((
  SELECT CASE WHEN state <> 'underWay' THEN state WHEN until <= ? THEN 'unknown' ELSE 'queued' END
  FROM quotation_delivery WHERE quotation_id = quotation.id AND version = quotation.version
), 'none')`

/** As a timeline tells of it. */
export const deliveryTold = ({ state, to, refusedFor }: DeliveryDocument): object => ({
  delivery: state,
  deliveryTo: to,
  refusedFor,
})

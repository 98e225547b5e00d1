import { type CalendarDate, daysBetween, plusDays } from '@forsat/domain'
import { type BucketCalendar, bucket, monthsBetween, plusMonths } from '@forsat/domain/time'
import type { BucketUnit } from '../queries/dimension.ts'

/** Days from one to another, both included. */
export interface Days {
  readonly from: CalendarDate
  readonly to: CalendarDate
}

/** The same length of time right before: as many months before whole months, else as many days. */
export const daysBefore = ({ from, to }: Days, by: BucketCalendar): Days => {
  const last = plusDays(from, -1)
  if (!isOfWholeMonths({ from, to }, by)) {
    return { from: plusDays(last, -daysBetween(from, to)), to: last }
  }
  return { from: plusMonths(from, -monthsBetween(from, to, by) - 1, by), to: last }
}

/** The buckets one before those that these days fall into. */
export const bucketsBefore = ({ from, to }: Days, unit: BucketUnit, by: BucketCalendar): Days => ({
  from: bucketBefore(from, unit, by).from,
  to: bucketBefore(to, unit, by).to,
})

/** The bucket before the one a day falls into. */
export const bucketBefore = (day: CalendarDate, unit: BucketUnit, by: BucketCalendar) =>
  bucket(plusDays(bucket(day, unit, by).from, -1), unit, by)

const isOfWholeMonths = ({ from, to }: Days, by: BucketCalendar): boolean =>
  bucket(from, 'month', by).from === from && bucket(to, 'month', by).to === to

export {
  type Bucket,
  type BucketCalendar,
  type BucketUnit,
  bucket,
  buckets,
  monthsBetween,
  plusMonths,
} from './bucket.ts'
export { fromJalali, jalali } from './jalali.ts'
export { type DateFormat, parseDate } from './parse-date.ts'
export { firstInvalidInstant, isZone, localDate, startOfDay } from './zone.ts'

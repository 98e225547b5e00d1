export { fromJalali, jalali } from './jalali.ts'
export { firstInvalidInstant, isZone, localDate, localDates, startOfDay } from './zone.ts'

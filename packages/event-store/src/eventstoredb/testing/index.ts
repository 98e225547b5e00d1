/** The bare client, to measure the adapter against. */
export {
  EventStoreDBClient,
  jsonEvent,
  NO_STREAM,
  START,
  streamNameFilter,
} from '@eventstore/db-client'
export { type Double, startDouble } from './double.ts'
export { placeForTests } from './instead.ts'

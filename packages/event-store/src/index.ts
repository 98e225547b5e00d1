export * from './port.ts'
export type { RecordedEvent } from './recorded-event.ts'

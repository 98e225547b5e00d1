export { categoryOf, recordOf } from './names.ts'
export {
  type Append,
  type Appended,
  type AppendRefusal,
  type CommandMemory,
  type CommandRecord,
  type EventStore,
  type Follow,
  type Metadata,
  type NewEvent,
  noStream,
  type PolicyCheckpoints,
  type Position,
  type ReadLog,
  type ReadStream,
  type Revision,
  type SealedPart,
  type StoredEvent,
  type SubjectKey,
  type SubjectKeyName,
  type SubjectKeys,
} from './port.ts'
export type { RecordedEvent } from './recorded-event.ts'
export {
  type AnyCodec,
  BrokenSeal,
  type DecidedEvent,
  EventTooLarge,
  eventBytes,
  type Recorder,
  type RecorderOptions,
  recorder,
} from './recorder.ts'
export { type Finding, StoreDamaged, StoreUnreachable } from './store-errors.ts'

export { categoryOf, recordOf } from './names.ts'
export { type Bell, bell } from './news.ts'
export { BrokenSeal } from './opening.ts'
export {
  type Append,
  type Appended,
  type AppendRefusal,
  type CommandMemory,
  type CommandRecord,
  type EventStore,
  type Follow,
  type LogEntry,
  type LogTree,
  type Metadata,
  type NamedKey,
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
export { type Recorder, type RecorderOptions, recorder } from './recorder.ts'
export { type AnyCodec, type DecidedEvent, EventTooLarge, eventBytes } from './recording.ts'
export { type Finding, StoreDamaged, StoreUnreachable } from './store-errors.ts'

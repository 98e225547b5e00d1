/**
 * The port of an event store: append to one stream at an expected revision, read a stream, read and
 * follow the log. Adapters hide how; `@forsat/event-store/contract` is the suite each must pass.
 *
 * @module
 */
import type { Hash, TreeHead } from '@forsat/ledger'
import type { Either } from 'fp-ts/lib/Either.js'

/**
 * A place in the log: strictly increasing, gaps allowed, at most 2^53 - 1. Reading "after 0" reads
 * from the first event on.
 */
export type Position = number

/** The revision of a stream is that of its last event, from 0; of one that does not exist, -1. */
export type Revision = number
export const noStream: Revision = -1

/** Personal fields of one subject and purpose, sealed (AES-256-GCM); `commitment` is base64url. */
export interface SealedPart {
  readonly subject: string
  readonly purpose: string
  readonly keyId: string
  readonly iv: Uint8Array
  readonly ciphertext: Uint8Array
  readonly tag: Uint8Array
  readonly commitment: string
}

/** An event on its way into the store: already checked, canonical, committed to and sealed. */
export interface NewEvent {
  readonly id: string
  /** Name and version, `OpportunityWon.v1`. */
  readonly type: string
  readonly occurredAt: string
  /** Canonical JSON of the plain part; personal fields stand in it as `{"erased":true}`. */
  readonly data: string
  readonly salt: Uint8Array
  /** Of the plain part, base64url. */
  readonly commitment: string
  readonly sealed: readonly SealedPart[]
}

/** What all events of one append share. */
export interface Metadata {
  readonly company?: string
  /** `kind:id`, never a name. */
  readonly actor: string
  readonly onBehalfOf?: string
  readonly correlationId: string
  readonly causationId?: string
  /** SHA-256 of the command's scope and idempotency key, or of its own id; base64url. */
  readonly command: string
  /** W3C traceparent. */
  readonly trace?: string
}

/** The answer a repeat of a command gets; kept in the same transaction as the events. */
export interface CommandRecord {
  /** Company and API key: keys of other scopes are other keys. */
  readonly scope: string
  readonly key: string
  /** SHA-256 of what was asked, to tell a repeat from a misuse of the key. */
  readonly requestHash: string
  /** JSON text: what the first call was answered with. */
  readonly outcome: string
}

export interface Append {
  readonly stream: string
  readonly expectedRevision: Revision
  readonly metadata: Metadata
  readonly events: readonly NewEvent[]
  readonly command?: CommandRecord
}

export interface Appended {
  readonly stream: string
  /** Of the last event. */
  readonly revision: Revision
  readonly position: Position
  readonly recordedAt: string
  /** True where the same events already stood there: nothing was written again. */
  readonly repeated: boolean
}

/** Why nothing of an append was written. */
export type AppendRefusal =
  | {
      readonly type: 'RevisionConflict'
      readonly stream: string
      readonly expected: Revision
      readonly current: Revision
    }
  /** An event id that stands elsewhere, or here under another envelope: with other content. */
  | { readonly type: 'EventIdTaken'; readonly id: string }
  /** The idempotency key was used before; the caller compares the hashes. */
  | { readonly type: 'CommandKnown'; readonly record: CommandRecord }

/** An event as the log has it; what is sealed is opened by the codec, where its key still exists. */
export interface StoredEvent {
  readonly position: Position
  readonly id: string
  readonly stream: string
  readonly revision: Revision
  readonly type: string
  readonly company: string | undefined
  readonly occurredAt: string
  readonly recordedAt: string
  readonly actor: string
  readonly onBehalfOf: string | undefined
  readonly correlationId: string
  readonly causationId: string | undefined
  /** Canonical JSON of the plain part. */
  readonly data: string
  readonly sealed: readonly SealedPart[]
}

/** An event as the ledger has it: what is hashed, and what opens its commitment. */
export interface LogEntry {
  readonly position: Position
  /** Canonical JSON: the bytes that the tree is made of. */
  readonly envelope: string
  /** Canonical JSON of the plain part, and the salt that it was committed to with. */
  readonly data: string
  readonly salt: Uint8Array
  /** What is left of the sealed parts; the envelope names all that there were. */
  readonly sealed: readonly SealedPart[]
}

export interface ReadStream {
  /** First revision to read; 0 if absent. */
  readonly from?: Revision
  /** Last revision to read. */
  readonly to?: Revision
  /** Events a page, 1,000 if absent. */
  readonly pageSize?: number
}

export interface ReadLog {
  /** Events behind this position; 0 if absent. */
  readonly after?: Position
  /** Last position to read; if absent, the head at the start of the read. */
  readonly to?: Position
  /** Events a page, 1,000 if absent. */
  readonly pageSize?: number
}

export interface Follow {
  readonly after?: Position
  readonly pageSize?: number
  /** Ends the iteration. */
  readonly signal: AbortSignal
}

export interface EventStore extends AsyncDisposable {
  /**
   * All or nothing, at exactly the expected revision; durable when the promise resolves. What is no
   * append at all (no events, a stream that is no name) is a defect and throws.
   */
  append(append: Append): Promise<Either<AppendRefusal, Appended>>
  /** Pages of one stream in the order of its revisions. */
  readStream(stream: string, options?: ReadStream): AsyncIterable<readonly StoredEvent[]>
  /**
   * Whether a stream surely ends at a revision, so that reading on would find nothing. Only a store
   * that can tell without asking anybody has it.
   */
  readonly endsAt?: (stream: string, revision: Revision) => boolean
  /** Pages of the log in the order of positions. */
  readLog(options?: ReadLog): AsyncIterable<readonly StoredEvent[]>
  /** The same pages as the ledger has them. */
  readEntries(options?: ReadLog): AsyncIterable<readonly LogEntry[]>
  /**
   * A catch-up subscription: pages of what is there, then of what comes, from any process. Nothing
   * is skipped or doubled. Dies aloud: an error ends the iteration by throwing.
   */
  follow(options: Follow): AsyncIterable<readonly StoredEvent[]>
  /** The position of the last event; 0 for an empty log. */
  head(): Promise<Position>
  /** Finds an event by its id. */
  find(id: string): Promise<StoredEvent | undefined>
  /**
   * Removes the parts that were sealed with these keys, so that no file holds their bytes any longer.
   * The events stay, and so does what they commit to. Throws where others keep it from the files.
   */
  discard(keyIds: readonly string[]): Promise<void>
  readonly commands: CommandMemory
  readonly policies: PolicyCheckpoints
  /** Absent where the log is another's: then whoever follows it has the tree. */
  readonly tree?: LogTree
}

/**
 * The Merkle tree over the log. Its entries are the envelopes as they are stored; entry 0 is that of
 * the first event. A size that the log has not reached throws `RangeError`.
 */
export interface LogTree {
  head(): Promise<TreeHead>
  /** The root at an earlier size. */
  root(size: number): Promise<Hash>
  inclusion(index: number, size: number): Promise<readonly Hash[]>
  consistency(from: number, to: number): Promise<readonly Hash[]>
  /** The text of an entry. */
  entry(index: number): Promise<string | undefined>
}

/** What is remembered of commands, so that a repeat is answered like the first call. */
export interface CommandMemory {
  find(scope: string, key: string): Promise<CommandRecord | undefined>
  /** Remembers a command that succeeded without events. The record that stood there first wins. */
  remember(record: CommandRecord): Promise<CommandRecord>
  /** Drops what is older; at least 24 hours are kept. */
  forget(before: string): Promise<void>
}

/** How far each policy has seen the log. They live beside the events, never in read models. */
export interface PolicyCheckpoints {
  find(policy: string): Promise<Position | undefined>
  /** Never moves back. */
  save(policy: string, position: Position): Promise<void>
}

/** The key of one subject and purpose. */
export interface SubjectKey {
  readonly id: string
  /** 32 bytes. */
  readonly key: Uint8Array
}

export interface SubjectKeyName {
  readonly subject: string
  readonly purpose: string
}

/** One of the keys that a subject and purpose have had: a destroyed one is followed by another. */
export interface NamedKey extends SubjectKeyName {
  readonly keyId: string
}

/** Where the keys of personal data live; apart from the events, so that one can go without the other. */
export interface SubjectKeys {
  /** The current keys, in order, made and durable where they were missing. */
  ensure(names: readonly SubjectKeyName[]): Promise<readonly SubjectKey[]>
  /** A key to open something with; `undefined` once it is destroyed. */
  find(name: SubjectKeyName, keyId: string): SubjectKey | undefined
  /** Whether the place where keys are kept is there at all: without it nobody can tell what is lost. */
  present(): boolean
  /** The current keys of these names, as far as there are any, whoever made them. */
  standing(names: readonly SubjectKeyName[]): Promise<readonly NamedKey[]>
  /**
   * Destroys the keys of these names that have one of these ids, for good, and forgets those that
   * others have destroyed. Again does nothing.
   */
  destroy(names: readonly SubjectKeyName[], ids: readonly string[]): Promise<void>
  /** Puts them aside: nothing is sealed with them any more, and only `aside` finds them. */
  setAside(names: readonly SubjectKeyName[], ids: readonly string[]): Promise<void>
  /** A key that was put aside, until it is destroyed. */
  aside(name: SubjectKeyName, keyId: string): SubjectKey | undefined
}

/**
 * What an error of the client means for an append: never written, perhaps written, or somewhere else.
 *
 * @module
 */
import { StoreUnreachable } from '../store-errors.ts'

/** The server cannot be reached just now; it may be tried again. */
export class ServerGone extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'ServerGone'
  }
}

/** An append that may or may not be in the log. Repeating it with the same ids settles it. */
export class OutcomeUnknown extends StoreUnreachable {
  constructor(stream: string, cause: unknown) {
    super(`It is not known whether the append to ${stream} was stored.`, cause)
    this.name = 'OutcomeUnknown'
  }
}

/** What one attempt to append came to. */
export type Attempt =
  | { readonly kind: 'written'; readonly revision: bigint; readonly position: bigint | undefined }
  | { readonly kind: 'conflict'; readonly current: bigint | undefined }
  /** The stream was deleted for ever. */
  | { readonly kind: 'deleted' }
  /** Surely not written, and no fault of what was sent. */
  | { readonly kind: 'elsewhere'; readonly error: unknown }
  /** Perhaps written. */
  | { readonly kind: 'unknown'; readonly error: unknown }
  /** Never written, and never will be. */
  | { readonly kind: 'refused'; readonly error: Error }

const invalidArgument = 3
const permissionDenied = 7
const unauthenticated = 16

/** Whatever is not known to be a refusal may have been stored. */
export const kindOf = (error: unknown, place: string): Attempt => {
  if (!(error instanceof Error)) return { kind: 'unknown', error }
  const type = 'type' in error ? error.type : undefined
  const code = 'code' in error ? error.code : undefined
  if (type === 'wrong-expected-version') {
    const actual = 'actualVersion' in error ? error.actualVersion : undefined
    return { kind: 'conflict', current: typeof actual === 'bigint' ? actual : undefined }
  }
  if (type === 'stream-deleted') return { kind: 'deleted' }
  if (type === 'not-leader') return { kind: 'elsewhere', error }
  if (type === 'access-denied' || code === permissionDenied || code === unauthenticated) {
    const denied = `${place} does not let us in: check user, password and access rights.`
    return { kind: 'refused', error: new StoreUnreachable(denied, error) }
  }
  if (type === 'maximum-append-size-exceeded' || code === invalidArgument) {
    return { kind: 'refused', error: new TypeError(`${place} refused: ${error.message}`) }
  }
  return { kind: 'unknown', error }
}

/**
 * Why a store cannot serve at all, each as one sentence that a person can act on.
 *
 * @module
 */

/** The store is not there, is something else, or does not let us in. */
export class StoreUnreachable extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'StoreUnreachable'
  }
}

/** Something in a log that cannot have been written there. */
export interface Finding {
  readonly code:
    | 'INDEX_GAP'
    | 'REVISION_GAP'
    | 'HISTORY_TRUNCATED'
    | 'TIME_WENT_BACK'
    | 'COLUMN_MISMATCH'
    | 'ENVELOPE_NOT_CANONICAL'
    | 'COMMITMENT_MISMATCH'
    | 'PAYLOAD_MISSING'
    | 'SEAL_BROKEN'
    | 'UNREADABLE'
    | 'DUPLICATE_ID'
    | 'ERASED_WITHOUT_RECORD'
    | 'LEAF_CACHE_MISMATCH'
    | 'TREE_STALE'
    | 'ROOT_MISMATCH'
    | 'LOG_SHRUNK'
    | 'BAD_CHECKPOINT'
  /** Where it was found; absent where it concerns the whole log. */
  readonly position?: number
  /** Between which numbers of events, where the place itself is not known. */
  readonly range?: readonly [number, number]
  readonly detail: string
}

/** The log is there, and is not as it was written. Nothing is read from it or added to it. */
export class StoreDamaged extends Error {
  readonly findings: readonly Finding[]
  constructor(path: string, findings: readonly Finding[]) {
    const [first] = findings
    const where = first?.position === undefined ? '' : ` at position ${first.position}`
    super(
      `The log ${path} is damaged${where}: ${first?.detail}. Findings in all: ${findings.length}.`,
    )
    this.name = 'StoreDamaged'
    this.findings = findings
  }
}

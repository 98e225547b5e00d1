/** A checkpoint that was had from elsewhere than the bundle. */
interface Held {
  readonly note: string
  readonly from: string
}

interface Given {
  /** Verifier keys as they are published. */
  readonly keys?: readonly string[]
  readonly checkpoints?: readonly Held[]
}

interface Finding {
  readonly code: string
  readonly index?: number
  readonly detail: string
}

export interface Report {
  readonly findings: readonly Finding[]
  readonly events: number
  readonly size: number
  readonly checkpoints: number
  /** So many events are as a known key signed them. */
  readonly sound: number
}

export declare const verifyBundle: (folder: string, given?: Given) => Report
export declare const verifyProof: (text: string, given?: Given) => string | undefined
export declare const exitOf: (report: Pick<Report, 'findings' | 'checkpoints'>) => number

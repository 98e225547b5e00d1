/**
 * An event on its way out of the house: as the ledger has it, with what of it was opened for the
 * receiver.
 *
 * @module
 */
export interface Exported {
  /** Canonical JSON: what the tree is made of. */
  readonly envelope: string
  /** Canonical JSON of the plain part, and the salt that it was committed to with. */
  readonly data: string
  readonly salt: Uint8Array
  /** Sealed parts that were opened; of all others there is the commitment in the envelope. */
  readonly revealed: readonly RevealedPart[]
}

export interface RevealedPart {
  readonly subject: string
  readonly purpose: string
  readonly fields: Readonly<Record<string, unknown>>
  /** With which its commitment can be checked. */
  readonly salt: Uint8Array
}

/** An envelope as it is read back. */
export interface ReadEnvelope {
  readonly idx: number
  readonly stream: string
  readonly rev: number
  readonly id: string
  readonly co?: string
  readonly type: string
  readonly sv: number
  readonly occurred: string
  readonly recorded: string
  readonly actor: string
  readonly onBehalfOf?: string
  readonly cmd: string
  readonly corr: string
  readonly cause?: string
  readonly trace?: string
  readonly data: string
}

export const envelopeOf = ({ envelope }: Exported): ReadEnvelope =>
  JSON.parse(envelope) as ReadEnvelope

/** The data with what was opened laid over the marks of what is sealed. */
export const dataOf = ({ data, revealed }: Exported): Readonly<Record<string, unknown>> =>
  Object.assign(
    JSON.parse(data) as Record<string, unknown>,
    ...revealed.map(({ fields }) => fields),
  ) as Record<string, unknown>

/** A file in the making: what it begins with, what each event adds, what it ends with. */
export interface ExportFormat {
  readonly begin: () => string
  readonly add: (event: Exported) => string
  readonly end: () => string
}

/**
 * What may be wrong with a file, a row or a cell: a stable code and its facts. The words for people
 * are in `texts`.
 *
 * @module
 */

interface Facts {
  EncodingInvalid: { readonly line: number }
  FileMalformed: { readonly line: number; readonly detail: string }
  FileEmpty: object
  FileMissing: { readonly path: string }
  ColumnMissing: { readonly column: string; readonly found: string }
  ColumnTwice: { readonly column: string }
  CellsMiscounted: { readonly expected: number; readonly found: number }
  KeyMissing: object
  KeyTwice: { readonly row: number }
  NumberInvalid: { readonly text: string }
  PercentInvalid: { readonly text: string }
  MoneyInvalid: { readonly text: string }
  MoneyUnitDiffers: { readonly text: string; readonly expected: string }
  MoneyDigits: { readonly text: string; readonly currency: string; readonly digits: number }
  DateInvalid: { readonly text: string }
  PhoneInvalid: { readonly text: string }
  CountryUnknown: { readonly text: string }
  LanguageUnknown: { readonly text: string }
  RecordUnknown: { readonly of: string; readonly name: string }
  RecordAmbiguous: { readonly of: string; readonly name: string }
  /** It was put away, and nothing new may be given it. */
  RecordArchived: { readonly of: string; readonly name: string }
  ReferenceMissing: { readonly file: string; readonly text: string }
  OutcomeUnknown: { readonly text: string }
  ClosedBeforeOpened: { readonly opened: string; readonly closed: string }
  OccurredInFuture: { readonly moment: string }
  LostReasonMissing: object
  FieldMissing: { readonly field: string }
  FieldTooLong: { readonly field: string; readonly letters: number }
  FieldInvalid: { readonly field: string; readonly detail: string }
  /** A rule of the domain said no when the row was to be appended. */
  Refused: { readonly code: string; readonly facts: Readonly<Record<string, unknown>> }
}

export type FaultCode = keyof Facts
export type FaultFacts = Facts

export type Fault = {
  readonly [Code in FaultCode]: { readonly code: Code; readonly facts: Facts[Code] }
}[FaultCode]

/** What a cell was read as, `undefined` where it is empty, or why it could not be read. */
export type Reading<Value = unknown> = { readonly value: Value | undefined } | Faulty

export interface Faulty {
  readonly fault: Fault
}

export const read = <Value>(value: Value | undefined): Reading<Value> => ({ value })

export const fault = <Code extends FaultCode>(code: Code, facts: Facts[Code]): Faulty => ({
  fault: { code, facts } as Fault,
})

/** A fault where it stands. Rows are counted from 1, the header not; `line` is the file's own. */
export interface Problem {
  readonly file: string
  readonly row?: number
  readonly line?: number
  readonly column?: string
  readonly fault: Fault
}

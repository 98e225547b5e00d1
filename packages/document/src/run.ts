/**
 * A run of text: our own words and figures, and between them what others have typed, which may read in
 * the other direction and must not turn its neighbours round.
 *
 * @module
 */
import { type Erased, isErased } from '@forsat/domain'
import type { Speech } from './speech.ts'

export interface Said {
  readonly said: string
  /** Reads from left to right wherever it stands: telephone numbers, codes. */
  readonly ltr?: true
}

export type Run = readonly (string | Said)[]

/** What orders text by hand, and what no font draws: typed words do without. */
const invisible = /[\u0080-\u009F\u202A-\u202E\u2066-\u2069]/g

export const said = (text: string): Said => ({ said: text.replaceAll(invisible, '') })

export const code = (text: string): Said => ({ ...said(text), ltr: true })

/** Words, or that there were some. */
export const erasable = (value: string | Erased, { text }: Speech): Said | string =>
  isErased(value) ? text.erased : said(value)

/**
 * What lies in boxes that were sealed here a moment ago. Read models open each of them once, right
 * after its append; whoever has just closed a box need not open it to know what is in it.
 *
 * @module
 */
import { type BoxPlace, canonical, type Fields } from '@forsat/ledger'
import type { SealedPart } from './port.ts'

export interface FreshBoxes {
  readonly keep: (part: SealedPart, place: BoxPlace, fields: Fields) => void
  /** What lies in the very box that was sealed for that place, once; of any other nothing. */
  readonly take: (part: SealedPart, place: BoxPlace) => Fields | undefined
}

interface Kept {
  readonly part: SealedPart
  readonly place: BoxPlace
  /** In canonical form, as it lies in the box. */
  readonly text: string
}

/** Boxes that nobody has asked for are forgotten behind so many newer ones. */
const most = 200

export const freshBoxes = (): FreshBoxes => {
  // No two commitments are alike.
  const known = new Map<string, Kept>()
  return {
    keep: (part, place, fields) => {
      known.set(part.commitment, { part, place, text: canonical(fields) })
      const [oldest] = known.size > most ? known.keys() : []
      if (oldest !== undefined) known.delete(oldest)
    },
    take: (part, place) => {
      const kept = known.get(part.commitment)
      if (kept === undefined || !isSamePlace(kept.place, place)) return undefined
      if (!isSameBox(kept.part, part)) return undefined
      known.delete(part.commitment)
      return JSON.parse(kept.text) as Fields
    },
  }
}

const isSamePlace = (a: BoxPlace, b: BoxPlace): boolean =>
  a.id === b.id &&
  a.stream === b.stream &&
  a.revision === b.revision &&
  a.subject === b.subject &&
  a.purpose === b.purpose

const isSameBox = (a: SealedPart, b: SealedPart): boolean =>
  a.keyId === b.keyId &&
  Buffer.compare(a.tag, b.tag) === 0 &&
  Buffer.compare(a.iv, b.iv) === 0 &&
  Buffer.compare(a.ciphertext, b.ciphertext) === 0

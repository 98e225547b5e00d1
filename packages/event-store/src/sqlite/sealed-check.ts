/**
 * Sealed parts: each opens to what was committed to, or is gone with a record of its erasure. Without
 * any keys nobody can tell, and they are only counted.
 *
 * @module
 */
import { open } from '@forsat/ledger'
import type { SubjectKeyName, SubjectKeys } from '../port.ts'
import type { Finding } from '../store-errors.ts'
import { type BoxRow, type EventRow, finding } from './row-check.ts'

/** What became of the sealed parts of a log. */
export interface SealedParts {
  readonly all: number
  readonly opened: number
  /** Gone, as an event says. */
  readonly erased: number
  /** There, and no key to look at them with. */
  readonly locked: number
}

export interface SealedCheck {
  readonly row: (event: EventRow, boxes: readonly BoxRow[]) => readonly Finding[]
  /** Once all rows were seen: an erasure may be told after what it erased. */
  readonly finish: () => { readonly parts: SealedParts; readonly findings: readonly Finding[] }
}

export interface SealedRequest {
  /** Absent: all keys are out of reach. */
  readonly keys?: SubjectKeys | undefined
  /** Whose keys an event says were destroyed. */
  readonly erasures: (event: {
    readonly type: string
    readonly data: string
  }) => readonly SubjectKeyName[]
}

export const sealedCheck = ({ keys, erasures }: SealedRequest): SealedCheck => {
  /** Of each subject and purpose: the last event that says it was erased. */
  const erased = new Map<string, number>()
  /** Of each with something missing: where first, where last, and how often. */
  const missing = new Map<string, { readonly first: number; last: number; count: number }>()
  const counts = { all: 0, opened: 0, locked: 0 }

  const isMissing = (name: SubjectKeyName, position: number): void => {
    const known = missing.get(nameOf(name))
    if (known === undefined)
      missing.set(nameOf(name), { first: position, last: position, count: 1 })
    else Object.assign(known, { last: position, count: known.count + 1 })
  }

  return {
    row: (event, boxes) => {
      for (const name of erasures(event)) erased.set(nameOf(name), event.pos)
      counts.all += event.sealed
      if (event.sealed === 0) return []
      const found: Finding[] = []
      for (const name of sealedIn(event)) {
        const box = boxes.find((each) => nameOf(each) === nameOf(name))
        if (box === undefined) {
          isMissing(name, event.pos)
          continue
        }
        const key = keys?.find(name, box.key_id)
        if (keys === undefined) counts.locked += 1
        else if (key === undefined) isMissing(name, event.pos)
        else if (opens(event, box, key.key)) counts.opened += 1
        else
          found.push(
            finding('SEAL_BROKEN', event.pos, `its sealed part of ${name.subject} is not its own`),
          )
      }
      return found
    },
    finish: () => {
      // What was sealed after an erasure was not erased by it.
      const isTold = (name: string, last: number) => last < (erased.get(name) ?? 0)
      const gone = [...missing].filter(([name, { last }]) => isTold(name, last))
      const untold = [...missing].filter(([name, { last }]) => !isTold(name, last))
      return {
        parts: { ...counts, erased: gone.reduce((sum, [, { count }]) => sum + count, 0) },
        findings: untold.map(([name, { first, last }]) =>
          finding(
            'ERASED_WITHOUT_RECORD',
            erased.has(name) ? last : first,
            `a sealed part of ${name} is gone, and no event says why`,
          ),
        ),
      }
    },
  }
}

const nameOf = ({ subject, purpose }: SubjectKeyName): string => `${subject}/${purpose}`

const sealedIn = ({ env }: EventRow): readonly SubjectKeyName[] => {
  try {
    const { pii = [] } = JSON.parse(env) as {
      readonly pii?: readonly { readonly s: string; readonly p: string }[]
    }
    return pii.map(({ s: subject, p: purpose }) => ({ subject, purpose }))
  } catch {
    return []
  }
}

const opens = ({ stream, rev: revision, id }: EventRow, box: BoxRow, key: Uint8Array): boolean => {
  const { subject, purpose, iv, ct: ciphertext, tag, commitment } = box
  const place = { stream, revision, id, subject, purpose }
  return open({ iv, ciphertext, tag, commitment }, place, key) !== undefined
}

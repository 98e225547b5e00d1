/**
 * A plan in parts: none is larger than an event may be.
 *
 * @module
 */
import type { Assigned, LeftOver, Plan } from './plan.ts'

/** Of the 64 KiB that an event may take, with room for what else it tells. */
const mostBytes = 60_000

type Decision =
  | { readonly assigned: Assigned; readonly left?: never }
  | { readonly left: LeftOver; readonly assigned?: never }

export const partsOfPlan = ({ assigned, left }: Plan): readonly Plan[] => {
  const decisions: readonly Decision[] = [
    ...assigned.map((each): Decision => ({ assigned: each })),
    ...left.map((each): Decision => ({ left: each })),
  ]
  const parts: Decision[][] = []
  let bytes = mostBytes
  for (const decision of decisions) {
    // Ids and codes are plain letters: one byte each.
    const size = JSON.stringify(decision.assigned ?? decision.left).length + 1
    if (bytes + size > mostBytes) {
      parts.push([])
      bytes = 0
    }
    parts.at(-1)?.push(decision)
    bytes += size
  }
  return parts.map((part) => ({
    assigned: part.flatMap((each) => each.assigned ?? []),
    left: part.flatMap((each) => each.left ?? []),
  }))
}

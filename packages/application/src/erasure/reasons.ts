import { compareKey, Line } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import type { Aggregate } from '../aggregate.ts'
import { invalid, type Refusal } from '../refusal.ts'

/** Why somebody's data is erased, who asked for it, and who agreed. It stays, so it names nobody. */
export const Reasons = z.strictObject({
  ground: Line.describe(
    'On which ground. It stays in the history, so it must not name the person.',
  ),
  requestedBy: Line.describe('Who asked for it, by a role or an id: user:01J… or the person.'),
  approvedBy: Line.optional().describe('Who agreed to it: somebody else than who asked for it.'),
})
export type Reasons = z.infer<typeof Reasons>

/** The shortest text that tells of somebody; less is found in any sentence. */
const shortest = 3

/** Reasons that hold nothing of what they are to erase. */
export const checkedReasons = (
  reasons: Reasons,
  personal: Aggregate['personal'],
): E.Either<Refusal, Reasons> => {
  const { requestedBy, approvedBy } = reasons
  if (approvedBy !== undefined && compareKey(approvedBy) === compareKey(requestedBy)) {
    return invalid('/approvedBy', 'must be somebody else than who asked for it')
  }
  const words = Object.values(personal)
    .filter((value) => typeof value === 'string')
    .map(compareKey)
    .filter((word) => word.length >= shortest)
  for (const [name, text = ''] of Object.entries(reasons)) {
    const key = ` ${compareKey(text)} `
    if (words.some((word) => key.includes(` ${word} `))) {
      return invalid(`/${name}`, 'must not hold anything that is to be erased')
    }
  }
  return E.right(reasons)
}

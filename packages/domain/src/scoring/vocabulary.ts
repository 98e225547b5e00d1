/**
 * A vocabulary knows traits by numbers, so that what is said of a hundred thousand deals is written
 * down once.
 *
 * @module
 */
import type { Trait } from './deal.ts'

export interface Vocabulary {
  /** Numbers are those below. */
  readonly size: number
  /** The number of a trait; one that nobody has heard of gets the next. */
  learn(trait: Trait): number
  /** `undefined` of one that nobody has heard of. */
  find(trait: Trait): number | undefined
  trait(number: number): Trait | undefined
}

export const vocabulary = (): Vocabulary => {
  const numbers = new Map<string, Map<string, number>>()
  const traits: Trait[] = []
  const find = ({ variable, value }: Trait): number | undefined => numbers.get(variable)?.get(value)
  return {
    get size() {
      return traits.length
    },
    find,
    learn: (trait) => {
      const known = find(trait)
      if (known !== undefined) return known
      const { variable, value } = trait
      const values = numbers.get(variable) ?? new Map<string, number>()
      numbers.set(variable, values.set(value, traits.length))
      return traits.push({ variable, value }) - 1
    },
    trait: (number) => traits[number],
  }
}

/** Numbers that look thrown and are the same every time. */
export interface Dice {
  /** A whole number from 0 to one less than `sides`. */
  roll(sides: number): number
  pick<Item>(items: readonly [Item, ...Item[]]): Item
}

/** A linear congruential generator (Numerical Recipes): good enough to mix a few names. */
export const diceOf = (seed: number): Dice => {
  let state = seed >>> 0
  const roll = (sides: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
  return { roll, pick: (items) => items[roll(items.length)] ?? items[0] }
}

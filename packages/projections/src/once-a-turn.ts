/**
 * Works something out at most once in a turn of the event loop: many who ask in the same breath are
 * answered alike.
 */
export const onceATurn = <Answer>(work: () => Answer): (() => Answer) => {
  let known: { readonly answer: Answer } | undefined
  return () => {
    if (known === undefined) {
      known = { answer: work() }
      setImmediate(() => {
        known = undefined
      })
    }
    return known.answer
  }
}

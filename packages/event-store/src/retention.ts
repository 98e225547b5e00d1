/** How long the answers to commands are remembered at least. */
const dayMs = 24 * 60 * 60 * 1000

/** The moment before which commands may be forgotten, when asked to forget those before `before`. */
export const keptFor = (before: string, now: string): string => {
  const dayAgo = new Date(Date.parse(now) - dayMs).toISOString()
  return before < dayAgo ? before : dayAgo
}

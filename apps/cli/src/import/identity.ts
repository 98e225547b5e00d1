import { createHash } from 'node:crypto'

/** What a record is told apart by, in a form that gives nothing of it away. */
export const identityOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url')

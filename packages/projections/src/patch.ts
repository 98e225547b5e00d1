/**
 * The document after a change of fields: `null` clears one, `undefined` says nothing of it. A field
 * that is gone is gone, so that a document read back from its JSON goes on exactly like this one; and
 * what it held as `null` before, an exempt tax or an unnamed reason, it still holds.
 */
export const patched = <Document extends object>(document: Document, changes: object): Document => {
  const next = { ...document } as Record<string, unknown>
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete next[name]
    else if (value !== undefined) next[name] = value
  }
  return next as Document
}

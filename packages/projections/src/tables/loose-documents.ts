import type { Documents, Table } from '../projection.ts'
import { keyOf } from './document-table.ts'

/** Documents in no table: for what is folded aside. */
export const loose = (table: Table): Documents<object> & { readonly all: () => object[] } => {
  const documents = new Map<string, object>()
  const put = (document: object): void => {
    documents.set(JSON.stringify(keyOf(table, document)), document)
  }
  return {
    get: (...key) => documents.get(JSON.stringify(key)),
    put,
    add: put,
    delete: (...key) => {
      documents.delete(JSON.stringify(key))
    },
    all: () => [...documents.values()],
  }
}

/**
 * Where a store, its keys and its read models are, from one setting: what belongs together lies
 * side by side.
 *
 * @module
 */

export interface PlacesGiven {
  /** `sqlite:PATH`, `memory:`, or a connection string `esdb://…`. */
  readonly store: string
  readonly readModels?: string | undefined
  readonly keys?: string | undefined
  /** Where what belongs to a store on a server lies on this machine; `data` if absent. */
  readonly folder?: string | undefined
}

export type Places =
  | { readonly kind: 'memory' }
  | {
      readonly kind: 'sqlite'
      readonly store: string
      readonly readModels: string
      readonly keys: string
      /** The log of who looked at what. */
      readonly access: string
    }
  | {
      readonly kind: 'eventstoredb'
      /** The connection string, password and all. */
      readonly store: string
      readonly readModels: string
      readonly keys: string
      /** Where what is in the server's log is noted. */
      readonly index: string
      readonly access: string
    }

/** A setting that names no kind of store. */
export class StoreUnknown extends Error {
  constructor(store: string) {
    super(`${store} names no store: it must be sqlite:PATH, memory: or esdb://HOST:PORT`)
    this.name = 'StoreUnknown'
  }
}

/** Paths stay as they were given; what is not given lies beside the store. */
export const placesOf = ({ store, readModels, keys, folder = 'data' }: PlacesGiven): Places => {
  if (store === 'memory:') return { kind: 'memory' }
  if (/^esdb(\+discover)?:\/\//.test(store)) {
    const models = readModels ?? `${folder}/esdb.read.db`
    const base = models.replace(/\.db$/, '').replace(/\.read$/, '')
    return {
      kind: 'eventstoredb',
      store,
      readModels: models,
      keys: keys ?? `${folder}/forsat.keys`,
      index: `${base}.index.db`,
      access: `${base}.access.db`,
    }
  }
  const [, path] = /^sqlite:(.+)$/s.exec(store) ?? []
  if (path === undefined) throw new StoreUnknown(shownStore(store))
  const base = path.replace(/\.db$/, '')
  return {
    kind: 'sqlite',
    store: path,
    readModels: readModels ?? `${base}.read.db`,
    keys: keys ?? `${base}.keys`,
    access: `${base}.access.db`,
  }
}

/** A setting as it may be shown: a connection string without its password. */
export const shownStore = (store: string): string =>
  store.replace(/^([a-z+]+:\/\/)[^@/?]*@/, '$1…@')

/**
 * Where a store, its keys and its read models are, from one setting: what belongs together lies
 * side by side.
 *
 * @module
 */

export interface PlacesGiven {
  /** `sqlite:PATH` or `memory:`. */
  readonly store: string
  readonly readModels?: string | undefined
  readonly keys?: string | undefined
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

/** A setting that names no kind of store. */
export class StoreUnknown extends Error {
  constructor(store: string) {
    super(`${store} names no store: it must be sqlite:PATH or memory:`)
    this.name = 'StoreUnknown'
  }
}

/** Paths stay as they were given; what is not given lies beside the store. */
export const placesOf = ({ store, readModels, keys }: PlacesGiven): Places => {
  if (store === 'memory:') return { kind: 'memory' }
  const [, path] = /^sqlite:(.+)$/s.exec(store) ?? []
  if (path === undefined) throw new StoreUnknown(store)
  const base = path.replace(/\.db$/, '')
  return {
    kind: 'sqlite',
    store: path,
    readModels: readModels ?? `${base}.read.db`,
    keys: keys ?? `${base}.keys`,
    access: `${base}.access.db`,
  }
}

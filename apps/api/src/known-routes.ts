/**
 * The routes that there are, to tell an address that does not exist from one that does not take a
 * method.
 *
 * @module
 */

interface Route {
  readonly method: string | readonly string[]
  readonly url: string
}

export interface KnownRoutes {
  readonly add: (route: Route) => void
  /** The methods that a path takes; none where there is no such address. */
  readonly methodsAt: (path: string) => readonly string[]
}

export const knownRoutes = (): KnownRoutes => {
  const routes = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>()
  return {
    add: ({ method, url }) => {
      const route = routes.get(url) ?? { pattern: patternOf(url), methods: new Set() }
      routes.set(url, route)
      for (const each of [method].flat()) route.methods.add(each)
    },
    methodsAt: (path) => {
      const there = [...routes.values()].filter(({ pattern }) => pattern.test(path))
      return [...new Set(there.flatMap(({ methods }) => [...methods]))].toSorted()
    },
  }
}

/** `/opportunities/:id` as what it takes: one step of the path for a name, anything for a star. */
const patternOf = (url: string): RegExp => {
  const parts = url
    .split(/(:\w+|\*)/)
    .map((part) => (part === '*' ? '.*' : part.startsWith(':') ? '[^/]+' : RegExp.escape(part)))
  return new RegExp(`^${parts.join('')}$`)
}

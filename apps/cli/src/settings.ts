/**
 * Where everything is and which clock counts: from options, then the environment, then what is usual.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import {
  type Clock,
  type Places,
  placesOf,
  StoreUnknown,
  systemClock,
  type TestClock,
  testClock,
} from '@forsat/application'
import { parseInstant } from '@forsat/domain'
import { type Shell, Stop } from './shell.ts'
import type { Texts } from './texts/texts.ts'

export interface Settings {
  readonly store: string
  readonly readModels: string | undefined
  readonly keys: string | undefined
  /** Where what belongs to a store on a server lies. */
  readonly folder: string
  readonly clock: Clock
  /** The same clock, where it is one that tests set. */
  readonly testClock: TestClock | undefined
}

const usualFolder = 'data'
const usualStore = 'data/forsat.db'

export const settingsOf = (
  { env, cwd, home }: Shell,
  texts: Texts,
  asked: { readonly store?: string | undefined; readonly testClock?: string | undefined },
): Settings => {
  const given = asked.store ?? env['FORSAT_STORE']
  const at = (path: string | undefined) => (path ? resolve(cwd, path) : undefined)
  const instant = asked.testClock ?? (env['FORSAT_TEST_CLOCK'] || undefined)
  const start = instant === undefined ? undefined : parseInstant(instant)
  if (instant !== undefined && start === undefined) throw new Stop(2, texts.store.clock(instant))
  const test = start === undefined ? undefined : testClock(start)
  return {
    store: given ? absolute(given, cwd) : `sqlite:${resolve(home, usualStore)}`,
    readModels: at(env['FORSAT_READ_MODELS']),
    keys: at(env['FORSAT_KEYS']),
    folder: resolve(home, usualFolder),
    clock: test ?? systemClock(),
    testClock: test,
  }
}

/** A store in a file by its whole path; whatever else it is stays as it was named. */
const absolute = (store: string, cwd: string): string => {
  const [, path] = /^sqlite:(.+)$/s.exec(store) ?? []
  return path === undefined || isAbsolute(path) ? store : `sqlite:${resolve(cwd, path)}`
}

/** Where what a setting names lies; one that names nothing is wrong usage. */
export const placesIn = ({ store, readModels, keys, folder }: Settings): Places => {
  try {
    return placesOf({ store, readModels, keys, folder })
  } catch (error) {
    throw error instanceof StoreUnknown ? new Stop(2, `${error.message}.`) : error
  }
}

/** The file of a store that is not there; `undefined` where there is one, or where none is needed. */
export const missingFile = (settings: Settings): string | undefined => {
  const places = placesIn(settings)
  return places.kind === 'sqlite' && !existsSync(places.store) ? places.store : undefined
}

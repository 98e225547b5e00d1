/**
 * What a connection string says: most of it to the client, some to this adapter.
 *
 * @module
 */
import { StoreUnreachable } from '../store-errors.ts'

export interface Settings {
  /** For the client: without what is meant for us. */
  readonly connectionString: string
  /** The hosts alone, for messages: never a password. */
  readonly place: string
  /** In front of every stream of ours, so that others may share the database. */
  readonly prefix: string
  /** In all: data, metadata and twice the name of the type of all events of one append. */
  readonly maxAppendBytes: number
  /** How long one call may take before its outcome counts as unknown. */
  readonly deadlineMs: number
  /** Who is told to the server with each append; a call that names somebody is a call of its own. */
  readonly credentials: { readonly username: string; readonly password: string } | undefined
  /** Whether reads are to be answered by the leader alone. */
  readonly requiresLeader: boolean
}

/** Until 25.0 a server takes no more in one append. */
const usualMaxAppendBytes = 1024 * 1024
const usualDeadlineMs = 10_000

/** Keys of the query that are ours. */
const ours = new Set(['streamprefix', 'maxappendsize', 'batchappend'])

/** Reads a connection string; throws `StoreUnreachable` for one that cannot lead anywhere. */
export const settingsOf = (text: string): Settings => {
  const wrong = (why: string) => new StoreUnreachable(`The connection string is wrong: ${why}.`)
  const [, scheme, login, hosts = '', query = ''] =
    /^(esdb(?:\+discover)?):\/\/(?:([^@/?]*)@)?([^/?@]+)\/?(?:\?(.*))?$/s.exec(text.trim()) ?? []
  if (scheme === undefined) throw wrong('it must read esdb://HOST:PORT?KEY=VALUE')

  const pairs = query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): readonly [string, string] => {
      const [key = '', ...value] = pair.split('=')
      return [key, value.join('=')]
    })
  const said = (name: string): string | undefined =>
    pairs.find(([key]) => plain(key) === name)?.[1].trim()
  const whole = (name: string, usual: number): number => {
    const value = said(name)
    if (value === undefined) return usual
    if (!/^[1-9]\d{0,9}$/.test(value)) throw wrong(`${name} must be a whole number above 0`)
    return Number(value)
  }
  const isTrue = (name: string, usual: boolean): boolean => {
    const value = said(name) ?? String(usual)
    if (value !== 'true' && value !== 'false') throw wrong(`${name} must be true or false`)
    return value === 'true'
  }

  const [username = '', password = ''] = (login ?? '').split(':').map(decodeURIComponent)
  const prefix = said('streamprefix') ?? 'forsat_'
  if (!/^[a-z][a-z0-9_.]*$/.test(prefix)) {
    throw wrong('streamPrefix must be small letters, digits, dots and underscores')
  }
  if (!isTrue('throwonappendfailure', true)) {
    throw wrong('throwOnAppendFailure must stay true: without it appends report wrong revisions')
  }
  const isSecure = isTrue('tls', true)
  const named = login === undefined ? undefined : { username, password }
  // Over plain connections the client sends no name at all, but one still chooses the path.
  const anyone = isSecure ? undefined : { username: 'nobody', password: '' }
  const rest = pairs.filter(([key]) => !ours.has(plain(key)))
  const asked = rest.map(([key, value]) => `${key}=${value}`).join('&')
  return {
    connectionString: `${scheme}://${login === undefined ? '' : `${login}@`}${hosts}${asked === '' ? '' : `?${asked}`}`,
    place: `${scheme}://${hosts}`,
    prefix,
    maxAppendBytes: whole('maxappendsize', usualMaxAppendBytes),
    deadlineMs: whole('defaultdeadline', usualDeadlineMs),
    credentials: isTrue('batchappend', false) ? undefined : (named ?? anyone),
    requiresLeader: plain(said('nodepreference') ?? 'leader') === 'leader',
  }
}

/** The client reads keys in any case, with dashes and underscores or without. */
const plain = (key: string): string => key.trim().toLowerCase().replaceAll(/[_-]/g, '')

/**
 * The records that rows may name, by their names as people compare them and by their ids elsewhere.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import { compareKey } from '@forsat/domain'
import type { Catalogue, ContactView, Page } from '@forsat/projections'
import type { RecordOf } from './field.ts'

interface Known {
  readonly id: string
  /** Put away: it keeps what it has, and gets nothing new where that matters. */
  readonly archived: boolean
}

export interface Directory {
  /** Records of that name; those in use, if any is. */
  find(of: RecordOf, name: string): readonly Known[]
  add(of: RecordOf, name: string, known: Known): void
  /** The record that the import's system knows by this id. */
  byKey(of: 'contact' | 'opportunity', key: string): string | undefined
  addKey(of: 'contact' | 'opportunity', key: string, id: string): void
  /** Whether a user belongs to a team. */
  isMember(teamId: string, userId: string): boolean
  readonly contacts: readonly ContactView[]
}

export interface DirectoryRequest {
  readonly company: string
  readonly system: string
  /** Whether contacts must be known by more than their keys. */
  readonly contacts: boolean
}

export const loadDirectory = async (
  forsat: Pick<Forsat, 'query' | 'projections'>,
  { company, system, contacts: wanted }: DirectoryRequest,
): Promise<Directory> => {
  const { query } = forsat
  const scope = { company }
  const names = new Map<string, Known[]>()
  const add: Directory['add'] = (of, name, known) => {
    const key = `${of}\n${compareKey(name)}`
    names.set(key, [...(names.get(key) ?? []), known])
  }
  const addAll = (of: RecordOf, all: readonly Named[]) => {
    for (const { name, id, archived } of all) {
      if (typeof name === 'string') add(of, name, { id, archived })
    }
  }

  const contacts = wanted ? await everything((page) => query.contacts.list(scope, page)) : []
  const teams = await entries(query.teams, scope)
  addAll('contact', contacts)
  addAll('team', teams)
  addAll('product', await entries(query.products, scope))
  addAll('stage', await entries(query.stages, scope))
  addAll('lostReason', await entries(query.lostReasons, scope))
  addAll('user', await entries(query.users, { company, everywhere: true }))

  const members = new Set(
    teams.flatMap(({ id, members: all }) => all.map(({ userId }) => `${id}/${userId}`)),
  )
  const keys = new Map(
    (['contact', 'opportunity'] as const).flatMap((of) =>
      externalIds(forsat, of, company, system).map(([key, id]) => [`${of}\n${key}`, id] as const),
    ),
  )
  return {
    find: (of, name) => {
      const all = names.get(`${of}\n${compareKey(name)}`) ?? []
      const inUse = all.filter(({ archived }) => !archived)
      return inUse.length > 0 ? inUse : all
    },
    add,
    byKey: (of, key) => keys.get(`${of}\n${key}`),
    addKey: (of, key, id) => {
      keys.set(`${of}\n${key}`, id)
    },
    isMember: (teamId, userId) => members.has(`${teamId}/${userId}`),
    contacts,
  }
}

interface Named {
  readonly id: string
  readonly name: unknown
  readonly archived: boolean
}

interface Paged {
  readonly limit: number
  readonly cursor?: string
}
type Listed<Item> =
  | { readonly _tag: 'Right'; readonly right: Page<Item> }
  | { readonly _tag: 'Left' }

/** Every item of a list, page by page. */
const everything = async <Item>(
  list: (page: Paged) => Promise<Listed<Item>>,
): Promise<readonly Item[]> => {
  const items: Item[] = []
  for (let cursor: string | undefined; ; ) {
    const listed = await list({ limit: 200, ...(cursor === undefined ? {} : { cursor }) })
    if (listed._tag === 'Left') throw new Error('a list without filters was refused')
    items.push(...listed.right.items)
    cursor = listed.right.next
    if (cursor === undefined) return items
  }
}

const entries = <View>(catalogue: Catalogue<View>, scope: Parameters<Catalogue<View>['list']>[0]) =>
  everything((page) => catalogue.list(scope, page))

/** Which records another system's ids stand for, asked all at once. */
const externalIds = (
  { projections }: Pick<Forsat, 'projections'>,
  of: 'contact' | 'opportunity',
  company: string,
  system: string,
): readonly (readonly [key: string, id: string])[] => {
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`
  const { rows } = projections.sql(
    `SELECT external_id, subject FROM ${of}_external_id ` +
      `WHERE company = ${quoted(company)} AND system = ${quoted(system)}`,
  )
  return rows.map(([key, id]) => [String(key), String(id)] as const)
}

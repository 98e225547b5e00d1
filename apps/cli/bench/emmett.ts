/**
 * The peer: another event store on SQLite in TypeScript, appending as its guide says. Its driver asks for an
 * install script and a download, so it works over `node:sqlite` here, through the few calls that it makes
 * of its driver; file, journal and durability are its own.
 *
 * @module
 */
import { registerHooks } from 'node:module'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { perSecond } from './measure.ts'

type Done = (error: Error | null, result?: unknown) => void

/** The part of the driver `sqlite3` that the peer calls; it answers in a later turn, as that one does. */
class Database {
  readonly #db: DatabaseSync

  constructor(file: string) {
    this.#db = new DatabaseSync(file)
  }

  run(sql: string, ...rest: readonly unknown[]): void {
    this.#answer(rest, (values) => this.#db.prepare(sql).run(...values))
  }

  all(sql: string, ...rest: readonly unknown[]): void {
    this.#answer(rest, (values) => this.#db.prepare(sql).all(...values))
  }

  get(sql: string, ...rest: readonly unknown[]): void {
    this.#answer(rest, (values) => this.#db.prepare(sql).get(...values))
  }

  close(): void {
    this.#db.close()
  }

  #answer(rest: readonly unknown[], work: (values: readonly SQLInputValue[]) => unknown): void {
    const done = rest.findLast((each) => typeof each === 'function') as Done | undefined
    const given = rest.find((each) => Array.isArray(each)) as readonly unknown[] | undefined
    const values = (given ?? []).map(bound)
    try {
      const result = work(values)
      setImmediate(() => done?.call({}, null, result))
    } catch (error) {
      setImmediate(() => done?.(error as Error))
    }
  }
}

/** What the driver makes of a value that SQLite has no type for: of an object the text that all have. */
const bound = (value: unknown): SQLInputValue => {
  if (typeof value === 'boolean') return Number(value)
  const isObject = typeof value === 'object' && value !== null
  return isObject ? Object.prototype.toString.call(value) : (value as SQLInputValue)
}

interface Peer {
  readonly appendToStream: (stream: string, events: readonly object[]) => Promise<unknown>
}

/** Opens the peer's store in a file. */
const openPeer = async (fileName: string): Promise<Peer> => {
  Object.assign(globalThis, {
    benchDriver: { Database, OPEN_URI: 0, OPEN_READWRITE: 0, OPEN_CREATE: 0 },
  })
  const driver = 'data:text/javascript,export default globalThis.benchDriver'
  using _hooks = asDisposable(
    registerHooks({
      resolve: (specifier, context, next) =>
        specifier === 'sqlite3' ? { url: driver, shortCircuit: true } : next(specifier, context),
    }),
  )
  const { getSQLiteEventStore } = await import('@event-driven-io/emmett-sqlite')
  return getSQLiteEventStore({ fileName }) as unknown as Peer
}

const asDisposable = (hooks: { deregister(): void }): Disposable => ({
  [Symbol.dispose]: () => hooks.deregister(),
})

/**
 * Events a second of the peer, so many to an append, each append to a stream of its own. One append after
 * the other: of several at once its one connection is closed under those that come later.
 */
export const peerAppends = async (
  file: string,
  { appends, events }: { readonly appends: number; readonly events: number },
): Promise<number> => {
  const peer = await openPeer(file)
  const data = { stageId: '01JBENCH000000000000000000' }
  const batch = Array.from({ length: events }, () => ({ type: 'OpportunityStaged', data }))
  const append = (index: number) => peer.appendToStream(`opportunity-${file}-${index}`, batch)
  await append(-1)
  return perSecond(appends * events, async () => {
    for (let index = 0; index < appends; index += 1) await append(index)
  })
}

/**
 * Moves a log from one store to another: every event with its id, its times and what proves it, in the
 * order in which it was recorded. What was copied before is not copied again.
 *
 * @module
 */
import { canonical, sha256, utf8 } from '@forsat/ledger'
import * as E from 'fp-ts/lib/Either.js'
import type { Origin } from './eventstoredb/encoding.ts'
import { metadataOf, newEventOf, type Original, type Originals } from './original.ts'
import type { Append, Appended, AppendRefusal, EventStore, StoredEvent } from './port.ts'

export { originalsInFile } from './sqlite/originals.ts'

/** A store that events of another one can be brought into. */
export interface CopyTarget {
  readonly store: EventStore
  /** Appends with what only the first log knows of it. */
  readonly adopt: (append: Append, origin: Origin) => Promise<E.Either<AppendRefusal, Appended>>
  readonly originals: Originals['after']
}

export interface CopyReport {
  /** How many events were copied now, and how many stand in both logs. */
  readonly copied: number
  readonly events: number
  /** SHA-256 over all events of each log, positions left out. */
  readonly from: string
  readonly to: string
}

/** The target has events that the source does not know: it is another log. */
export class NotACopy extends Error {
  constructor(id: string) {
    super(`The target has an event ${id} that the source does not know: it holds another log.`)
    this.name = 'NotACopy'
  }
}

/** An append may take so many events of one page together. */
const mostTogether = 100

export const copyLog = async (
  from: { readonly store: EventStore; readonly originals: Originals },
  to: CopyTarget,
  tell: (copied: number) => void = () => {},
): Promise<CopyReport> => {
  let copied = 0
  // Whoever still writes to the source adds to it meanwhile.
  for (let after = await copiedUpTo(from.store, to.store); ; ) {
    const before = copied
    for await (const page of from.originals.after(after)) {
      for (const group of together(page)) {
        await bring(group, to)
        copied += group.length
        after = group.at(-1)?.stored.position ?? after
      }
      tell(copied)
    }
    if (copied === before) break
  }
  for (const record of await from.originals.commands()) await to.store.commands.remember(record)
  for (const { policy, position } of await from.originals.policies()) {
    const there = await counterpart(from.store, to.store, position)
    if (there !== undefined) await to.store.policies.save(policy, there)
  }
  const [source, target] = [
    await digestOf(from.originals.after(0)),
    await digestOf(to.originals(0)),
  ]
  return { copied, events: source.events, from: source.digest, to: target.digest }
}

/** Where in the source the target ends. */
const copiedUpTo = async (from: EventStore, to: EventStore): Promise<number> => {
  const head = await to.head()
  if (head === 0) return 0
  for await (const page of to.readLog({ after: head - 1, to: head })) {
    const last = page.at(-1)
    if (last === undefined) continue
    const origin = await from.find(last.id)
    if (origin === undefined) throw new NotACopy(last.id)
    return origin.position
  }
  return 0
}

/** The position in the target of the last event that a policy has seen in the source. */
const counterpart = async (
  from: EventStore,
  to: EventStore,
  position: number,
): Promise<number | undefined> => {
  let seen: StoredEvent | undefined
  for await (const page of from.readLog({ after: Math.max(0, position - 1), to: position })) {
    seen = page.at(-1) ?? seen
  }
  return seen === undefined ? undefined : (await to.find(seen.id))?.position
}

/** Events of one append stand together: one stream, one command, one moment. */
const together = (page: readonly Original[]): readonly (readonly Original[])[] => {
  const groups: Original[][] = []
  for (const original of page) {
    const group = groups.at(-1)
    const last = group?.at(-1)
    const fits =
      last !== undefined &&
      group !== undefined &&
      group.length < mostTogether &&
      last.stored.stream === original.stored.stream &&
      last.stored.recordedAt === original.stored.recordedAt &&
      canonical(metadataOf(last)) === canonical(metadataOf(original))
    if (fits) group.push(original)
    else groups.push([original])
  }
  return groups
}

const bring = async (group: readonly Original[], to: CopyTarget): Promise<void> => {
  const [first] = group
  if (first === undefined) return
  const { stream, revision, recordedAt } = first.stored
  const append = {
    stream,
    expectedRevision: revision - 1,
    metadata: metadataOf(first),
    events: group.map(newEventOf),
  }
  const appended = await to.adopt(append, {
    recordedAt,
    personal: group.map(({ personal }) => personal),
  })
  if (E.isLeft(appended)) throw new NotACopy(first.stored.id)
}

/** Each event hashed with what stands before it, so that the order counts too. */
const digestOf = async (
  pages: AsyncIterable<readonly Original[]>,
): Promise<{ readonly events: number; readonly digest: string }> => {
  let [digest, events] = ['', 0]
  for await (const page of pages) {
    for (const original of page) {
      digest = sha256(utf8(`${digest}${textOf(original)}`))
      events += 1
    }
  }
  return { events, digest }
}

const textOf = ({ stored, salt, commitment, command, trace, personal }: Original): string => {
  const { position: _place, sealed, ...said } = stored
  const boxes = sealed.map((part) => Object.values(part).map(plain))
  const proof = [plain(salt), commitment, command, trace ?? null]
  const told = Object.values(said).map((value) => value ?? null)
  const committed = personal.map(({ subject, purpose, commitment: of }) => [subject, purpose, of])
  return JSON.stringify([told, boxes.toSorted(byText), proof, committed.toSorted(byText)])
}

const plain = (value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('base64url') : value

const byText = (a: readonly unknown[], b: readonly unknown[]): number => {
  const [x, y] = [JSON.stringify(a), JSON.stringify(b)]
  return x < y ? -1 : Number(x > y)
}

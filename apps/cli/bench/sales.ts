/**
 * A store of many sales, as large as asked for: recorded as if they had been decided, four events each.
 *
 * @module
 */
import { createForsat, type Forsat, mintedIds, setUp, systemClock } from '@forsat/application'
import { aggregates } from '@forsat/domain'
import { type Append, noStream, recorder, type SubjectKeys } from '@forsat/event-store'
import { memoryKeys } from '@forsat/event-store/memory'
import { openSqliteStore, type SqliteStore } from '@forsat/event-store/sqlite'

const clock = systemClock()
const ids = mintedIds(clock)
const { codec } = aggregates.opportunity

export interface Sales {
  readonly path: string
  readonly keys: SubjectKeys
  readonly company: string
  readonly places: Places
}

export const eventsEach = 4
/** Appends on their way at once. */
const together = 500

const occurredOn = (index: number): string =>
  new Date(Date.UTC(2024, 0, 1 + (index % 700))).toISOString().slice(0, 10)

/** What sales of a company go through, and end by. */
interface Places {
  readonly stages: readonly string[]
  readonly reasons: readonly { readonly id: string; readonly name: string }[]
}

/** What happened to one sale: it came, went on twice, and ended in one way or the other. */
const historyOf = (index: number, { stages, reasons }: Places) => {
  const expectedRevenue = { amount: `${1_000_000 + (index % 977) * 1000}`, currency: 'IRR' }
  const [first, second] = [stages[index % stages.length], stages[(index + 1) % stages.length]]
  const reason = reasons[index % reasons.length]
  const on = occurredOn(index)
  const ending =
    index % 3 === 0
      ? {
          type: 'OpportunityWon',
          data: { revenue: expectedRevenue, basis: 'expected', cause: 'person', ageDays: 9 },
        }
      : {
          type: 'OpportunityLost',
          data: {
            reasonId: reason?.id,
            reason: reason?.name,
            cause: 'person',
            expectedRevenue,
            quoted: [],
            quotationSent: false,
            ageDays: 9,
          },
        }
  return [
    {
      type: 'OpportunityOpened',
      data: {
        title: `Sale ${index}`,
        country: ['IR', 'AE', 'DE'][index % 3],
        source: ['fair', 'web', 'referral', 'phone'][index % 4],
        tags: ['office'],
        expectedRevenue,
        emailPresent: false,
        phonePresent: false,
        occurredOn: on,
      },
    },
    { type: 'OpportunityStaged', data: { stageId: first } },
    { type: 'OpportunityStaged', data: { stageId: second } },
    { ...ending, data: { ...ending.data, occurredOn: on } },
  ]
}

/** Appends of whole sales, ready to be written; `from` is the number of the first sale. */
export const salesMore = async (
  { keys, company, places }: Omit<Sales, 'path'>,
  from: number,
  count: number,
): Promise<readonly Append[]> => {
  const indexes = Array.from({ length: count }, (_, at) => from + at)
  const { record } = recorder({ keys, codecs: () => codec })
  const decided = indexes.flatMap((index) => {
    const id = ids.next()
    return historyOf(index, places).map((event, revision) => ({
      event: JSON.parse(JSON.stringify(event)) as typeof event,
      codec,
      stream: `opportunity-${id}`,
      revision,
      id: ids.next(),
      occurredAt: `${occurredOn(index)}T08:00:00.000Z`,
      subjects: { record: id, contact: undefined },
    }))
  })
  const recorded = await record(decided)
  return indexes.map((_index, at) => {
    const first = at * eventsEach
    const events = recorded.slice(first, first + eventsEach)
    const [{ id: correlationId, commitment: command } = { id: '', commitment: '' }] = events
    const metadata = { company, actor: 'user:bench', correlationId, command }
    return {
      stream: decided[first]?.stream ?? '',
      expectedRevision: noStream,
      events,
      metadata,
    }
  })
}

const placesIn = async ({ query }: Forsat, company: string): Promise<Places> => {
  const stages = await query.stages.list({ company })
  const reasons = await query.lostReasons.list({ company })
  if (stages._tag === 'Left' || reasons._tag === 'Left') throw new Error('a list was refused')
  const open = stages.right.items.filter(({ won }) => !won)
  return { stages: open.map(({ id }) => id), reasons: reasons.right.items }
}

export const opened = async (
  { path, keys }: Pick<Sales, 'path' | 'keys'>,
  readModels: string,
): Promise<{ readonly forsat: Forsat; readonly store: SqliteStore }> => {
  const store = await openSqliteStore(path, { clock })
  return { store, forsat: await createForsat({ store, keys, readModels, clock, ids }) }
}

/** Makes the store. Its read models are not made with it. */
export const salesAt = async (path: string, count: number): Promise<Sales> => {
  const keys = memoryKeys()
  const begun = await opened({ path, keys }, ':memory:')
  const { companyId: company } = await setUp(begun.forsat, { language: 'en' })
  await begun.forsat.settle()
  const places = await placesIn(begun.forsat, company)
  await begun.forsat[Symbol.asyncDispose]()
  await using store = await openSqliteStore(path, { clock })
  const sales = { path, keys, company, places }
  for (let first = 0; first < count; first += together) {
    const appends = await salesMore(sales, first, Math.min(together, count - first))
    await Promise.all(appends.map((append) => store.append(append)))
  }
  return sales
}

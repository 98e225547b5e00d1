import { test } from '@fast-check/vitest'
import { afterEach, describe, expect } from 'vitest'
import { prepareFile } from './bookkeeping.ts'
import { inMemory, openForWriting } from './database.ts'
import { digestAtOnce } from './digest.ts'
import { createProjections } from './projections.ts'
import { readModels } from './read-models/read-models.ts'
import { history, told } from './sample-histories.ts'
import { forgotten, idOf, readSample, type SampleLog } from './sample-log.ts'
import { projectionTables } from './tables/projection-tables.ts'

afterEach(() => forgotten.clear())

const eventsOf = async ({ store }: SampleLog) => {
  const events = []
  for await (const page of store.readLog()) events.push(...page)
  return events
}

/** Erases everybody whom the log knows of so far. */
const erase = async (log: SampleLog): Promise<void> => {
  const events = await eventsOf(log)
  const sealed = events.flatMap((event) => event.sealed)
  const contact = idOf('C', 7)
  await log.tell('contact', contact, [
    {
      type: 'ContactRegistered',
      data: { name: 'Parvin', email: 'p@example.test', isCompany: false },
    },
  ])
  const erasure = {
    subjects: [...new Set([contact, ...sealed.map(({ subject }) => subject)])],
    purposes: ['sales', 'document'],
    keys: ['sample'],
    records: [...new Set([`contact-${contact}`, ...events.map(({ stream }) => stream)])],
    ground: 'Asked for',
    requestedBy: 'user:1',
    completeBy: '2026-03-01',
    kept: [],
  }
  await log.tell('contact', contact, [{ type: 'PersonalDataErased', data: erasure }])
}

const foldedAnew = async (log: SampleLog) => {
  using db = openForWriting(inMemory)
  prepareFile(db, readModels)
  const tables = readModels.map((projection) => projectionTables(db, projection, 1))
  for (const stored of await eventsOf(log))
    for (const each of tables) each.apply(readSample(stored))
  for (const each of tables) each.write()
  return digestAtOnce(db, readModels)
}

describe('after an erasure', () => {
  test.prop([history, history], { numRuns: 15 })(
    'read models are what they would be, had nobody ever been named',
    async (before, after) => {
      forgotten.clear()
      const log = await told(before)
      await using projections = await createProjections({
        ...log,
        now: () => log.now,
        path: inMemory,
        onErasure: async ({ event: { data } }) => {
          if ('subjects' in data) for (const each of data.subjects as string[]) forgotten.add(each)
        },
      })
      await projections.waitFor(await log.store.head(), { timeoutMs: 5000 })
      await erase(log)
      await told(after, log)
      await projections.waitFor(await log.store.head(), { timeoutMs: 5000 })
      expect(await projections.digest()).toEqual(await foldedAnew(log))
    },
  )
})

/**
 * What is wrong with a store after everybody was killed: with what was answered, with what follows by
 * policy, with the log itself, and with the answers that read models give.
 *
 * @internal
 * @module
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Forsat } from '@forsat/application'
import type { SqliteStore } from '@forsat/event-store/sqlite'
import type { Lived } from './callers.ts'

/** The types of the events in a stream, without their versions. */
const typesIn = async (store: Forsat['store'], stream: string): Promise<readonly string[]> => {
  const types: string[] = []
  for await (const page of store.readStream(stream)) {
    types.push(...page.map(({ type }) => type.replace(/\.v\d+$/, '')))
  }
  return types
}

const categories: Readonly<Record<string, string>> = { quotation: 'quotation' }

/** Streams that hold something else than their stories lead to. */
const wrongEnds = async (store: Forsat['store'], lived: readonly Lived[]) => {
  const wrong: string[] = []
  for (const { story, known } of lived) {
    for (const [name, ends] of Object.entries(story.ends)) {
      const stream = `${categories[name] ?? 'opportunity'}-${known[name]}`
      const types = (await typesIn(store, stream)).join(', ')
      if (ends.some((end) => end.join(', ') === types)) continue
      wrong.push(`${story.name}: ${stream} holds ${types}`)
    }
  }
  return wrong
}

/** How long what a crash left undone may take to be done, and to be done twice. */
const patienceMs = 20_000
const graceMs = 1500

const ends = async (store: Forsat['store'], lived: readonly Lived[]) => {
  const end = performance.now() + patienceMs
  while (performance.now() < end && (await wrongEnds(store, lived)).length > 0) await pause(100)
  await pause(graceMs)
  return wrongEnds(store, lived)
}

/** Questions to the read models that must find nothing. */
const doubles: Readonly<Record<string, string>> = {
  'sales of one title': 'select title from opportunity group by title having count(*) > 1',
  'quotations of one number':
    'select number from quotation where number is not null group by number having count(*) > 1',
  'orders of one number':
    'select order_number from quotation where order_number is not null group by order_number having count(*) > 1',
}

export const findingsIn = async (
  forsat: Forsat,
  store: Pick<SqliteStore, 'check'>,
  lived: readonly Lived[],
  imported: number,
): Promise<readonly string[]> => {
  const found: string[] = [...(await ends(forsat.store, lived))]
  await forsat.settle()
  for (const [what, sql] of Object.entries(doubles)) {
    const { rows } = forsat.projections.sql(sql)
    if (rows.length > 0) found.push(`there are ${what}: ${rows.flat().join(', ')}`)
  }
  const ofImports = `select count(*) from opportunity where title like 'Import %'`
  const [[there] = []] = forsat.projections.sql(ofImports).rows
  if (there !== imported) found.push(`${String(there)} of ${imported} imported sales are there`)

  const damages = await store.check()
  found.push(...damages.map(({ code, detail }) => `the log: ${code} ${detail}`))

  const { digest } = await forsat.projections.digest()
  using replay = await forsat.projections.replay()
  const replayed = await replay.digest()
  if (replayed.digest !== digest) found.push('the read models are not what a replay makes')
  await forsat.projections.rebuild()
  const rebuilt = await forsat.projections.digest()
  if (rebuilt.digest !== digest) found.push('the read models are not what a rebuild makes')
  return found
}

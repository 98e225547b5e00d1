/**
 * One command and one question over HTTP, each asked again and again by fifty callers.
 *
 * @module
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { issueApiKey, openForsat, setUp } from '@forsat/application'
import type { BareCall } from './bare-server.ts'
import { contest, perSecond, type Row } from './measure.ts'
import { rowsAfter, written } from './rows.ts'
import { type Server, serverOf } from './server-process.ts'

const program = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const bareProgram = fileURLToPath(new URL('bare-server.ts', import.meta.url))
const callers = 50

interface Begun {
  readonly key: string
  readonly ids: readonly string[]
}

/** An opportunity for each caller, and a key to ask about them with. */
const begin = async (store: string): Promise<Begun> => {
  await using forsat = await openForsat({ store })
  const { companyId: company, userId } = await setUp(forsat, { language: 'en' })
  const context = { company, actor: `user:${userId}` }
  const issued = await issueApiKey(forsat, { userId, name: 'bench' }, context)
  if (issued._tag === 'Left') throw new Error(issued.left.type)
  const ids: string[] = []
  while (ids.length < callers) {
    const data = { title: 'Twelve desks' }
    const made = await forsat.execute({ type: 'OpenOpportunity', data }, context)
    if (made._tag === 'Left') throw new Error(made.left.type)
    ids.push(made.right.id)
  }
  return { key: issued.right.key, ids }
}

/** How often a second all callers together ask, each about a record of their own. */
const repeated = (
  count: number,
  ids: readonly string[],
  ask: (id: string) => Promise<unknown>,
): Promise<number> => {
  let left = count
  return perSecond(count, () =>
    Promise.all(
      ids.map(async (id) => {
        while (left > 0) {
          left -= 1
          await ask(id)
        }
      }),
    ),
  )
}

export const httpRows = async (folder: string): Promise<readonly Row[]> => {
  const store = join(folder, 'http.db')
  const { key, ids } = await begin(`sqlite:${store}`)
  await using ours = await serverOf(
    [program, 'serve', '--port', '0', '--json', '--store', `sqlite:${store}`],
    { authorization: `Bearer ${key}` },
  )
  const pathOf = (id: string) => `/v1/opportunities/${id}`
  const note = { text: 'They called again.' }

  using log = new DatabaseSync(store, { readOnly: true })
  const before = Number(log.prepare('SELECT max(pos) last FROM event').get()?.['last'])
  const path = pathOf(ids[0] ?? '')
  const answer = JSON.stringify(await ours.post(`${path}/notes`, note))
  const commits = [rowsAfter(log, before)]
  const shown = JSON.stringify(await ours.get(path))
  const calls: readonly BareCall[] = [
    { path: pathOf(':id/notes'), commits, answer },
    { method: 'GET', path: pathOf(':id'), commits: [], answer: shown },
  ]
  const file = join(folder, 'http.json')
  writeFileSync(file, JSON.stringify(calls, written))
  await using plain = await serverOf([bareProgram, join(folder, 'http-bare.db'), file])

  const commands = (server: Server) =>
    repeated(2000, ids, (id) => server.post(`${pathOf(id)}/notes`, note))
  const reads = (server: Server) => repeated(5000, ids, (id) => server.get(pathOf(id)))
  const work = 'fifty callers, the server in a process of its own'
  return [
    await contest({
      row: 'http-command',
      unit: 'commands/s',
      aim: 0.5,
      rounds: 3,
      note: `${work}; bare: Fastify and SQLite with the same answer and row, ready`,
      ours: () => commands(ours),
      ceiling: () => commands(plain),
    }),
    await contest({
      row: 'http-read',
      unit: 'reads/s',
      aim: 0.4,
      rounds: 3,
      note: `${work}; one record by its id; bare: Fastify with the answer ready`,
      ours: () => reads(ours),
      ceiling: () => reads(plain),
    }),
  ]
}

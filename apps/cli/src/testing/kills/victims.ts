/**
 * Who is killed, and at what: a server among callers, one that is just starting, and commands of the
 * command line once they are at their work. Each command is given again afterwards, and must end well.
 *
 * @internal
 * @module
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import type { Dice } from '../../demo/random.ts'
import { later, now } from './days.ts'
import type { Programs, Server } from './programs.ts'

export interface Scene {
  readonly folder: string
  readonly dice: Dice
  readonly programs: Programs
  /** The server, started again if it was killed. */
  readonly server: () => Promise<Server>
  /** Lets callers ask so many more steps; resolves once they are answered. */
  readonly ask: (count: number) => Promise<void>
  /** How many rows were imported so far. */
  readonly imported: { rows: number }
}

/** Kills somebody, sees to it that the work is finished, and tells what was done. */
export type Victim = (scene: Scene) => Promise<string>

/** The longest that is waited between a sign of work and the kill. */
const mostMs = 40

const server: Victim = async ({ dice, server: serving, ask }) => {
  const { kill, ended } = await serving()
  const [count, ms] = [3 + dice.roll(25), dice.roll(mostMs)]
  await ask(count)
  await pause(ms)
  kill()
  await ended
  return `the server after ${count} answers and ${ms} ms`
}

const starting: Victim = async ({ dice, programs }) => {
  const { kill, ended } = programs.run(['serve', '--no-auth', '--port', '0'], now)
  const ms = dice.roll(1500)
  await pause(ms)
  kill()
  await ended
  return `a server ${ms} ms after it was started`
}

interface Work {
  readonly args: readonly string[]
  readonly now: string
  /** Whether the command has begun what it is for. */
  readonly isAtWork: () => boolean
}

/** Kills a command at its work, at times the server too, and gives the command again. */
const command = async (scene: Scene, { args, now: clock, isAtWork }: Work): Promise<string> => {
  const { dice, programs, server: serving, ask } = scene
  const beside = await serving()
  const takesServer = dice.roll(3) === 0
  const ms = dice.roll(mostMs)
  // What is asked meanwhile is answered by a server, be it the next one.
  const asked = ask(5 + dice.roll(10))
  const { kill, ended, hasEnded } = programs.run(args, clock)
  while (!hasEnded() && !isAtWork()) await pause(1)
  await pause(ms)
  const inTime = !hasEnded()
  kill()
  if (takesServer) beside.kill()
  await Promise.all([ended, ...(takesServer ? [beside.ended] : [])])
  await serving()
  await asked
  const again = await programs.run(args, clock).ended
  const told = `${args[0]} ${ms} ms into its work${inTime ? '' : ', which was over by then'}`
  if (again.code !== 0) throw new Error(`${told}; given again it said ${JSON.stringify(again)}`)
  return `${told}${takesServer ? ', and the server with it' : ''}`
}

const importing: Victim = async (scene) => {
  const { folder, dice, imported } = scene
  const rows = 60
  const first = imported.rows
  imported.rows += rows
  const lines = Array.from({ length: rows }, (_, row) => {
    const key = first + row
    return `k${key},Import ${key},${key % 2 === 0 ? 'won' : ''}`
  })
  await writeFile(join(folder, 'map.json'), JSON.stringify(map))
  await writeFile(join(folder, 'deals.csv'), ['Id,Deal,State', ...lines].join('\n'))
  const wanted = first + 1 + dice.roll(rows)
  using log = new DatabaseSync(join(folder, 'forsat.db'), { readOnly: true })
  const count = log.prepare(`SELECT count(*) n FROM event WHERE actor LIKE 'import:%' AND rev = 0`)
  const isAtWork = () => Number(count.get()?.['n']) >= wanted
  const args = ['import', 'deals.csv', '--map', 'map.json', '--json']
  return await command(scene, { args, now, isAtWork })
}

const map = {
  version: 1,
  system: 'sheet',
  encoding: 'utf-8',
  table: {
    kind: 'opportunity',
    key: 'Id',
    fields: { title: { type: 'text', column: 'Deal' } },
    story: { outcome: { column: 'State' }, endings: { won: { outcome: 'won' } } },
  },
}

const rebuild: Victim = async (scene) => {
  using readModels = new DatabaseSync(join(scene.folder, 'forsat.read.db'), { readOnly: true })
  const building = readModels.prepare(
    'SELECT count(*) n FROM forsat_projection WHERE building IS NOT NULL',
  )
  const isAtWork = () => Number(building.get()?.['n']) > 0
  return await command(scene, { args: ['rebuild', '--json'], now, isAtWork })
}

const expire: Victim = async (scene) => {
  using log = new DatabaseSync(join(scene.folder, 'forsat.db'), { readOnly: true })
  const count = log.prepare(`SELECT count(*) n FROM event WHERE type LIKE 'QuotationExpired.%'`)
  const before = Number(count.get()?.['n'])
  const isAtWork = () => Number(count.get()?.['n']) > before
  return await command(scene, { args: ['expire', '--json'], now: later, isAtWork })
}

export const victims: readonly Victim[] = [server, starting, importing, rebuild, expire]

/**
 * `forsat backup FILE`: the store in one file, whole as of one moment, while it is in use.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Clock } from '@forsat/application'
import { openSqliteStore } from '@forsat/event-store/sqlite'
import { command, type Finish } from '../command.ts'
import { type Desk, openStore, printJson } from '../session.ts'
import { placesIn, settingsOf } from '../settings.ts'
import { type Exit, Stop } from '../shell.ts'

export const backupCommand = (desk: Desk, finish: Finish) =>
  command(
    'backup',
    { about: desk.texts.backup.about, examples: ['backup forsat-2026-11.db'] },
    desk,
  )
    .argument('<file>', desk.texts.backup.file)
    .action(async (file, options) => {
      finish(await backUp(desk, file, options))
    })

const backUp = async (
  desk: Desk,
  file: string,
  { store, json }: { readonly store?: string | undefined; readonly json?: true | undefined },
): Promise<Exit> => {
  const { shell, texts } = desk
  const settings = settingsOf(shell, texts, { store })
  const places = placesIn(settings)
  if (places.kind !== 'sqlite') throw new Stop(2, texts.backup.needsFile)
  const target = resolve(shell.cwd, file)
  if (existsSync(target)) throw new Stop(1, texts.backup.exists(file))

  // Opening it as every command does says what is wrong with a store that cannot be read.
  await (await openStore(desk, settings, { make: false }))[Symbol.asyncDispose]()
  const { clock } = settings
  {
    await using from = await openSqliteStore(places.store, { clock, readOnly: true })
    await from.backup(target).catch(() => {
      throw new Stop(1, texts.backup.unwritable(file))
    })
  }
  const { findings, position } = await examined(target, clock)
  if (json) printJson(desk, { file: target, position: String(position), findings })
  if (findings.length > 0) throw new Stop(1, texts.backup.damaged(findings.length))
  if (!json) shell.out(`${texts.backup.done(file, String(position))}\n`)
  shell.err(`${texts.backup.keysNote}\n`)
  return 0
}

/** What a full check finds in the copy, which it leaves as one file. */
const examined = async (target: string, clock: Clock) => {
  const copy = await openSqliteStore(target, { clock, readOnly: true })
  try {
    return { findings: await copy.check(), position: await copy.head() }
  } finally {
    await copy[Symbol.asyncDispose]()
    // Looking makes these two; nothing is in them, for nothing was written.
    for (const suffix of ['-shm', '-wal']) await rm(`${target}${suffix}`, { force: true })
  }
}

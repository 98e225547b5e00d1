/**
 * `forsat copy --from STORE --to STORE`: moves a grown log to another store. It can be stopped and
 * started again, and says at the end that both logs are the same.
 *
 * @module
 */
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { copyStore, shownStore } from '@forsat/application'
import { NotACopy } from '@forsat/event-store/copy'
import { command, type Finish } from '../command.ts'
import { formatsOf } from '../formats.ts'
import { type Desk, printJson } from '../session.ts'
import { missingFile, placesIn, settingsOf } from '../settings.ts'
import { type Exit, Stop } from '../shell.ts'

export const copyCommand = (desk: Desk, finish: Finish) => {
  const { copy: words } = desk.texts
  const examples = ['copy --from sqlite:./data/forsat.db --to "esdb://localhost:2113?tls=false"']
  return command('copy', { about: words.about, examples }, desk)
    .requiredOption('--from <store>', words.from)
    .requiredOption('--to <store>', words.to)
    .action(async (options) => {
      finish(await copy(desk, options))
    })
}

interface Asked {
  readonly from: string
  readonly to: string
  readonly json?: true | undefined
}

const copy = async (desk: Desk, asked: Asked): Promise<Exit> => {
  const { shell, texts, language } = desk
  const { number } = formatsOf(language)
  const [source, target] = [asked.from, asked.to].map((store) =>
    settingsOf(shell, texts, { store }),
  )
  if (source === undefined || target === undefined) throw new Stop(2, texts.copy.lasting)
  const missing = missingFile(source)
  if (missing !== undefined) throw new Stop(3, texts.store.missing(missing))
  const [from, to] = [placesIn(source), placesIn(target)]
  if (from.kind === 'memory' || to.kind === 'memory') throw new Stop(2, texts.copy.lasting)
  if (from.store === to.store) throw new Stop(2, texts.copy.same)
  if (to.kind === 'sqlite') await mkdir(dirname(to.store), { recursive: true })

  const tell = (copied: number) => {
    if (shell.watched) shell.err(`${texts.copy.copied(number(copied))}\n`)
  }
  const report = await copyStore(from, to, tell).catch((error: unknown) => {
    throw error instanceof NotACopy ? new Stop(1, texts.copy.other(shownStore(asked.to))) : error
  })
  const isSame = report.from === report.to
  if (asked.json) printJson(desk, { ...report, same: isSame })
  else {
    shell.out(`${texts.copy.done(number(report.copied), number(report.events), report.to)}\n`)
  }
  if (!isSame) throw new Stop(1, texts.copy.differs)
  shell.err(`${texts.copy.keysNote}\n`)
  return 0
}

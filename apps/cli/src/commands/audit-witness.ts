/**
 * `forsat audit witness`: for the auditor's own machine. It needs no store.
 *
 * @module
 */

import { existsSync } from 'node:fs'
import { chmod, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { freshWitnessKey, witnessed, witnessIn } from '@forsat/application'
import { command, type Finish } from '../command.ts'
import { textOf, written } from '../files.ts'
import { type Desk, printJson } from '../session.ts'
import { settingsOf } from '../settings.ts'
import { type Exit, Stop } from '../shell.ts'
import { auditTexts } from '../texts/audit.ts'
import { collected, verifiersOf } from './audit-verify.ts'

interface Asked {
  readonly state: string
  readonly key: string
  readonly name: string
  readonly log: readonly string[]
  readonly out?: string | undefined
  readonly json?: true | undefined
}

export const witnessCommand = (desk: Desk, finish: Finish) => {
  const texts = auditTexts[desk.language]
  const examples = [
    'audit witness growth.proof --state last.checkpoint --key auditor.pem --name auditor.example/w1 --log "$VKEY"',
  ]
  return command('witness', { about: texts.witness, examples }, desk)
    .argument('<file>', texts.newest)
    .requiredOption('--state <file>', texts.state)
    .requiredOption('--key <file>', texts.witnessKey)
    .requiredOption('--name <name>', texts.name)
    .requiredOption('--log <vkey>', texts.logKey, collected)
    .option('--out <file>', texts.out)
    .action(async (file, options) => {
      finish(await witness(desk, file, options))
    })
}

const witness = async (desk: Desk, file: string, asked: Asked): Promise<Exit> => {
  const { shell, texts: all, language } = desk
  const texts = auditTexts[language]
  const [state, keyFile] = [resolve(shell.cwd, asked.state), resolve(shell.cwd, asked.key)]
  if (!existsSync(keyFile)) {
    await writeFile(keyFile, freshWitnessKey(), { mode: 0o600, flag: 'wx' })
    await chmod(keyFile, 0o600)
  }
  const signer = witnessIn(await textOf(desk, asked.key), asked.name)
  if (signer === undefined) throw new Stop(1, texts.keyWrong(asked.key))
  const { clock } = settingsOf(shell, all, {})
  const answer = witnessed({
    asked: await textOf(desk, file),
    last: existsSync(state) ? await textOf(desk, asked.state) : undefined,
    verifiers: verifiersOf(desk, asked.log),
    signer,
    seconds: Math.floor(Date.parse(clock.now()) / 1000),
  })
  if ('code' in answer) {
    if (asked.json) printJson(desk, { verdict: 'tampered', findings: [answer] })
    else shell.out(`${answer.code}\n`)
    return 2
  }
  await written(desk, asked.state, answer.note)
  const { verifierKey } = signer
  if (asked.json) printJson(desk, { checkpoint: answer.note, key: verifierKey })
  if (!asked.json || asked.out !== undefined) await written(desk, asked.out, answer.note)
  if (!asked.json) shell.err(`${texts.verifierKey} ${verifierKey}\n`)
  return 0
}

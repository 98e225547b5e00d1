/**
 * `forsat audit checkpoint`, `prove` and `check`: what is handed to others, and how they look at it.
 *
 * @module
 */
import { checkedHead, checkFile, forkAmong } from '@forsat/application'
import { command, type Finish } from '../command.ts'
import { textOf, written } from '../files.ts'
import { formatsOf } from '../formats.ts'
import { type Desk, printJson, refused, type Session, withSession } from '../session.ts'
import { type Exit, Stop } from '../shell.ts'
import { auditTexts } from '../texts/audit.ts'
import { collected, verifiersOf } from './audit-verify.ts'

export const checkpointCommand = (desk: Desk, finish: Finish) => {
  const texts = auditTexts[desk.language]
  const examples = ['audit checkpoint', 'audit checkpoint --out 2026-11.checkpoint']
  return command('checkpoint', { about: texts.checkpoint, examples }, desk)
    .option('--out <file>', texts.out)
    .action(async (options) => {
      finish(await withSession(desk, options, (session) => checkpoint(session, options)))
    })
}

const checkpoint = async (
  session: Session,
  { out, json }: { readonly out?: string | undefined; readonly json?: true | undefined },
): Promise<Exit> => {
  const signed = await session.forsat.audit.checkpoint()
  if (signed._tag === 'Left') return refused(session, signed.left)
  const { note, size, verifierKey } = signed.right
  if (json) printJson(session, { checkpoint: note, size, key: verifierKey })
  if (!json || out !== undefined) await written(session, out, note)
  return 0
}

interface Proving {
  readonly event?: string | undefined
  readonly index?: string | undefined
  readonly at?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly out?: string | undefined
  readonly json?: true | undefined
}

export const proveCommand = (desk: Desk, finish: Finish) => {
  const texts = auditTexts[desk.language]
  const examples = [
    'audit prove --event 01J8ZQ4T5V6W7X8Y9Z0A1B2C3D --out won.tlog-proof',
    'audit prove --from 2026-10.checkpoint',
  ]
  return command('prove', { about: texts.prove, examples }, desk)
    .option('--event <id>', texts.event)
    .option('--index <number>', texts.index)
    .option('--at <size>', texts.size)
    .option('--from <checkpoint>', texts.from)
    .option('--to <size>', texts.to)
    .option('--out <file>', texts.out)
    .action(async (options) => {
      finish(await withSession(desk, options, (session) => prove(session, options)))
    })
}

const prove = async (session: Session, asked: Proving): Promise<Exit> => {
  const { forsat, language } = session
  const texts = auditTexts[language]
  const said = [asked.event, asked.index, asked.from].filter((each) => each !== undefined)
  if (said.length !== 1) throw new Stop(1, texts.proveWhat)
  const number = (text: string) => {
    if (!/^\d{1,15}$/.test(text)) throw new Stop(1, texts.numberWrong(text))
    return Number(text)
  }
  const optional = (text: string | undefined) => (text === undefined ? undefined : number(text))
  const proof =
    asked.from === undefined
      ? await forsat.audit.inclusion(
          asked.index === undefined
            ? await indexOf(session, asked.event ?? '')
            : number(asked.index),
          { at: optional(asked.at) },
        )
      : await forsat.audit.consistency(await sizeOf(session, asked.from), optional(asked.to))
  if (proof._tag === 'Left') return refused(session, proof.left)
  const { text, verifierKey } = proof.right
  if (asked.json) printJson(session, { proof: text, key: verifierKey })
  if (!asked.json || asked.out !== undefined) await written(session, asked.out, text)
  return 0
}

const indexOf = async ({ forsat, language }: Session, id: string): Promise<number> => {
  const event = await forsat.store.find(id.toUpperCase())
  if (event === undefined) throw new Stop(1, auditTexts[language].eventUnknown(id))
  return event.position - 1
}

/** A number of events, or a file that says one. */
const sizeOf = async (session: Session, from: string): Promise<number> => {
  if (/^\d{1,15}$/.test(from)) return Number(from)
  const head = checkedHead(await textOf(session, from))
  if (head === undefined) throw new Stop(1, auditTexts[session.language].numberWrong(from))
  return head.size
}

interface Checking {
  readonly key?: readonly string[] | undefined
  readonly payload?: string | undefined
  readonly from?: string | undefined
  readonly json?: true | undefined
}

export const checkCommand = (desk: Desk, finish: Finish) => {
  const texts = auditTexts[desk.language]
  const examples = [
    'audit check won.tlog-proof --key "$VKEY"',
    'audit check one.checkpoint other.checkpoint --key "$VKEY"',
  ]
  return command('check', { about: texts.check, examples }, desk)
    .argument('<files...>', texts.files)
    .option('--key <vkey>', texts.key, collected)
    .option('--payload <file>', texts.payload)
    .option('--from <checkpoint>', texts.from)
    .action(async (files, options) => {
      finish(await check(desk, files, options))
    })
}

const check = async (desk: Desk, files: readonly string[], asked: Checking): Promise<Exit> => {
  const { shell, language } = desk
  const texts = auditTexts[language]
  const { number } = formatsOf(language)
  const verifiers = verifiersOf(desk, asked.key ?? [])
  if (verifiers.length === 0) throw new Stop(1, texts.keyNeeded)
  const payload = asked.payload === undefined ? undefined : await textOf(desk, asked.payload)
  const earlier = asked.from === undefined ? undefined : checkedHead(await textOf(desk, asked.from))
  const checked = await Promise.all(
    files.map(async (file) => ({
      file,
      ...checkFile(await textOf(desk, file), verifiers, {
        ...(payload === undefined ? {} : { payload }),
        ...(earlier === undefined ? {} : { earlier }),
      }),
    })),
  )
  const fork = forkAmong(checked.flatMap(({ checkpoint: each }) => each ?? []))
  const findings = [
    ...checked.flatMap(({ file, findings: found }) => found.map((each) => ({ file, ...each }))),
    ...(fork === undefined
      ? []
      : [
          {
            code: 'FORK_PROVEN',
            detail: `${fork[0].origin} · ${fork[0].size}`,
            file: files.join(' '),
          },
        ]),
  ]
  if (asked.json) {
    const held = checked.map(({ file, checkpoint: of, index, entry }) => ({
      file,
      ...(of === undefined ? {} : { origin: of.origin, size: of.size }),
      ...(index === undefined ? {} : { index }),
      ...(entry === undefined ? {} : { entry: JSON.parse(entry) as unknown }),
    }))
    printJson(desk, { verdict: findings.length > 0 ? 'tampered' : 'sound', findings, files: held })
  } else {
    for (const { code, detail, file } of findings) shell.out(`${code} · ${file} · ${detail}\n`)
    for (const { findings: wrong, checkpoint: of, index, entry } of checked) {
      if (wrong.length > 0 || of === undefined) continue
      const holds =
        index === undefined
          ? texts.holdsLog(of.origin, number(of.size))
          : texts.holdsEntry(number(index), number(of.size))
      const seen = of.signatures.flatMap(({ verifier, seconds }) =>
        seconds === undefined
          ? []
          : [texts.seenBy(verifier.name, new Date(seconds * 1000).toISOString())],
      )
      shell.out(`${[holds, ...seen].join(' · ')}\n${entry === undefined ? '' : `${entry}\n`}`)
    }
  }
  return findings.length > 0 ? 2 : 0
}

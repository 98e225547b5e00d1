/**
 * `forsat audit verify`: the log read anew from its file and held against checkpoints. Nothing is
 * written, and nothing is asked of the read models.
 *
 * @module
 */
import { type AuditFinding, type Verdict, verifierOf, verifyStore } from '@forsat/application'
import { command, type Finish } from '../command.ts'
import { textOf } from '../files.ts'
import { formatsOf } from '../formats.ts'
import { type Desk, printJson } from '../session.ts'
import { missingFile, placesIn, settingsOf } from '../settings.ts'
import { type Exit, Stop } from '../shell.ts'
import { type AuditTexts, auditTexts } from '../texts/audit.ts'

interface Asked {
  readonly store?: string | undefined
  readonly checkpoint?: readonly string[] | undefined
  readonly key?: readonly string[] | undefined
  readonly fast?: true | undefined
  readonly full?: true | undefined
  readonly replay?: true | undefined
  readonly json?: boolean | undefined
}

export const verifyCommand = (desk: Desk, finish: Finish) => {
  const texts = auditTexts[desk.language]
  const examples = [
    'audit verify',
    'audit verify --fast --checkpoint 2026-10.checkpoint --key "$VKEY"',
  ]
  return command('verify', { about: texts.verify, examples }, desk)
    .option('--checkpoint <file>', texts.checkpointFile, collected)
    .option('--key <vkey>', texts.key, collected)
    .option('--fast', texts.fast)
    .option('--full', texts.full)
    .option('--replay', texts.replay)
    .action(async (options) => {
      finish(await verify(desk, options))
    })
}

export const collected = (each: string, all: readonly string[] | undefined): readonly string[] => [
  ...(all ?? []),
  each,
]

/** The keys that are said, as verifiers. */
export const verifiersOf = ({ language }: Desk, keys: readonly string[]) =>
  keys.map((key) => {
    const verifier = verifierOf(key)
    if (verifier === undefined) throw new Stop(1, auditTexts[language].keyWrong(key))
    return verifier
  })

const verify = async (desk: Desk, asked: Asked): Promise<Exit> => {
  const { shell, texts, language } = desk
  const own = auditTexts[language]
  const depths = [asked.fast, asked.full, asked.replay].filter((each) => each === true)
  if (depths.length > 1) throw new Stop(1, own.oneDepth)
  const settings = settingsOf(shell, texts, { store: asked.store })
  const missing = missingFile(settings)
  if (missing !== undefined) throw new Stop(1, texts.store.missing(missing))
  const places = placesIn(settings)
  if (places.kind !== 'sqlite') throw new Stop(1, own.needsFile)
  const files = asked.checkpoint ?? []
  const checkpoints = await Promise.all(files.map((file) => textOf(desk, file)))
  const verdict = await verifyStore(places, {
    depth: asked.fast ? 'fast' : asked.replay ? 'replay' : 'full',
    checkpoints,
    verifiers: verifiersOf(desk, asked.key ?? []),
    clock: settings.clock,
  })
  if (asked.json) printJson(desk, shown(verdict))
  else tell(desk, verdict)
  return exits[verdict.verdict]
}

const exits: Readonly<Record<Verdict['verdict'], Exit>> = { sound: 0, tampered: 2, undecided: 3 }

const shown = ({ head, ...verdict }: Verdict) => ({
  ...verdict,
  size: head.size,
  root: Buffer.from(head.root, 'latin1').toString('base64'),
})

const tell = (desk: Desk, verdict: Verdict): void => {
  const { shell, language } = desk
  const texts = auditTexts[language]
  const { number } = formatsOf(language)
  const { findings, undecided, sealed, unsignedTail, head } = verdict
  for (const finding of findings) shell.out(`${lineOf(finding, texts, number)}\n`)
  if (sealed !== undefined && sealed.all > 0) {
    const { all, opened, erased } = sealed
    shell.out(`${texts.sealed(number(all), number(opened), number(erased))}\n`)
  }
  if (verdict.periods !== undefined) shell.out(`${texts.periods(number(verdict.periods))}\n`)
  if (unsignedTail > 0) shell.out(`${texts.unsignedTail(number(unsignedTail))}\n`)
  if (verdict.verdict === 'sound') shell.out(`${texts.sound(number(head.size))}\n`)
  if (verdict.verdict === 'tampered') shell.out(`${texts.tampered(number(findings.length))}\n`)
  if (verdict.verdict !== 'undecided') return
  const reasons = undecided.map((why) =>
    why === 'noKeys' ? texts.noKeys(number(sealed?.locked ?? 0)) : texts.noCheckpoint,
  )
  shell.out(`${texts.undecided} ${reasons.join('; ')}\n`)
}

const lineOf = (
  { code, index, range, detail }: AuditFinding,
  texts: AuditTexts,
  number: (value: number) => string,
): string => {
  const at = index === undefined ? [] : [texts.at(number(index))]
  const between = range === undefined ? [] : [texts.between(number(range[0]), number(range[1]))]
  return [code, ...at, ...between, detail].join(' · ')
}

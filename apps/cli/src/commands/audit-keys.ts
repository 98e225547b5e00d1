/**
 * `forsat audit keygen` and `forsat audit restore`: under which key and name the log is signed.
 *
 * @module
 */
import {
  type AuditFiles,
  auditFilesIn,
  declareRestore,
  makeAuditKey,
  rotateAuditKey,
} from '@forsat/application'
import { command, type Finish } from '../command.ts'
import { type Desk, printJson, refused, type Session, withSession } from '../session.ts'
import { placesIn } from '../settings.ts'
import { type Exit, Stop } from '../shell.ts'
import { auditTexts } from '../texts/audit.ts'

interface Asked {
  readonly origin?: string | undefined
  readonly rotate?: true | undefined
  readonly approvedBy?: string | undefined
  readonly reason?: string | undefined
  readonly json?: boolean | undefined
}

export const keygenCommand = (desk: Desk, finish: Finish) => {
  const texts = auditTexts[desk.language]
  const examples = ['audit keygen', 'audit keygen --rotate --as USER --approved-by USER']
  return command('keygen', { about: texts.keygen, examples }, desk)
    .option('--origin <name>', texts.origin)
    .option('--rotate', texts.rotate)
    .option('--approved-by <user>', texts.approvedBy)
    .option('--reason <text>', texts.reason)
    .action(async (options) => {
      finish(await withSession(desk, options, (session) => keygen(session, options)))
    })
}

const keygen = async (session: Session, asked: Asked): Promise<Exit> => {
  const { forsat, context, shell, language } = session
  const texts = auditTexts[language]
  const files = filesOf(session)
  if ((await files.key()) === undefined) {
    const { verifierKey } = await makeAuditKey(
      files,
      asked.origin ?? `forsat/${forsat.ids.next()}/1`,
    )
    tell(session, asked, { verifierKey })
    return 0
  }
  if (!asked.rotate) throw new Stop(1, texts.keyExists)
  if (asked.approvedBy === undefined) throw new Stop(1, texts.approvalNeeded)
  const { approvedBy, reason } = asked
  const rotated = await rotateAuditKey({ forsat, files }, { approvedBy, reason }, context)
  if (rotated._tag === 'Left') return refused(session, rotated.left)
  tell(session, asked, { verifierKey: rotated.right.verifierKey, checkpoint: rotated.right.note })
  if (!asked.json) shell.out(`\n${rotated.right.note}`)
  return 0
}

export const restoreCommand = (desk: Desk, finish: Finish) => {
  const texts = auditTexts[desk.language]
  const examples = ['audit restore --reason "the disk was lost" --as USER --approved-by USER']
  return command('restore', { about: texts.restore, examples }, desk)
    .requiredOption('--reason <text>', texts.reason)
    .requiredOption('--approved-by <user>', texts.approvedBy)
    .action(async (options) => {
      const work = (session: Session) => restore(session, options)
      finish(await withSession(desk, options, work, { isRestored: true }))
    })
}

const restore = async (
  session: Session,
  asked: { readonly reason: string; readonly approvedBy: string; readonly json?: true | undefined },
): Promise<Exit> => {
  const { forsat, context, shell, formats, language } = session
  const files = filesOf(session)
  const size = (await forsat.store.tree?.head())?.size ?? 0
  const { reason, approvedBy } = asked
  const declared = await declareRestore({ forsat, files }, { reason, approvedBy }, context)
  if (declared._tag === 'Left') return refused(session, declared.left)
  const { verifierKey, note: checkpoint } = declared.right
  if (!asked.json) shell.out(`${auditTexts[language].restored(formats.number(size))}\n`)
  tell(session, asked, { verifierKey, checkpoint, keptSize: size })
  return 0
}

const filesOf = (session: Session): AuditFiles => {
  const places = placesIn(session.settings)
  if (places.kind !== 'sqlite') throw new Stop(1, auditTexts[session.language].needsFile)
  return auditFilesIn(places.keys)
}

const tell = (
  session: Session,
  { json }: Pick<Asked, 'json'>,
  told: { readonly verifierKey: string; readonly checkpoint?: string; readonly keptSize?: number },
): void => {
  if (json) printJson(session, told)
  else session.shell.out(`${auditTexts[session.language].verifierKey}\n${told.verifierKey}\n`)
}

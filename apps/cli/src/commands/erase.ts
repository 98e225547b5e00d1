/**
 * `forsat erase CONTACT`: makes what is personal of somebody unreadable, or only tells what would go.
 *
 * @module
 */
import { command, type Finish } from '../command.ts'
import type { Session } from '../session.ts'
import { type CommonOptions, type Desk, printJson, refused, withSession } from '../session.ts'
import type { Exit } from '../shell.ts'

export const eraseCommand = (desk: Desk, finish: Finish) => {
  const { erase } = desk.texts
  const examples = [
    'erase 01J8ZQ4T5V6W7X8Y9Z0A1B2C3D --dry-run',
    'erase 01J8ZQ4T5V6W7X8Y9Z0A1B2C3D --approved-by user:01J8ZQ4T5V6W7X8Y9Z0A1B2C3E',
  ]
  return command('erase', { about: erase.about, examples }, desk)
    .argument('<contact>', erase.contact)
    .option('--dry-run', erase.dryRun)
    .option('--ground <text>', erase.ground)
    .option('--requested-by <who>', erase.requestedBy)
    .option('--approved-by <who>', erase.approvedBy)
    .action(async (contact, { dryRun = false, ground, requestedBy, approvedBy, ...options }) => {
      const asked = {
        subject: contact.toUpperCase(),
        ground: ground ?? 'Asked for by the person',
        requestedBy: requestedBy ?? 'the person',
        ...(approvedBy !== undefined && { approvedBy }),
      }
      const work = (session: Session) =>
        dryRun ? tryOut(session, asked, options) : carryOut(session, asked, options)
      finish(await withSession(desk, options, work))
    })
}

type Printing = Pick<CommonOptions, 'json'>
type Erasure = Awaited<ReturnType<Session['forsat']['erasureOf']>>

const tryOut = async (session: Session, asked: object, { json }: Printing): Promise<Exit> => {
  const { forsat, context, shell, texts } = session
  const planned = await forsat.planErasure(asked, context)
  if (planned._tag === 'Left') return refused(session, planned.left)
  if (json) printJson(session, planned.right)
  else {
    show(session, planned.right)
    shell.err(`${texts.erase.tried}\n`)
  }
  return 0
}

const carryOut = async (session: Session, asked: object, { json }: Printing): Promise<Exit> => {
  const { forsat, context } = session
  const erasing = { type: 'ErasePersonalData', data: asked }
  const outcome = await forsat.executeUnchecked(erasing, context)
  if (outcome._tag === 'Left') return refused(session, outcome.left)
  const erasure = await forsat.erasureOf(outcome.right)
  if (json) printJson(session, erasure)
  else show(session, erasure)
  return 0
}

const show = ({ shell, texts, formats }: Session, { erased, kept }: Erasure): void => {
  const { erase } = texts
  const [subject, ...linked] = erased
  if (subject === undefined) shell.out(`${erase.nothing}\n`)
  else shell.out(`${erase.done(formats.number(linked.length))}\n`)
  for (const { what, why, until } of kept) {
    shell.out(`${erase.kept(erase.what[what], erase.why[why], formats.day(until))}\n`)
  }
}

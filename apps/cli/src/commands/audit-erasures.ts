/**
 * `forsat audit erasures`: what was erased, and what is missing though nobody erased it.
 *
 * @module
 */
import type { ErasureRegister, Forsat } from '@forsat/application'
import { command, type Finish } from '../command.ts'
import { formatsOf } from '../formats.ts'
import {
  type CommonOptions,
  companiesOf,
  companyNamed,
  type Desk,
  printJson,
  withStore,
} from '../session.ts'
import type { Exit } from '../shell.ts'
import { table } from '../table.ts'

export const auditErasures = (desk: Desk, finish: Finish) => {
  const examples = ['audit erasures', 'audit erasures --json']
  return command('erasures', { about: desk.texts.audit.erasures, examples }, desk).action(
    async (options) => {
      finish(await withStore(desk, options, (forsat) => tell(forsat, desk, options)))
    },
  )
}

const tell = async (forsat: Forsat, desk: Desk, options: CommonOptions): Promise<Exit> => {
  const { company: asked, json = false } = options
  const companies = await companiesOf(forsat)
  const company = asked === undefined ? undefined : companyNamed(asked, companies, desk.texts)
  const register = await forsat.erasures(company?.id)
  if (json) printJson(desk, register)
  else show(register, desk)
  return exitOf(register)
}

const exitOf = ({ findings, keys, parts }: ErasureRegister): Exit => {
  if (findings.length > 0) return 2
  return keys === 'absent' && parts.readable + parts.erased < parts.sealed ? 3 : 0
}

const show = ({ erasures, findings, keys, parts }: ErasureRegister, desk: Desk): void => {
  const { shell, texts, language } = desk
  const { audit, erase } = texts
  const { moment, day, number } = formatsOf(language)
  if (erasures.length > 0) {
    const { when, whose, ground, requestedBy, approvedBy, completeBy, kept } = audit.columns
    const rows = erasures.map((each) => [
      moment(each.recordedAt),
      each.stream,
      each.ground,
      each.requestedBy,
      each.approvedBy ?? '',
      day(each.completeBy),
      each.kept.map(({ what, until }) => `${erase.what[what]} (${day(until)})`).join('\n'),
    ])
    const titles = [when, whose, ground, requestedBy, approvedBy, completeBy, kept]
    shell.out(
      table(
        titles.map((title) => ({ title, flexible: title === ground })),
        rows,
        { language, width: shell.width },
      ),
    )
  }
  for (const { code, position, subject, purpose } of findings) {
    shell.out(`${code} ${audit.missing(position, subject, purpose)}\n`)
  }
  if (keys === 'absent') shell.err(`${audit.noKeys(number(parts.sealed))}\n`)
  else
    shell.err(
      `${audit.parts(number(parts.sealed), number(parts.readable), number(parts.erased))}\n`,
    )
}

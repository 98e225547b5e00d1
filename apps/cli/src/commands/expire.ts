import type { Forsat } from '@forsat/application'
import { isErased } from '@forsat/domain'
import type { CompanyView } from '@forsat/projections'
import { command, type Finish } from '../command.ts'
import { formatsOf } from '../formats.ts'
import {
  type CommonOptions,
  companiesOf,
  type Desk,
  printJson,
  type Session,
  withSession,
} from '../session.ts'
import type { Exit } from '../shell.ts'
import { table } from '../table.ts'

/** `forsat expire`: records which offers the clock has ended, in one company or in all. */
export const expireCommand = (desk: Desk, finish: Finish) =>
  command(
    'expire',
    { about: desk.texts.expire.about, examples: ['expire', 'expire --json'] },
    desk,
  ).action(async (options) => {
    finish(await withSession(desk, options, (session) => expire(session, options)))
  })

const expire = async (session: Session, options: CommonOptions): Promise<Exit> => {
  const { forsat, company, context, shell, texts, formats, language } = session
  const inOne = options.company !== undefined
  const { expired } = await forsat.expireDue({
    ...context,
    company: inOne ? company.id : undefined,
  })
  if (options.json) {
    printJson(session, { expired })
    return 0
  }
  await forsat.settle()
  const companies = inOne ? [company] : await companiesOf(forsat)
  const rows = await Promise.all(expired.map((id) => rowOf(id, companies, session)))
  const { number, customer, validUntil, total, done } = texts.expire
  const columns = [number, customer, validUntil].map((title) => ({ title }))
  if (rows.length > 0) {
    shell.out(table([...columns, { title: total, numeric: true }], rows, { language }))
  }
  shell.err(`${done(formats.number(expired.length))}\n`)
  return 0
}

/** An offer as its own company writes it. */
const rowOf = async (
  id: string,
  companies: readonly CompanyView[],
  { forsat, language, texts }: Pick<Session, 'forsat' | 'language' | 'texts'>,
): Promise<readonly string[]> => {
  for (const company of companies) {
    const offer = await offerIn(forsat, id, company.id)
    if (offer === undefined) continue
    const { number = '', customer, validUntil, total } = offer
    const { day, money, digits } = formatsOf(language, company)
    const name = customer === undefined || isErased(customer) ? texts.history.erased : customer.name
    return [digits(number), name, validUntil === undefined ? '' : day(validUntil), money(total)]
  }
  return [id]
}

/** The version that has expired, though the next one may be a draft beside it. */
const offerIn = async ({ query }: Forsat, id: string, company: string) => {
  const shown = await query.quotations.get(id, { company })
  if (shown === undefined) return undefined
  const { customer, live } = shown
  const { number, validUntil, total } = live ?? { ...shown, total: shown.totals.total }
  return { customer, number, validUntil, total }
}

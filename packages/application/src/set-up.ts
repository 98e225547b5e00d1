/**
 * An empty store gets one company and one person who may do everything in it.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Outcome } from './context.ts'
import type { Forsat } from './forsat.ts'
import type { Command } from './use-cases.ts'

export interface Beginnings {
  readonly name?: string | undefined
  readonly currency?: string | undefined
  readonly zone?: string | undefined
  readonly language?: 'fa' | 'en' | undefined
}

const texts = {
  fa: { company: 'شرکت من', user: 'مدیر' },
  en: { company: 'My company', user: 'Administrator' },
} as const

/** How long the read models may take over a log that they have to read from its beginning. */
const readingMs = 30 * 60_000

interface Begun {
  readonly companyId: string
  readonly userId: string
}

/** The first company and its administrator; made if there is none. Two that try at once make one. */
export const setUp = async (
  forsat: Pick<Forsat, 'execute' | 'settle' | 'query'>,
  beginnings: Beginnings = {},
): Promise<Begun> => {
  // A log of years may have to be read first: only then is it known that there is no company.
  if (!(await forsat.settle(undefined, readingMs))) {
    throw new Error('the read models have not seen the whole log: GET /projections says why')
  }
  return (await found(forsat)) ?? (await made(forsat, beginnings))
}

/** The oldest company and the oldest of those who may do everything in it. */
const found = async ({ query }: Pick<Forsat, 'query'>): Promise<Begun | undefined> => {
  const everything = { company: '', everywhere: true }
  const oldest = { sort: 'createdAt', limit: 200 } as const
  const companies = await query.companies.list(everything, { ...oldest, limit: 1 })
  const users = await query.users.list(everything, oldest)
  if (E.isLeft(companies) || E.isLeft(users)) throw new Error('a list of companies was refused')
  const [company] = companies.right.items
  const user = users.right.items.find(({ archived, roles }) =>
    roles.some((held) => !archived && held.companyId === company?.id && held.role === 'admin'),
  )
  return company && user && { companyId: company.id, userId: user.id }
}

const made = async (
  { execute, settle }: Pick<Forsat, 'execute' | 'settle'>,
  { name, currency, zone, language = 'fa' }: Beginnings,
): Promise<Begun> => {
  const first = async (command: Command, key: string, company?: string): Promise<Outcome> => {
    const outcome = await execute(command, {
      actor: 'system:setup',
      idempotencyScope: 'setup',
      idempotencyKey: key,
      company,
    })
    if (E.isRight(outcome)) return outcome.right
    throw new Error(`setting up was refused: ${JSON.stringify(outcome.left)}`)
  }
  const data = {
    // Iran's rate of value added tax; elsewhere nobody can tell before the company does.
    ...(currency === undefined || currency === 'IRR' ? { defaultTaxRate: '10' } : {}),
    name: name ?? texts[language].company,
    language,
    ...(currency === undefined ? {} : { currency }),
    ...(zone === undefined ? {} : { zone }),
  }
  const { id: companyId } = await first({ type: 'CreateCompany', data }, 'company')
  const user = { name: texts[language].user }
  const { id: userId } = await first({ type: 'RegisterUser', data: user }, 'user', companyId)
  const role = { id: userId, companyId, role: 'admin' } as const
  await first({ type: 'GrantRole', data: role }, 'role', companyId)
  await settle()
  return { companyId, userId }
}

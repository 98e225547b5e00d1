/**
 * A session is one command over an open store: which company it is for, who acts, and how answers are
 * written for people.
 *
 * @module
 */
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import {
  type Beginnings,
  type Context,
  type Forsat,
  type InputIssue,
  type MailSettings,
  openForsat,
  setUp,
} from '@forsat/application'
import { compareKey } from '@forsat/domain'
import type { CompanyView, Scope } from '@forsat/projections'
import { type Formats, formatsOf, type Language } from './formats.ts'
import { missingFile, placesIn, type Settings, settingsOf } from './settings.ts'
import { type Exit, type Shell, Stop } from './shell.ts'
import type { Texts } from './texts/texts.ts'

/** The options that every command has. */
export interface CommonOptions {
  readonly store?: string | undefined
  readonly company?: string | undefined
  readonly as?: string | undefined
  readonly json?: boolean | undefined
}

/** What a command is given before any store is open. */
export interface Desk {
  readonly shell: Shell
  readonly texts: Texts
  readonly language: Language
}

export interface Session extends Desk {
  readonly forsat: Forsat
  readonly settings: Settings
  readonly company: CompanyView
  readonly scope: Scope
  readonly context: Context
  readonly formats: Formats
}

/** Opens the store; `make` says what an empty or absent one begins with, without it there must be one. */
export const openStore = async (
  { shell, texts }: Desk,
  settings: Settings,
  {
    make,
    mail,
    isRestored,
  }: {
    readonly make: boolean
    readonly mail?: MailSettings | undefined
    readonly isRestored?: boolean | undefined
  },
): Promise<Forsat> => {
  const missing = make ? undefined : missingFile(settings)
  if (missing !== undefined) throw new Stop(3, texts.store.missing(missing))
  const places = placesIn(settings)
  if (make && places.kind === 'sqlite') await makeFolder(dirname(places.store), texts)
  const report = (message: string) => shell.err(`${message}\n`)
  return await openForsat({ ...settings, mail, report, isRestored })
}

const makeFolder = async (folder: string, texts: Texts): Promise<void> => {
  await mkdir(folder, { recursive: true }).catch(() => {
    throw new Stop(3, texts.store.noFolder(folder))
  })
}

/** How often a person is told that the read models are still reading, in milliseconds. */
const patienceMs = 2000

/**
 * Waits until the read models have seen the whole log, however much of it they have to read: answers
 * that are older than it would pass for the truth.
 */
export const caughtUp = async (forsat: Forsat, { shell, texts, language }: Desk): Promise<void> => {
  const { number } = formatsOf(language)
  while (!(await forsat.settle(undefined, patienceMs))) {
    const status = await forsat.projections.status()
    const stopped = status.find(({ state }) => state === 'stopped')
    if (stopped !== undefined) {
      throw new Stop(1, texts.store.stopped(stopped.name, stopped.reason ?? ''))
    }
    const lag = Math.max(...status.map((each) => each.lag))
    if (shell.watched) shell.err(`${texts.store.behind(number(lag))}\n`)
  }
}

interface Opening {
  /** What an empty or absent store begins with; without it there must be one. */
  readonly begin?: Beginnings
  /** Whether to open a log that is not the one signed last: to declare a restore. */
  readonly isRestored?: boolean
}

/**
 * Runs work over an open store as it is, whatever its read models have seen or hold: on what is behind,
 * has stopped or is gone.
 */
export const withStore = async <Result>(
  desk: Desk,
  options: Pick<CommonOptions, 'store'>,
  work: (forsat: Forsat) => Promise<Result>,
): Promise<Result> => {
  const settings = settingsOf(desk.shell, desk.texts, options)
  await using forsat = await openStore(desk, settings, { make: false })
  return await work(forsat)
}

/** Runs work over an open store and closes it, however the work ends. */
export const withSession = async (
  desk: Desk,
  options: CommonOptions,
  work: (session: Session) => Promise<Exit>,
  { begin, isRestored = false }: Opening = {},
): Promise<Exit> => {
  const settings = settingsOf(desk.shell, desk.texts, options)
  await using forsat = await openStore(desk, settings, {
    make: begin !== undefined,
    isRestored,
  })
  await caughtUp(forsat, desk)
  if (begin !== undefined) await setUp(forsat, begin)
  return await work(await sessionOf(desk, settings, forsat, options))
}

export const sessionOf = async (
  desk: Desk,
  settings: Settings,
  forsat: Forsat,
  { company: asked, as = 'local' }: CommonOptions,
): Promise<Session> => {
  const { texts, language } = desk
  const company = await companyOf(forsat, asked, texts)
  const everywhere = { company: company.id, everywhere: true }
  if (as !== 'local' && (await forsat.query.users.get(as, everywhere)) === undefined) {
    throw new Stop(1, texts.store.userUnknown(as))
  }
  return {
    ...desk,
    forsat,
    settings,
    company,
    scope: { company: company.id },
    context: { company: company.id, actor: `user:${as}` },
    formats: formatsOf(language, company),
  }
}

/** Every company of the store, the oldest first. */
export const companiesOf = async ({ query }: Forsat): Promise<readonly CompanyView[]> => {
  const listed = await query.companies.list(
    { company: '', everywhere: true },
    { sort: 'createdAt', limit: 200 },
  )
  if (listed._tag === 'Left') throw new Error('a list of companies was refused')
  return listed.right.items
}

const companyOf = async (
  forsat: Forsat,
  asked: string | undefined,
  texts: Texts,
): Promise<CompanyView> => {
  const companies = await companiesOf(forsat)
  if (asked === undefined) {
    const [first] = companies
    if (first === undefined) throw new Stop(1, texts.store.noCompany)
    return first
  }
  return companyNamed(asked, companies, texts)
}

/** The company of an id or a name. */
export const companyNamed = (
  asked: string,
  companies: readonly CompanyView[],
  texts: Texts,
): CompanyView => {
  const [found, ...others] = companies.filter(
    ({ id, name }) => id === asked || compareKey(name) === compareKey(asked),
  )
  if (found === undefined) throw new Stop(1, texts.store.companyUnknown(asked))
  if (others.length > 0) throw new Stop(1, texts.store.companyAmbiguous(asked))
  return found
}

interface Refused {
  readonly type: string
  readonly errors?: readonly InputIssue[]
}

/** Says why a rule said no, by its code and facts; of input each rule that it breaks. */
export const refused = ({ shell, texts }: Desk, { type, errors, ...facts }: Refused): Exit => {
  const told =
    errors?.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ') ??
    Object.entries(facts)
      .map(([name, fact]) => `${name}: ${JSON.stringify(fact)}`)
      .join(', ')
  shell.err(`${texts.refused(type, told)}\n`)
  return type === 'InvalidRequest' ? 2 : 1
}

export const printJson = ({ shell }: Desk, value: unknown): void => {
  shell.out(`${JSON.stringify(value, null, 2)}\n`)
}

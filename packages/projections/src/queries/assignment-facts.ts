/**
 * What a plan of assignment rests on: who takes part, what everybody was given already, and what waits.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import {
  type CalendarDate,
  daysBetween,
  type Lead,
  type Member,
  plusDays,
  type Received,
  windowDays,
} from '@forsat/domain'
import { startOfDay } from '@forsat/domain/time'
import { checkpoints } from '../bookkeeping.ts'
import type { TeamDocument } from '../catalogue/catalogue-documents.ts'
import { prepared } from '../database.ts'
import type { OpportunityDocument } from '../opportunities/opportunity-document.ts'
import { probabilityOf } from '../opportunities/opportunity-view.ts'
import type { AssignmentFacts, AssignmentFactsRequest } from './queries.ts'
import { scoringIn } from './scoring-queries.ts'
import { companyIn } from './setting.ts'

/** The read models that the facts stand in. */
export const factModels = ['opportunities', 'catalogue', 'scoring', 'assignments'] as const

export const assignmentFacts = (
  db: DatabaseSync,
  company: string,
  { today, teamId }: AssignmentFactsRequest,
): AssignmentFacts | undefined => {
  const known = companyIn(db, company)
  if (known === undefined) return undefined
  const { zone } = known
  const given = givenIn(db, company, {
    since: startOfDay(plusDays(today, 1 - windowDays), zone),
    today: startOfDay(today, zone),
  })
  const teams = teamsIn(db, company).filter(({ id }) => teamId === undefined || id === teamId)
  return {
    teams: teams.map(({ id, rules, members }) => ({
      id,
      rules,
      members: members
        .filter(({ userId }) => isActive(db, userId))
        .map((member): Member => ({ ...member, received: receivedBy(member, id, given) })),
    })),
    leads: leadsIn(db, company, { today, moment: startOfDay(today, zone) }),
    lastInput: lastEventIn(db),
  }
}

const teamsIn = (db: DatabaseSync, company: string): readonly TeamDocument[] =>
  prepared(db, 'SELECT doc FROM team WHERE company = ? AND archived = 0 ORDER BY position, began')
    .all(company)
    .map(({ doc }) => JSON.parse(String(doc)) as TeamDocument)

const isActive = (db: DatabaseSync, userId: string): boolean =>
  prepared(db, 'SELECT 1 FROM user WHERE id = ? AND archived = 0').get(userId) !== undefined

/** How many leads somebody was given; without a team where none was named. */
interface Given {
  readonly userId: string
  readonly teamId: string | undefined
  readonly received: Received
}

const givenIn = (
  db: DatabaseSync,
  company: string,
  { since, today }: { readonly since: string; readonly today: string },
): readonly Given[] =>
  prepared(
    db,
    `SELECT user_id, team_id, count(*) AS all_of_them, sum(at >= ?) AS of_today
     FROM assignment_given WHERE company = ? AND at >= ? GROUP BY user_id, team_id`,
  )
    .all(today, company, since)
    .map((row) => ({
      userId: String(row['user_id']),
      teamId: row['team_id'] === null ? undefined : String(row['team_id']),
      received: { in30Days: Number(row['all_of_them']), today: Number(row['of_today']) },
    }))

/** What was given without a team counts in each that the member is in. */
const receivedBy = (
  { userId }: Pick<Member, 'userId'>,
  team: string,
  given: readonly Given[],
): Received => {
  const own = given.filter((each) => each.userId === userId && (each.teamId ?? team) === team)
  const sum = (of: keyof Received) => own.reduce((total, each) => total + each.received[of], 0)
  return { today: sum('today'), in30Days: sum('in30Days') }
}

const leadsIn = (
  db: DatabaseSync,
  company: string,
  { today, moment }: { readonly today: CalendarDate; readonly moment: string },
): readonly Lead[] => {
  const scoring = scoringIn(db, company, moment)
  return prepared(
    db,
    `SELECT doc, email_key, phone_key FROM opportunity WHERE company = ? AND outcome = 'open'`,
  )
    .all(company)
    .map((row) => {
      const document = JSON.parse(String(row['doc'])) as OpportunityDocument
      const { value } = probabilityOf(document, scoring)
      return leadOf(document, { today, probability: value ?? undefined }, [
        ['mail', row['email_key']],
        ['phone', row['phone_key']],
      ])
    })
}

const leadOf = (
  document: OpportunityDocument,
  { today, probability }: { readonly today: CalendarDate } & Pick<Lead, 'probability'>,
  keys: readonly (readonly [kind: string, key: unknown])[],
): Lead => {
  const { id, kind, outcome, salespersonId, teamId, contactId } = document
  const { source, country, region, language, tags, expectedRevenue } = document
  const known = [...keys, ['contact', contactId] as const]
  return {
    id,
    kind,
    outcome,
    salespersonId,
    teamId,
    probability,
    source,
    country,
    region,
    language,
    tags,
    expectedRevenue,
    ageDays: Math.max(0, daysBetween(document.createdOn, today)),
    sameAs: known.flatMap(([what, key]) => (typeof key === 'string' ? [`${what}:${key}`] : [])),
  }
}

/** One reader feeds all read models; one that is being caught up holds the others' facts back. */
const lastEventIn = (db: DatabaseSync): string | undefined =>
  [...checkpoints(db).values()]
    .filter(({ name }) => factModels.some((model) => model === name))
    .reduce((least, each) => (each.position < least.position ? each : least)).eventId

/**
 * The fields of an opportunity as they arrive: every record they name is looked up, every amount and
 * place made comparable.
 *
 * @module
 */
import type { Money, OpenStage, StageFacts } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { Facts } from '../facts.ts'
import { exactly, placed } from '../input.ts'
import { idTaken } from '../own-fields.ts'
import { invalid, type Refusal } from '../refusal.ts'
import type { Setting } from '../use-case.ts'

interface Named {
  readonly contactId?: string | null | undefined
  readonly tags?: readonly string[] | null | undefined
  readonly productIds?: readonly string[] | null | undefined
  readonly participants?: readonly { readonly contactId: string }[] | null | undefined
  readonly teamId?: string | null | undefined
  readonly salespersonId?: string | null | undefined
  readonly externalIds?:
    | readonly { readonly system: string; readonly id: string }[]
    | null
    | undefined
  readonly expectedRevenue?: Money | null | undefined
  readonly email?: string | null | undefined
  readonly phone?: string | null | undefined
  readonly country?: string | null | undefined
  readonly language?: string | null | undefined
}

type Present = { readonly emailPresent?: boolean; readonly phonePresent?: boolean }

/** The fields that were asked for, with what they name looked up; `own` is the record that asks. */
export const changesOf = async <Fields extends Named>(
  fields: Fields,
  { company, facts }: Setting,
  own: string | undefined,
): Promise<E.Either<Refusal, Fields & Present>> => {
  const missing = await missingReference(fields, company.id, facts)
  if (missing !== undefined) return invalid(missing.pointer, missing.detail)
  const taken = await idTaken(
    fields.externalIds,
    (external) => facts.opportunityBy(external, company.id),
    own,
  )
  if (taken !== undefined) return taken
  const { expectedRevenue, email, phone } = fields
  const revenue = expectedRevenue && exactly('/expectedRevenue', expectedRevenue, company)
  if (revenue && E.isLeft(revenue)) return revenue
  return placed({
    ...fields,
    ...listedOnce(fields),
    ...(revenue ? { expectedRevenue: revenue.right } : {}),
    ...(email === undefined ? {} : { emailPresent: email !== null }),
    ...(phone === undefined ? {} : { phonePresent: phone !== null }),
  })
}

/** The lists that are sets: what stands in one twice counts once. */
const listedOnce = <Fields extends Named>(fields: Fields): Partial<Fields> => {
  const lists = ['tags', 'productIds', 'participants', 'externalIds'] as const
  const once = lists.flatMap((name) => {
    const list: readonly unknown[] | null | undefined = fields[name]
    if (!list) return []
    return [[name, [...new Map(list.map((each) => [JSON.stringify(each), each])).values()]]]
  })
  return Object.fromEntries(once) as Partial<Fields>
}

const missingReference = async (
  fields: Named,
  company: string,
  facts: Facts,
): Promise<{ readonly pointer: string; readonly detail: string } | undefined> => {
  const { contactId, teamId, salespersonId } = fields
  if (contactId && !(await facts.contact(contactId, company))) {
    return { pointer: '/contactId', detail: 'is no contact of this company' }
  }
  if (teamId && !(await facts.team(teamId, company))) {
    return { pointer: '/teamId', detail: 'is no team of this company' }
  }
  if (salespersonId && !(await facts.colleague(salespersonId, company))) {
    return { pointer: '/salespersonId', detail: 'is no user of this company' }
  }
  for (const [index, id] of (fields.productIds ?? []).entries()) {
    if (!(await facts.product(id, company))) {
      return { pointer: `/productIds/${index}`, detail: 'is no product of this company' }
    }
  }
  for (const [index, { contactId: id }] of (fields.participants ?? []).entries()) {
    if (!(await facts.contact(id, company))) {
      return {
        pointer: `/participants/${index}/contactId`,
        detail: 'is no contact of this company',
      }
    }
  }
  return undefined
}

/** The stage that was named, if one was. An archived one only holds what stands in it already. */
export const stageOf = async (
  stageId: string | undefined,
  company: string,
  facts: Facts,
  current?: string,
): Promise<E.Either<Refusal, StageFacts | undefined>> => {
  if (stageId === undefined) return E.right(undefined)
  const stage = await facts.stage(stageId, company)
  if (stage === undefined) return invalid('/stageId', 'is no stage of this company')
  if (stage.archived && stageId !== current) return invalid('/stageId', 'is archived')
  const { archived: _archived, ...known } = stage
  return E.right(known)
}

/** The stage that was named, if one was, for what has still to be won. */
export const openStageOf = async (
  stageId: string | undefined,
  company: string,
  facts: Facts,
): Promise<E.Either<Refusal, OpenStage | undefined>> => {
  const named = await stageOf(stageId, company, facts)
  if (E.isLeft(named)) return named
  return named.right?.won === true
    ? invalid('/stageId', 'must be an open stage: a sale is opened first and won then')
    : E.right(named.right)
}

/** The stage to begin in: the one named, else the first of the team's or the company's own. */
const firstStage = async (
  {
    stageId,
    teamId,
  }: { readonly stageId?: string | undefined; readonly teamId?: string | undefined },
  { company, facts }: Setting,
): Promise<E.Either<Refusal, OpenStage | undefined>> => {
  const named = await openStageOf(stageId, company.id, facts)
  if (E.isLeft(named)) return named
  return E.right(named.right ?? (await facts.firstStage(company.id, teamId)))
}

/** What a new opportunity begins with. */
export const beginning = async <
  Fields extends Named & {
    readonly id?: string | undefined
    readonly stageId?: string | undefined
  },
>(
  { id, ...fields }: Fields,
  setting: Setting,
) => {
  const checked = await changesOf(fields, setting, id)
  if (E.isLeft(checked)) return checked
  const stage = await firstStage(
    { stageId: fields.stageId, teamId: fields.teamId ?? undefined },
    setting,
  )
  if (E.isLeft(stage)) return stage
  return E.right({
    ...setting.when,
    ...checked.right,
    stageId: stage.right?.id,
    emailPresent: checked.right.emailPresent ?? false,
    phonePresent: checked.right.phonePresent ?? false,
  })
}

/**
 * What may be asked of the lists that a company keeps: lost reasons, stages, teams, products.
 *
 * @module
 */
import {
  type AttributeChanges,
  clearable,
  type ExternalId,
  LostReasonEvent,
  optional,
  Percent,
  ProductEvent,
  Quantity,
  StageEvent,
  TeamEvent,
  Ulid,
} from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import { inexactRule } from '../assignment/rules.ts'
import { assignmentOff, isAssigning } from '../assignment/use-cases.ts'
import type { CompanySettings } from '../company.ts'
import { exactPrice, made, target } from '../input.ts'
import { entryOf, type Known, ownChanges, withOwnFields } from '../own-fields.ts'
import { invalid } from '../refusal.ts'
import { type Setting, useCase } from '../use-case.ts'

const lostReason = LostReasonEvent.options[0].shape.data.shape
const stage = StageEvent.options[0].shape.data.shape
const team = TeamEvent.options[0].shape.data.shape
const stored = ProductEvent.options[0].shape.data.shape
const { element: unit } = stored.units.unwrap()
const { element: price } = stored.prices.unwrap()
/** A catalogue takes only what an offer can carry; what it took before there was such a rule stays. */
const product = {
  ...stored,
  taxRate: Percent.optional(),
  units: unit
    .extend({ factor: unit.shape.factor.regex(/[1-9]/, 'must be above 0') })
    .array()
    .max(20)
    .optional(),
  prices: price.extend({ minQuantity: Quantity.optional() }).array().max(50).optional(),
}
const { userId, ...membership } = TeamEvent.options[3].shape.data.shape
const rulesSet = TeamEvent.options[6].shape.data.shape

interface Owning {
  readonly externalIds?: readonly ExternalId[] | null | undefined
  readonly attributes?: AttributeChanges | null | undefined
}

/** Where an entry stands among the others, if nobody says: with those that are sorted by age. */
const position = lostReason.position.default(0)

const unwrapped = <Shape extends Record<string, z.ZodOptional>>(shape: Shape) =>
  clearable(
    Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, field.unwrap()])) as {
      [Name in keyof Shape]: z.ZodType<NonNullable<z.output<Shape[Name]>>>
    },
  )

export const lostReasonUseCases = [
  useCase({
    name: 'CreateLostReason',
    category: 'lostreason',
    kind: 'create',
    input: z.strictObject({
      ...made,
      ...lostReason,
      position,
      requiresNote: lostReason.requiresNote.default(false),
    }),
    command: async ({ id, ...asked }, setting) => {
      const fields = await withOwnFields('lostReasons', asked, setting, { id })
      if (E.isLeft(fields)) return fields
      const { occurredAt } = setting.when
      return E.right({ type: 'CreateLostReason', data: { ...fields.right, occurredAt } })
    },
  }),
  useCase({
    name: 'ReviseLostReason',
    category: 'lostreason',
    input: z.strictObject({
      ...target,
      ...optional({ name: lostReason.name, position: lostReason.position }),
      requiresNote: lostReason.requiresNote.optional(),
      ...unwrapped({ category: lostReason.category }),
      ...ownChanges,
    }),
    command: async ({ id, ...asked }, setting, { state }) => {
      const changes = await withOwnFields('lostReasons', asked, setting, entryOf(id, state))
      if (E.isLeft(changes)) return changes
      const { occurredAt } = setting.when
      return E.right({ type: 'ReviseLostReason', data: { changes: changes.right, occurredAt } })
    },
  }),
  useCase({
    name: 'ArchiveLostReason',
    category: 'lostreason',
    input: z.strictObject(target),
    command: (_input, { when: { occurredAt } }) =>
      E.right({ type: 'ArchiveLostReason', data: { occurredAt } }),
  }),
  /** One that losses name stays; one that none names is put away, for a log forgets nothing. */
  useCase({
    name: 'RemoveLostReason',
    category: 'lostreason',
    input: z.strictObject(target),
    command: async ({ id }, { when: { occurredAt }, company, facts }) => {
      const count = await facts.lossesBecauseOf(id, company.id)
      return count > 0
        ? E.left({ type: 'LostReasonInUse', count })
        : E.right({ type: 'ArchiveLostReason', data: { occurredAt } })
    },
  }),
] as const

/** The fields of a stage, with the team they name looked up. */
const stageFields = async <Fields extends Owning & { readonly teamId?: string | null | undefined }>(
  fields: Fields,
  setting: Setting,
  own: Known,
) => {
  const { company, facts } = setting
  if (fields.teamId && !(await facts.team(fields.teamId, company.id))) {
    return invalid('/teamId', 'is no team of this company')
  }
  return withOwnFields('stages', fields, setting, own)
}

export const stageUseCases = [
  useCase({
    name: 'CreateStage',
    category: 'stage',
    kind: 'create',
    input: z.strictObject({
      ...made,
      ...stage,
      position,
      won: stage.won.default(false),
      folded: stage.folded.default(false),
    }),
    command: async ({ id, ...asked }, setting) => {
      const fields = await stageFields(asked, setting, { id })
      if (E.isLeft(fields)) return fields
      const { occurredAt } = setting.when
      return E.right({ type: 'CreateStage', data: { ...fields.right, occurredAt } })
    },
  }),
  useCase({
    name: 'ReviseStage',
    category: 'stage',
    input: z.strictObject({
      ...target,
      ...optional({ name: stage.name, position: stage.position, folded: stage.folded }),
      ...unwrapped({ teamId: stage.teamId }),
      ...ownChanges,
    }),
    command: async ({ id, ...asked }, setting, { state }) => {
      const changes = await stageFields(asked, setting, entryOf(id, state))
      if (E.isLeft(changes)) return changes
      const { occurredAt } = setting.when
      return E.right({ type: 'ReviseStage', data: { changes: changes.right, occurredAt } })
    },
  }),
  useCase({
    name: 'ArchiveStage',
    category: 'stage',
    input: z.strictObject(target),
    command: (_input, { when: { occurredAt } }) =>
      E.right({ type: 'ArchiveStage', data: { occurredAt } }),
  }),
] as const

/** The fields of a team, with the user they name looked up. */
const teamFields = async <
  Fields extends Owning & { readonly leaderId?: string | null | undefined },
>(
  fields: Fields,
  setting: Setting,
  own: Known,
) => {
  const { company, facts } = setting
  if (fields.leaderId && !(await facts.colleague(fields.leaderId, company.id))) {
    return invalid('/leaderId', 'is no user of this company')
  }
  return withOwnFields('teams', fields, setting, own)
}

export const teamUseCases = [
  useCase({
    name: 'CreateTeam',
    category: 'team',
    kind: 'create',
    input: z.strictObject({ ...made, ...team, position, rules: rulesSet.when.optional() }),
    command: async ({ id, ...asked }, setting) => {
      const inexact = inexactRule({ rules: asked.rules }, setting.company)
      if (inexact !== undefined) return inexact
      const fields = await teamFields(asked, setting, { id })
      if (E.isLeft(fields)) return fields
      const { occurredAt } = setting.when
      return E.right({ type: 'CreateTeam', data: { ...fields.right, occurredAt } })
    },
  }),
  useCase({
    name: 'ReviseTeam',
    category: 'team',
    input: z.strictObject({
      ...target,
      ...optional({ name: team.name, position: team.position }),
      ...unwrapped({ region: team.region, leaderId: team.leaderId }),
      rules: rulesSet.when.optional(),
      ...ownChanges,
    }),
    command: async ({ id, ...asked }, setting, { state }) => {
      const inexact = inexactRule({ rules: asked.rules }, setting.company)
      if (inexact !== undefined) return inexact
      const changes = await teamFields(asked, setting, entryOf(id, state.entry))
      if (E.isLeft(changes)) return changes
      const { occurredAt } = setting.when
      return E.right({ type: 'ReviseTeam', data: { changes: changes.right, occurredAt } })
    },
  }),
  useCase({
    name: 'ArchiveTeam',
    category: 'team',
    input: z.strictObject(target),
    command: (_input, { when: { occurredAt } }) =>
      E.right({ type: 'ArchiveTeam', data: { occurredAt } }),
  }),
  useCase({
    name: 'JoinTeam',
    category: 'team',
    input: z.strictObject({ ...target, userId, ...membership }),
    command: async ({ id: _id, ...member }, { when: { occurredAt }, company, facts }) => {
      if (!(await facts.colleague(member.userId, company.id))) {
        return invalid('/userId', 'is no user of this company')
      }
      const { rules, preferred } = member
      return (
        inexactRule({ rules, preferred }, company) ??
        E.right({ type: 'JoinTeam', data: { ...member, occurredAt } })
      )
    },
  }),
  useCase({
    name: 'ReviseMember',
    category: 'team',
    input: z.strictObject({ ...target, userId, ...unwrapped(membership) }),
    command: ({ id: _id, userId: member, ...changes }, { when: { occurredAt }, company }) => {
      const { rules, preferred } = changes
      return (
        inexactRule({ rules, preferred }, company) ??
        E.right({ type: 'ReviseMember', data: { userId: member, changes, occurredAt } })
      )
    },
  }),
  useCase({
    name: 'SetAssignmentRules',
    category: 'team',
    input: z.strictObject({ ...target, when: rulesSet.when }),
    command: ({ when }, { when: { occurredAt }, company }) =>
      isAssigning(company)
        ? (inexactRule({ when }, company) ??
          E.right({ type: 'SetAssignmentRules', data: { when, occurredAt } }))
        : assignmentOff,
  }),
  useCase({
    name: 'LeaveTeam',
    category: 'team',
    input: z.strictObject({ ...target, userId: Ulid }),
    command: ({ userId: member }, { when: { occurredAt } }) =>
      E.right({ type: 'LeaveTeam', data: { userId: member, occurredAt } }),
  }),
] as const

const { name: productName, saleable, ...productDetails } = product

type Prices = NonNullable<z.output<typeof product.prices>>

/** The first price that has more digits than a price may have. */
const tooPrecise = (
  prices: Prices | null | undefined,
  company: Pick<CompanySettings, 'digitsOf'>,
) => {
  for (const [index, { unitPrice }] of (prices ?? []).entries()) {
    const exact = exactPrice(`/prices/${index}/unitPrice`, unitPrice, company)
    if (E.isLeft(exact)) return exact
  }
  return undefined
}

const productFields = async <
  Fields extends Owning & { readonly prices?: Prices | null | undefined },
>(
  fields: Fields,
  setting: Setting,
  own: Known,
) => tooPrecise(fields.prices, setting.company) ?? withOwnFields('products', fields, setting, own)

export const productUseCases = [
  useCase({
    name: 'CreateProduct',
    category: 'product',
    kind: 'create',
    input: z.strictObject({ ...made, ...product, saleable: saleable.default(true) }),
    command: async ({ id, ...asked }, setting) => {
      const fields = await productFields(asked, setting, { id })
      if (E.isLeft(fields)) return fields
      const { occurredAt } = setting.when
      return E.right({ type: 'CreateProduct', data: { ...fields.right, occurredAt } })
    },
  }),
  useCase({
    name: 'ReviseProduct',
    category: 'product',
    input: z.strictObject({
      ...target,
      ...optional({ name: productName, saleable }),
      ...unwrapped(productDetails),
      ...ownChanges,
    }),
    command: async ({ id, ...asked }, setting, { state }) => {
      const changes = await productFields(asked, setting, entryOf(id, state))
      if (E.isLeft(changes)) return changes
      const { occurredAt } = setting.when
      return E.right({ type: 'ReviseProduct', data: { changes: changes.right, occurredAt } })
    },
  }),
  useCase({
    name: 'ArchiveProduct',
    category: 'product',
    input: z.strictObject(target),
    command: (_input, { when: { occurredAt } }) =>
      E.right({ type: 'ArchiveProduct', data: { occurredAt } }),
  }),
] as const

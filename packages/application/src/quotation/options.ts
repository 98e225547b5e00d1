/**
 * What may be asked of the options of a quotation: by its seller while it is written, by the customer
 * while it is on offer.
 *
 * @module
 */
import { clearable, Quantity, Ulid } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import { target } from '../input.ts'
import { invalid, notFound, type Refusal } from '../refusal.ts'
import { useCase } from '../use-case.ts'
import { contentIn } from './drafting.ts'
import { checkLine, lineShape } from './line-input.ts'
import { revisedLine } from './line-revision.ts'
import { boundsShape, optionShape, pricedOption, refusedBounds } from './option-input.ts'

const category = 'quotation'

const answerable = {
  ...target,
  optionId: Ulid,
  /** As it was seen; staff answer for what stands. */
  version: z.int().min(1).optional(),
}

/** The version that an answer is for; a customer answers the one that the link was made for. */
const answeredVersion = (
  version: number | undefined,
  standing: number,
  actor: string,
): E.Either<Refusal, number> =>
  version === undefined && actor.startsWith('customer:')
    ? invalid('/version', 'is required of a customer')
    : E.right(version ?? standing)

export const optionUseCases = [
  useCase({
    name: 'OfferOption',
    category,
    input: z.strictObject({ ...target, ...optionShape }).superRefine(checkLine),
    command: async ({ id: _id, position, ...asked }, setting, { state }) => {
      const { company, when } = setting
      const content = contentIn(state)
      if (content === undefined) return notFound
      const option = await pricedOption(asked, content, setting)
      if (E.isLeft(option)) return option
      const { vatRounding } = company.policies
      return E.right({
        type: 'OfferOption',
        data: { ...when, option: option.right, position, vatRounding },
      })
    },
  }),
  useCase({
    name: 'ReviseOption',
    category,
    input: z.strictObject({
      ...target,
      optionId: Ulid,
      position: lineShape.position,
      description: lineShape.description,
      quantity: lineShape.quantity,
      unitPrice: lineShape.unitPrice,
      taxRate: lineShape.taxRate,
      ...clearable({
        productId: Ulid,
        unit: lineShape.unit.unwrap(),
        discountPercent: lineShape.discountPercent.unwrap(),
      }),
      ...boundsShape,
    }),
    command: async ({ id: _id, optionId, position, ...asked }, setting, { state }) => {
      const { company, when } = setting
      const content = contentIn(state)
      const option = content?.options.find((each) => each.id === optionId)
      if (content === undefined || option === undefined) {
        return E.left({ type: 'OptionUnknown', optionId })
      }
      const { quantityEditable, minQuantity, maxQuantity, ...fields } = asked
      const revised = await revisedLine(option, fields, content, setting)
      if (E.isLeft(revised)) return revised
      const bounds = { quantityEditable, minQuantity, maxQuantity }
      const said = Object.entries(bounds).filter(([, value]) => value !== undefined)
      const changes = { ...revised.right.changes, ...Object.fromEntries(said) }
      const refused = refusedBounds({ ...option, ...changes }, '')
      if (refused !== undefined) return refused
      const { vatRounding } = company.policies
      return E.right({
        type: 'ReviseOption',
        data: { ...when, optionId, changes, position, vatRounding },
      })
    },
  }),
  useCase({
    name: 'WithdrawOption',
    category,
    input: z.strictObject({ ...target, optionId: Ulid }),
    command: ({ optionId }, { when, company }) =>
      E.right({
        type: 'WithdrawOption',
        data: { ...when, optionId, vatRounding: company.policies.vatRounding },
      }),
  }),
  useCase({
    name: 'AcceptOption',
    category,
    input: z.strictObject({ ...answerable, quantity: Quantity.optional() }),
    command: ({ optionId, version, quantity }, { when, actor }, { state }) => {
      if (!('current' in state)) return notFound
      return E.map((seen: number) => ({
        type: 'AcceptOption' as const,
        data: { ...when, optionId, version: seen, quantity },
      }))(answeredVersion(version, state.current.version, actor))
    },
  }),
  useCase({
    name: 'DeclineOption',
    category,
    input: z.strictObject(answerable),
    command: ({ optionId, version }, { when, actor }, { state }) => {
      if (!('current' in state)) return notFound
      return E.map((seen: number) => ({
        type: 'DeclineOption' as const,
        data: { ...when, optionId, version: seen },
      }))(answeredVersion(version, state.current.version, actor))
    },
  }),
] as const

/**
 * How the options of a draft are changed: offered, revised, withdrawn.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import { isEmpty } from '../patch.ts'
import type { OptionOffering, OptionRevising, OptionWithdrawing } from './command.ts'
import { type Decision, refused } from './decision.ts'
import { type PricedOption, withAnswer } from './option.ts'
import { offeredAt, optionAfter, optionDifferences } from './options.ts'
import { relisted } from './rewriting.ts'
import type { Begun } from './state.ts'

export const optionOffered = (
  { option, position, vatRounding }: OptionOffering,
  state: Begun,
): Decision =>
  relisted(state, vatRounding, ({ options }) => {
    const at = Math.min(position ?? options.length, options.length)
    return E.right({
      options: inserted(options, at, withAnswer(option, {})),
      tell: ({ options: after }) => after.slice(at, at + 1).map((each) => offeredAt(each, at)),
    })
  })

export const optionRevised = (
  { optionId, changes, position, vatRounding }: OptionRevising,
  state: Begun,
): Decision =>
  relisted(state, vatRounding, ({ options }) => {
    const at = options.findIndex(({ id }) => id === optionId)
    const known = options[at]
    if (known === undefined) return refused({ type: 'OptionUnknown', optionId })
    const to = Math.min(position ?? at, options.length - 1)
    const revised = withAnswer(optionAfter(known, changes), known)
    return E.right({
      options: inserted(options.toSpliced(at, 1), to, revised),
      tell: ({ options: after }) =>
        after.slice(to, to + 1).flatMap((option) => {
          const differences = optionDifferences(known, option)
          const data = to === at ? differences : { ...differences, position: to }
          return isEmpty(data) ? [] : [{ type: 'OptionRevised', data: { optionId, ...data } }]
        }),
    })
  })

export const optionWithdrawn = (
  { optionId, vatRounding }: OptionWithdrawing,
  state: Begun,
): Decision =>
  relisted(state, vatRounding, ({ options }) => {
    const others = options.filter(({ id }) => id !== optionId)
    return others.length === options.length
      ? refused({ type: 'OptionUnknown', optionId })
      : E.right({
          options: others,
          tell: () => [{ type: 'OptionWithdrawn', data: { optionId } }],
        })
  })

const inserted = (
  options: readonly PricedOption[],
  at: number,
  option: PricedOption,
): readonly PricedOption[] => options.toSpliced(at, 0, option)

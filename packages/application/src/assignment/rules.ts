/**
 * Rules as they are asked for: the amounts in them are money, with no more digits than it has.
 *
 * @module
 */
import { type Condition, type Money, partsOf } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { CompanySettings } from '../company.ts'
import { exactly } from '../input.ts'
import type { Refusal } from '../refusal.ts'

/** Why one of these rules, by their fields, cannot be kept; `undefined` where all can. */
export const inexactRule = (
  rules: Readonly<Record<string, Condition | null | undefined>>,
  company: Pick<CompanySettings, 'digitsOf'>,
): E.Left<Refusal> | undefined =>
  Object.entries(rules)
    .flatMap(([field, rule]) => (rule ? amountsIn(rule, `/${field}`) : []))
    .map(([pointer, amount]) => exactly(pointer, amount, company))
    .find(E.isLeft)

const amountsIn = (
  condition: Condition,
  pointer: string,
): readonly (readonly [pointer: string, amount: Money])[] => {
  if (!('field' in condition)) {
    const isList = !('not' in condition)
    const at = `${pointer}/${Object.keys(condition)[0]}`
    return partsOf(condition).flatMap((part, index) =>
      amountsIn(part, isList ? `${at}/${index}` : at),
    )
  }
  if (condition.field !== 'expectedRevenue' || condition.op === 'present') return []
  const { value } = condition
  return 'amount' in value
    ? [[`${pointer}/value`, value]]
    : value.map((each, index) => [`${pointer}/value/${index}`, each])
}

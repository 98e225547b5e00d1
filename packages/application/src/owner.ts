/**
 * Whose a record is: a company's own, or what all companies share. From a company nobody sees what
 * another one owns, and only who manages all of them changes what they share.
 *
 * @module
 */
import type { Aggregate } from './aggregate.ts'
import type { Acting } from './context.ts'
import type { Facts } from './facts.ts'

/** Instead of a parent: the new record is nobody's own. */
export const shared = 'shared'

/** The companies whose records the caller may act on; `undefined` where that is all there are. */
export const companiesOf = ({ company, companies }: Acting): readonly string[] | undefined =>
  companies ?? (company === undefined ? undefined : [company])

/** Whether the caller may not see it: to them it is as if it were not there. */
export const isHidden = ({ company: owner }: Aggregate, context: Acting): boolean => {
  const visible = companiesOf(context)
  return visible !== undefined && owner !== undefined && !visible.includes(owner)
}

export const managesAll = async (
  { manages }: Acting,
  { companies }: Pick<Facts, 'companies'>,
): Promise<boolean> =>
  manages === undefined || (await companies()).every((id) => manages.includes(id))

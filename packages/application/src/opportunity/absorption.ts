/**
 * What a survivor may take over from an opportunity that was merged into it: all that described it,
 * the personal fields included, as it stood before it ended.
 *
 * @module
 */
import { type Absorbing, opportunityCodec } from '@forsat/domain'
import type { Aggregate, StateOf } from '../aggregate.ts'

export const absorbable = ({
  state,
  personal,
}: Aggregate<StateOf<'opportunity'>>): Omit<Absorbing, 'from'> => {
  if (!('facts' in state)) return { fields: {} }
  const { kind, described } = state.facts
  const marked = opportunityCodec.personal.OpportunityAbsorbed
  // The survivor has a title of its own.
  const { title: _title, ...held } = personal
  const known = Object.entries(held).filter(
    ([name, value]) => value !== null && Object.hasOwn(marked, name),
  )
  return { kind, fields: { ...described, ...Object.fromEntries(known) } }
}

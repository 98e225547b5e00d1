/**
 * What a new company starts with: the usual stages and lost reasons, in its language.
 *
 * @module
 */
import { CompanyEvent, usualLostReasons, usualStages } from '@forsat/domain'
import type { AnyCommand } from '../request.ts'

const Created = CompanyEvent.options[0]

/** The event that a company begins with. */
export const beginning = Created.shape.type.value

/** The commands that follow from an event: some from a company's beginning, none from any other. */
export const startingCommands = (event: {
  readonly type: string
  readonly data: object
}): readonly AnyCommand[] => {
  if (event.type !== beginning) return []
  const { language } = Created.shape.data.parse(event.data)
  return [
    ...usualStages(language).map((data) => ({ type: 'CreateStage', data })),
    ...usualLostReasons(language).map((data) => ({ type: 'CreateLostReason', data })),
  ]
}

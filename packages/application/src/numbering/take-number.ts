import { NumberingEvent, Ulid } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import { target } from '../input.ts'
import { useCase } from '../use-case.ts'

const { series, year } = NumberingEvent.options[0].shape.data.shape

/** What may be asked of a series of numbers; documents ask it, nobody else has to. */
export const numberingUseCases = [
  useCase({
    name: 'TakeNumber',
    category: 'numbering',
    kind: 'open',
    input: z.strictObject({ ...target, series, year, for: Ulid }),
    command: ({ id: _id, ...taking }, { when: { occurredAt } }) =>
      E.right({ type: 'TakeNumber', data: { ...taking, occurredAt } }),
  }),
] as const

/**
 * What an erasure records, on whichever record it was asked for. Which keys go, is looked up before.
 *
 * @module
 */
import { Kept, Ulid } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import { target } from '../input.ts'
import { useCase, type When } from '../use-case.ts'
import { Reasons } from './reasons.ts'

const input = z.strictObject({
  ...target,
  subjects: z.array(
    z.strictObject({ id: Ulid, keys: z.array(z.string()), records: z.array(z.string()) }),
  ),
  purposes: z.array(z.enum(['sales', 'document'])),
  kept: z.array(Kept),
  completeBy: z.string(),
  ...Reasons.shape,
})

const command = ({ id: _id, ...erasing }: z.output<typeof input>, { occurredAt }: When) =>
  E.right({ type: 'ErasePersonalData' as const, data: { ...erasing, occurredAt } })

export const erasureUseCases = [
  useCase({
    name: 'EraseContact',
    category: 'contact',
    input,
    command: (asked, { when }) => command(asked, when),
  }),
  useCase({
    name: 'EraseOpportunity',
    category: 'opportunity',
    input,
    command: (asked, { when }) => command(asked, when),
  }),
  useCase({
    name: 'EraseUser',
    category: 'user',
    input,
    command: (asked, { when }) => command(asked, when),
  }),
] as const

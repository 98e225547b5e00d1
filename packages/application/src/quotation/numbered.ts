import { type QuotationCommand, type QuotationState, quotation } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { Refusal } from '../refusal.ts'

const placeholder = 'pending'

/** The command with its number, which is taken only once it is sure that the command is accepted. */
export const numbered = async (
  state: QuotationState,
  withNumber: (number: string) => QuotationCommand,
  take: () => Promise<E.Either<Refusal, string>>,
): Promise<E.Either<Refusal, QuotationCommand>> => {
  const tried = quotation.decide(withNumber(placeholder), state)
  return E.isLeft(tried) ? tried : E.map(withNumber)(await take())
}

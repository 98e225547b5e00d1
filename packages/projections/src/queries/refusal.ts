import * as E from 'fp-ts/lib/Either.js'

/** Why a question was turned down: where it is wrong, and how. */
export interface QueryRefusal {
  readonly type: 'InvalidRequest'
  readonly errors: readonly { readonly pointer: string; readonly detail: string }[]
}

export const invalid = (pointer: string, detail: string): E.Either<QueryRefusal, never> =>
  E.left({ type: 'InvalidRequest', errors: [{ pointer, detail }] })

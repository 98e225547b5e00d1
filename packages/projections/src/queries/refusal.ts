import type * as E from 'fp-ts/lib/Either.js'

/** Why a question was turned down: where it is wrong, and how. */
export interface QueryRefusal {
  readonly type: 'InvalidRequest'
  readonly errors: readonly { readonly pointer: string; readonly detail: string }[]
}

export const invalid = (pointer: string, detail: string): E.Left<QueryRefusal> => ({
  _tag: 'Left',
  left: { type: 'InvalidRequest', errors: [{ pointer, detail }] },
})

/** Why a stretch of time is none: it ends before it begins. Days and moments compare as text. */
export const endsBeforeItBegins = ({
  from,
  to,
}: {
  readonly from?: string | undefined
  readonly to?: string | undefined
}): E.Left<QueryRefusal> | undefined => {
  if (from === undefined || to === undefined || from <= to) return undefined
  return invalid('/to', 'must not be before from')
}

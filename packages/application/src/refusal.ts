/**
 * Why a command was turned down. `type` is the public, stable code; the other members are its facts.
 *
 * @module
 */
import type {
  CommonRefusal,
  CompanyRefusal,
  ContactRefusal,
  DeliveryRefusal,
  LedgerRefusal,
  OpportunityRefusal,
  QuotationRefusal,
  TeamRefusal,
  TemplateRefusal,
  UserRefusal,
} from '@forsat/domain'
import type { AppendRefusal, EventTooLarge } from '@forsat/event-store'
import * as E from 'fp-ts/lib/Either.js'
import type * as z from 'zod'

/** Where input breaks a rule: a JSON pointer into it, and the rule in words. */
export interface InputIssue {
  readonly pointer: string
  readonly detail: string
}

export type Refusal =
  | { readonly type: 'InvalidRequest'; readonly errors: readonly InputIssue[] }
  | { readonly type: 'CompanyRequired' }
  | { readonly type: 'OccurredInFuture'; readonly now: string }
  /** Only a manager or an administrator may. */
  | { readonly type: 'Forbidden' }
  /** No price in this currency, and no exchange rate that leads to one. */
  | {
      readonly type: 'RateMissing'
      readonly base: string
      readonly quote: string
      readonly date: string
    }
  /** No key was made to sign the log with. */
  | { readonly type: 'AuditKeyMissing' }
  /** No mail can be sent from here; the link can be handed over instead. */
  | { readonly type: 'MailNotSet'; readonly instead: 'hand' }
  /** No address of the contact is known that mail could go to. */
  | { readonly type: 'RecipientMissing' }
  /** There is no link that a mail could bring. */
  | { readonly type: 'LinkMissing' }
  | { readonly type: 'FeatureOff'; readonly feature: string }
  /** It was put away, and nothing new begins from it. */
  | { readonly type: 'TemplateArchived' }
  /** The caller knows it from there, and it is of no use here. */
  | { readonly type: 'TemplateOfOtherCompany' }
  | { readonly type: 'IdempotencyKeyReused' }
  | { readonly type: 'LostReasonInUse'; readonly count: number }
  | {
      readonly type: 'ExternalIdTaken'
      readonly system: string
      readonly id: string
      readonly by: string
    }
  | Extract<AppendRefusal, { readonly type: 'RevisionConflict' }>
  | DomainRefusal

/** A rule of the domain. */
type DomainRefusal =
  | CommonRefusal
  | CompanyRefusal
  | ContactRefusal
  | DeliveryRefusal
  | LedgerRefusal
  | OpportunityRefusal
  | QuotationRefusal
  | TeamRefusal
  | TemplateRefusal
  | UserRefusal

export const invalid = (pointer: string, detail: string): E.Either<Refusal, never> =>
  E.left({ type: 'InvalidRequest', errors: [{ pointer, detail }] })

/** An act whose event would be larger than a log keeps; the field that says most is named. */
export const tooLarge = (
  inputs: readonly Readonly<Record<string, unknown>>[],
  { limit }: EventTooLarge,
): E.Either<Refusal, never> => {
  const fields = inputs.flatMap((input) => Object.entries(input))
  const sizes = fields.map(([name, value]) => ({ name, size: JSON.stringify(value)?.length ?? 0 }))
  const [largest] = sizes.toSorted((a, b) => b.size - a.size)
  const detail = `is too long: with all else that is recorded of it, an act takes at most ${limit} bytes`
  return invalid(largest === undefined ? '' : pointerOf([largest.name]), detail)
}

export const notFound: E.Either<Refusal, never> = E.left({ type: 'NotFound' })

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** How deep inside a value each thing lies that is wrong about it; each key that is not known is one. */
const depthsOf = (issues: readonly z.core.$ZodIssue[]): readonly number[] =>
  issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map(() => issue.path.length + 1)
      : [issue.path.length],
  )

/** Whether less is wrong by the first than by the second: as a whole, at its own keys, then in all. */
const byLikeness = (a: readonly z.core.$ZodIssue[], b: readonly z.core.$ZodIssue[]): number => {
  const [first, second] = [depthsOf(a), depthsOf(b)]
  const within = (depths: readonly number[], most: number) =>
    depths.filter((depth) => depth <= most).length
  return (
    within(first, 0) - within(second, 0) ||
    within(first, 1) - within(second, 1) ||
    first.length - second.length ||
    Math.max(...second) - Math.max(...first)
  )
}

/**
 * What zod found. Of what may be one thing or another it tells what kept it from being the one that it
 * is most like: a list of addresses with a wrong one is a wrong address, not a wrong list.
 */
export const closestIssues = (issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] =>
  issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union') return [issue]
    const [closest = []] = issue.errors.map(closestIssues).toSorted(byLikeness)
    if (depthsOf(closest).every((depth) => depth === 0)) return [issue]
    return closest.map((inside) => ({ ...inside, path: [...issue.path, ...inside.path] }))
  })

/** What zod found, an unknown key by its own pointer. */
export const issuesOf = (error: z.ZodError): readonly InputIssue[] =>
  closestIssues(error.issues).flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          pointer: pointerOf([...issue.path, key]),
          detail: 'is not a known field',
        }))
      : [{ pointer: pointerOf(issue.path), detail: issue.message }],
  )

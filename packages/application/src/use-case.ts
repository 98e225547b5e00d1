/**
 * A use case is what may be asked of one kind of aggregate: the shape of the question, and how it
 * becomes a command of the domain once the facts it rests on are looked up.
 *
 * @module
 */
import { aggregates } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import type * as z from 'zod'
import type { Aggregate, Category, CommandOf, StateOf } from './aggregate.ts'
import type { CompanySettings } from './company.ts'
import type { MailSettings } from './delivery/mailer.ts'
import type { Facts } from './facts.ts'
import type { Links } from './links.ts'
import type { Numbers } from './numbering/numbers.ts'
import type { shared } from './owner.ts'
import type { Refusal } from './refusal.ts'

/** What a use case may know of the moment and the company it acts in. */
export interface Setting {
  readonly when: When
  readonly actor: string
  /** For whom: the user that a delegate acts for, else who acts. */
  readonly person: string
  readonly company: CompanySettings
  /** The companies whose records are within reach; `undefined` where that is all there are. */
  readonly companies: readonly string[] | undefined
  readonly facts: Facts
  readonly ids: { next(): string }
  /** Whether who acts is a manager or an administrator there; programs within are trusted. */
  readonly mayManage: boolean
  readonly numbers: Numbers
  readonly links: Links
  /** Absent where no mail can be sent. */
  readonly mail: MailSettings | undefined
}

export interface When {
  readonly occurredAt: string
  /** The company's local day of it. */
  readonly occurredOn: string
}

export interface DomainEvent {
  readonly type: string
  readonly data: object
}

type Decided = Promise<E.Either<Refusal, readonly DomainEvent[]>>

/** `create` begins a stream, `act` needs one, `open` takes it as it is: begun or not. */
type Kind = 'create' | 'act' | 'open'

/** The record that a new one belongs to, and so does its company. */
export interface Parent {
  readonly category: Category
  readonly id: string
  /** Where the input names it; without, a parent that cannot be seen is not found. */
  readonly pointer?: string
}

type Owner = Parent | typeof shared

/** A use case with its types behind it, as the command handler sees it. */
export interface UseCase<Name extends string = string, Input extends z.ZodObject = z.ZodObject> {
  readonly name: Name
  readonly category: Category
  readonly input: Input
  readonly kind: Kind
  /** Whether it may be told of a day of a closed period: what mends, and what time alone does. */
  readonly afterClosing: boolean
  /** Whose company a new record takes; without one it is the company's that is acted for. */
  readonly parent: (input: unknown) => Owner | undefined
  readonly decide: (input: unknown, aggregate: Aggregate, setting: Setting) => Decided
}

type Asked<C extends Category> = CommandOf<C> | undefined

export interface UseCaseDefinition<Name, C extends Category, Input extends z.ZodObject> {
  readonly name: Name
  readonly category: C
  readonly kind?: Kind
  readonly afterClosing?: boolean
  readonly parent?: (input: z.output<Input>) => Owner | undefined
  readonly input: Input
  /** The command of the domain; `undefined` where nothing is left to do. */
  readonly command: (
    input: z.output<Input>,
    setting: Setting,
    aggregate: Aggregate<StateOf<C>>,
  ) => Promise<E.Either<Refusal, Asked<C>>> | E.Either<Refusal, Asked<C>>
}

export const useCase = <const Name extends string, C extends Category, Input extends z.ZodObject>({
  name,
  category,
  kind = 'act',
  afterClosing = false,
  parent = () => undefined,
  input,
  command,
}: UseCaseDefinition<Name, C, Input>): UseCase<Name, Input> => ({
  name,
  category,
  kind,
  afterClosing,
  input,
  parent: (given) => parent(given as z.output<Input>),
  decide: async (given, aggregate, setting) => {
    const asked = await command(
      given as z.output<Input>,
      setting,
      aggregate as Aggregate<StateOf<C>>,
    )
    if (E.isLeft(asked)) return asked
    if (asked.right === undefined) return E.right([])
    const decide = aggregates[category].decider.decide as unknown as (
      command: CommandOf<C>,
      state: StateOf<C>,
    ) => E.Either<Refusal, readonly DomainEvent[]>
    return decide(asked.right, aggregate.state as StateOf<C>)
  },
})

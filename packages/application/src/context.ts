/**
 * Who asks, for which company, and when it happened: what every command is given beside its data.
 *
 * @module
 */

/** Who acts: never a name, which is looked up on reading. */
export interface Actor {
  readonly kind: 'user' | 'customer' | 'system' | 'import'
  readonly id: string
}

export interface Context {
  /** The company acted for. A record's own company is always its parent's. */
  readonly company?: string | undefined
  /** The companies whose records the caller may act on; by default `company`, without it all. */
  readonly companies?: readonly string[] | undefined
  /** Those in which the caller is a manager or an administrator; without it all. */
  readonly manages?: readonly string[] | undefined
  /** As text it is `kind:id`: `user:01J…`, `customer:…`, `system:…`, `import:…`. */
  readonly actor: Actor | string
  /** The user a delegate acts for. */
  readonly onBehalfOf?: string | undefined
  /** When it happened, if not now; ISO 8601 with any offset. */
  readonly occurredAt?: string | undefined
  /** The revision the caller has seen; another one refuses the command. */
  readonly expectedRevision?: number | undefined
  /** The same key with the same command is answered as the first time. */
  readonly idempotencyKey?: string | undefined
  /**
   * What a repeat must ask again, for a request that is carried out as several commands or by what it
   * finds; by default the command.
   */
  readonly request?: object | undefined
  /** Whose key it is, beside the company: by default the actor's. */
  readonly idempotencyScope?: string | undefined
  /** The case this belongs to; by default a new one. */
  readonly correlationId?: string | undefined
  /** The event this follows from. */
  readonly causationId?: string | undefined
  /** W3C traceparent. */
  readonly trace?: string | undefined
}

/** What a command led to. */
export interface Outcome {
  readonly id: string
  readonly stream: string
  /** Of the last event of the stream. */
  readonly revision: number
  /** Of the last event the command or its policies caused; 0 where nothing changed on an empty log. */
  readonly position: number
  readonly events: readonly { readonly id: string; readonly type: string }[]
}

/** A context in which the actor is text. */
export interface Acting extends Context {
  readonly actor: string
}

export const acting = ({ actor, ...context }: Context): Acting => ({
  ...context,
  actor: typeof actor === 'string' ? actor : `${actor.kind}:${actor.id}`,
})

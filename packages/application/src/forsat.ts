/**
 * Forsat in one piece: a store, its read models and the use cases over them.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'
import type { DocumentFacts } from '@forsat/document'
import { type EventStore, recorder, type SubjectKeys } from '@forsat/event-store'
import { memoryKeys, memoryStore } from '@forsat/event-store/memory'
import {
  createProjections,
  type Projections,
  type Queries,
  type RebuildSource,
} from '@forsat/projections'
import * as E from 'fp-ts/lib/Either.js'
import { type AccessLog, accessLogBy } from './access-log/access-log.ts'
import { type AdministrativeAct, administrationOf } from './access-log/administration.ts'
import { aggregatesOf } from './aggregate.ts'
import { replayRun } from './assignment/replay.ts'
import { type Assignment, assignmentBy } from './assignment/run.ts'
import { type AuditFiles, auditInMemory } from './audit/audit-files.ts'
import { type Audit, auditOf } from './audit/signing.ts'
import { type Authenticate, authenticateBy } from './authentication.ts'
import { commandHandler } from './command-handler.ts'
import { acting, type Context, type Outcome } from './context.ts'
import type { MailSettings } from './delivery/mailer.ts'
import { outboxBy } from './delivery/outbox.ts'
import type { AttachmentOf } from './delivery/posting.ts'
import { printedBy } from './document/attached.ts'
import { type DocumentRequest, documentOf } from './document/document.ts'
import {
  clearAway,
  destroyKeys,
  type ErasedData,
  type Erasing,
  erasingBy,
} from './erasure/erasing.ts'
import { type ErasureRegister, erasureRegister } from './erasure/register.ts'
import { expireDue } from './expiry.ts'
import { type Exporting, exportingBy } from './export/exporting.ts'
import { factsOf } from './facts.ts'
import type { Ids } from './ids.ts'
import { hashOfToken, linksBy } from './links.ts'
import { mergeOpportunities } from './opportunity/merge.ts'
import { policyRunner } from './policies/runner.ts'
import {
  type ApplyingCommand,
  previewTemplate,
  type TemplatePreview,
} from './quotation/template-preview.ts'
import { codecs, readerOf } from './reading.ts'
import type { Refusal } from './refusal.ts'
import type { AnyCommand, Step } from './request.ts'
import { claimsOf, turns } from './turns.ts'
import { type Command, useCases } from './use-cases.ts'

export interface ForsatOptions {
  readonly store: EventStore
  /** The file of the read models; by default they are kept in memory and made at each start. */
  readonly readModels?: string
  /** The keys of personal data. By default they are kept in memory: fit for a store that is, too. */
  readonly keys?: SubjectKeys
  /** What customers' links are made with, 32 bytes. By default it is kept in memory, as `keys` are. */
  readonly linkSecret?: () => Promise<Uint8Array>
  /** Where it is written down who looked at what; opened when it is first needed. */
  readonly accessStore?: () => Promise<EventStore>
  /** What signs the log. By default it is kept in memory, as `keys` are. */
  readonly auditFiles?: AuditFiles
  /** How quotations go by mail; without it they cannot. */
  readonly mail?: MailSettings
  /** What goes with a mail; by default the printed version, as PDF. */
  readonly attachment?: AttachmentOf
  readonly clock: { now(): string }
  readonly ids: Ids
  /** How a worker opens the log for a rebuild; without it rebuilds go on here, in small steps. */
  readonly rebuildSource?: RebuildSource
  /** Told what a person should know of: a policy that starts without a checkpoint, a reader that stops. */
  readonly report?: (message: string) => void
}

export interface Forsat extends AsyncDisposable {
  /** Carries a command out: decided, durable, and with what follows by policy done. */
  execute(command: Command, context: Context): Promise<E.Either<Refusal, Outcome>>
  /** As `execute`, for a command from outside that nobody has checked yet. */
  executeUnchecked(command: AnyCommand, context: Context): Promise<E.Either<Refusal, Outcome>>
  /** Why a command would be refused now, if it would be; nothing is recorded. */
  attempt(command: AnyCommand, context: Context): Promise<E.Either<Refusal, void>>
  /**
   * Carries several commands to one record out as one: each is decided on what those before it left,
   * all their events are appended together or none is. The first may make the record, under the id
   * that all of them name.
   */
  executeTogether(steps: readonly Step[], context: Context): Promise<E.Either<Refusal, Outcome>>
  /** What a template would change of a draft, which stays as it is. */
  previewTemplate(
    command: ApplyingCommand,
    context: Context,
  ): Promise<E.Either<Refusal, TemplatePreview>>
  /** Records what the clock has done: offers whose last day is over. In one company, or in all. */
  expireDue(context: Context): Promise<{ readonly expired: readonly string[] }>
  /** How a company assigns, and the id that its runs stand under. */
  assignment(company: string): ReturnType<Assignment['of']>
  /** Whom a run of assignment would give which lead now, and what it would leave over and why. */
  planAssignment(request: object, context: Context): ReturnType<Assignment['try']>
  /** What an erasure would take and what it would keep; nothing is recorded. */
  planErasure(request: object, context: Context): ReturnType<Erasing['plan']>
  /** What came of an erasure, by the outcome of its command. */
  erasureOf(outcome: Outcome): ReturnType<Erasing['told']>
  /** What was erased, held against what is missing; of one company or of all. */
  erasures(company?: string): Promise<ErasureRegister>
  /** Who took data out, who opened what, who was turned away. */
  readonly access: AccessLog
  /** Who gave which right to whom; of one company or of all. */
  administration(company?: string): Promise<readonly AdministrativeAct[]>
  /** Takes the log out of the house; that it was done is recorded. */
  readonly export: Exporting
  /** Runs of assignment whose time has come, in one company or in all. */
  assignDue(context: Context): ReturnType<Assignment['runDue']>
  /** A run planned again from the history that it rested on. */
  replayAssignment(runId: string, context: Context): ReturnType<typeof replayRun>
  /** Checkpoints of the log, and proofs that lead to them. */
  readonly audit: Audit
  /** Whoever an API key stands for, as the log has it at this moment. */
  readonly authenticate: Authenticate
  /**
   * Sends the mails whose turn has come, in one company or in all: those that had to wait, those that
   * are tried again, those that a crash left behind. Answers the quotations that it did something about.
   */
  deliverDue(context: Context): Promise<{ readonly attended: readonly string[] }>
  /** What the customer's link to a quotation ends in, while there is one. */
  customerToken(quotationId: string): Promise<string | undefined>
  /** The quotation that a customer's token opens, in the version that it was made for. */
  byToken(token: string): ReturnType<Queries['quotations']['byTokenHash']>
  /** What the printed quotation is made from; `undefined` where the company has no such version. */
  documentOf(quotationId: string, request: DocumentRequest): Promise<DocumentFacts | undefined>
  /** The read models, asked as they are now: `settle` first to see what was just written. */
  readonly query: Queries
  readonly projections: Projections
  /** Whether the read models have seen the log up to a position, by default its head. */
  settle(position?: number, timeoutMs?: number): Promise<boolean>
  readonly store: EventStore
  readonly clock: { now(): string }
  readonly ids: Ids
}

const inMemory = () => {
  const secret = randomBytes(32)
  return async () => secret
}

/** How long an answer waits for the read models that it needs. */
const patienceMs = 2000

export const createForsat = async ({
  store,
  readModels = ':memory:',
  keys = memoryKeys(),
  linkSecret = inMemory(),
  auditFiles = auditInMemory(),
  mail,
  attachment,
  clock,
  ids,
  accessStore = async () => memoryStore({ clock }),
  rebuildSource,
  report = () => {},
}: ForsatOptions): Promise<Forsat> => {
  const events = recorder({ keys, codecs })
  const read = readerOf(events)
  const aggregates = aggregatesOf(store, readerOf(events, { check: true }))
  const projections = await createProjections({
    store,
    read,
    path: readModels,
    now: () => clock.now(),
    onErasure: ({ event: { data } }) => destroyKeys(data as ErasedData, { keys, aggregates }),
    ...(rebuildSource === undefined ? {} : { rebuildSource }),
  })
  const settle: Forsat['settle'] = async (position, timeoutMs = patienceMs) =>
    projections.waitFor(position ?? (await store.head()), { timeoutMs })
  const facts = factsOf(aggregates, projections.query, () => settle())
  const links = linksBy(linkSecret)
  const audit = auditOf(store.tree, auditFiles, report)
  const handler = commandHandler({
    store,
    recorder: events,
    aggregates,
    facts,
    useCases,
    clock,
    ids,
    links,
    mail,
  })
  const erasureMeans = { store, keys, aggregates, projections, settle: () => settle(), clock }
  const runner = policyRunner({
    store,
    handler,
    aggregates,
    facts,
    read,
    report,
    destroyKeys: (erased) => destroyKeys(erased, erasureMeans),
    clearAway: (erased) => clearAway(erased, erasureMeans),
  })

  const customerToken: Forsat['customerToken'] = async (quotationId) => {
    const { state } = await aggregates.load('quotation', quotationId)
    const link = 'current' in state ? state.link : undefined
    return link && links.token(quotationId, link.version, link.nonce)
  }
  const find: SubjectKeys['find'] = (name, id) => keys.find(name, id) ?? keys.aside(name, id)
  const readKept = readerOf(recorder({ keys: { ...keys, find }, codecs }))
  const documented: Forsat['documentOf'] = async (quotationId, request) => {
    const document = await documentOf(quotationId, request, { store, read }, facts)
    if (request.kept !== true || document?.order === undefined) return document
    return documentOf(quotationId, request, { store, read: readKept }, facts)
  }
  const { query } = projections
  const outbox =
    mail &&
    outboxBy({
      handler,
      aggregates,
      query,
      settle: () => settle(),
      clock,
      report,
      mail,
      attachment: attachment ?? printedBy({ aggregates, documentOf: documented }),
      tokenOf: customerToken,
    })

  const carryOut: Forsat['executeTogether'] = async (steps, context) => {
    const handled = await handler.handle(steps, acting(context))
    if (E.isLeft(handled)) return handled
    const { id, stream, revision, events: caused } = handled.right
    const position = await runner.follow(handled.right)
    outbox?.follow(handled.right)
    return E.right({ id, stream, revision, position, events: caused })
  }
  const inTurn = turns(() => settle())
  const executeTogether: Forsat['executeTogether'] = (steps, context) =>
    inTurn(claimsOf(steps, context), () => carryOut(steps, context))
  const assignment = assignmentBy({
    aggregates,
    query,
    settle,
    finish: (of) => runner.finishRun(of),
    executeTogether,
    clock,
    ids,
  })
  const erasing = erasingBy({
    store,
    keys,
    read,
    aggregates,
    executeTogether,
    finish: async (erased) => {
      await destroyKeys(erased, erasureMeans)
      await clearAway(erased, erasureMeans)
    },
    clock,
  })
  const executeUnchecked: Forsat['executeUnchecked'] = (command, context) => {
    switch (command.type) {
      case 'MergeOpportunities':
        return mergeOpportunities(command.data, acting(context), {
          handler,
          aggregates,
          executeTogether,
        })
      case 'ErasePersonalData':
        return erasing.erase(command.data, acting(context))
      case 'RunAssignment':
        return assignment.run(command.data, acting(context))
      default:
        return executeTogether([{ command }], context)
    }
  }

  let openedAccess: Promise<EventStore> | undefined
  const access = accessLogBy({ store: () => (openedAccess ??= accessStore()), clock, ids })
  const authenticate = authenticateBy({ query, aggregates })

  return {
    previewTemplate: (command, context) => previewTemplate(command, acting(context), handler),
    expireDue: (context) => expireDue(acting(context), { query, executeUnchecked, settle, clock }),
    deliverDue: async ({ company }) => ({ attended: (await outbox?.sweep(company)) ?? [] }),
    assignment: (company) => assignment.of(company),
    planAssignment: (request, context) => assignment.try(request, acting(context)),
    planErasure: (request, context) => erasing.plan(request, acting(context)),
    erasureOf: (outcome) => erasing.told(outcome),
    erasures: (company) => erasureRegister(company, { store, keys, read }),
    export: exportingBy({
      store,
      keys,
      execute: executeUnchecked,
      signed: async () => {
        const made = await audit.checkpoint()
        // Without a key of ours the auditor's own checkpoints are all there is to hold it against.
        if (E.isLeft(made)) return { checkpoints: [] }
        const { note, verifierKey } = made.right
        return { checkpoints: [note], verifierKey }
      },
      onBegin: async ({ format, reveal }, context) => {
        await access.note({ what: 'export', format }, context)
        if (reveal) await access.note({ what: 'reveal', of: 'export' }, context)
      },
    }),
    replayAssignment: (runId, context) => replayRun(runId, acting(context), { store, projections }),
    assignDue: (context) => assignment.runDue(acting(context)),
    audit,
    access,
    administration: (company) => administrationOf(company, store),
    authenticate: async (key) => {
      const caller = await authenticate(key)
      if (caller === undefined) await access.refusedKey()
      return caller
    },
    customerToken,
    documentOf: documented,
    byToken: async (token) => query.quotations.byTokenHash(hashOfToken(token)),
    execute: executeUnchecked,
    executeUnchecked,
    attempt: (command, context) => handler.attempt([{ command }], acting(context)),
    executeTogether,
    query,
    projections,
    settle,
    store,
    clock,
    ids,
    [Symbol.asyncDispose]: async () => {
      await outbox?.[Symbol.asyncDispose]()
      await runner[Symbol.asyncDispose]()
      await projections[Symbol.asyncDispose]()
      await (await openedAccess)?.[Symbol.asyncDispose]()
      await audit.keep()
      await store[Symbol.asyncDispose]()
    },
  }
}

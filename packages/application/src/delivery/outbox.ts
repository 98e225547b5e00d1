/**
 * The outbox: sends what is to be sent, at once where something was just issued, and by a sweep what
 * has to wait or what a crash left behind. Which mail that is, follows from the log; whoever records
 * an attempt first sends it, of however many processes.
 *
 * @module
 */
import { setTimeout } from 'node:timers/promises'
import { type Due, dueMail, MailAddress, openOffer } from '@forsat/domain'
import type { Queries } from '@forsat/projections'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import type { Aggregate, StateOf } from '../aggregate.ts'
import type { CommandHandler, Handled } from '../command-handler.ts'
import { everyCompany } from '../companies.ts'
import type { Quotation } from '../facts.ts'
import type { AnyCommand } from '../request.ts'
import { type Claimed, failing, type Means as PostingMeans, posted } from './posting.ts'

interface Means extends PostingMeans {
  readonly handler: CommandHandler
  readonly query: Pick<Queries, 'quotations' | 'companies'>
  readonly settle: () => Promise<boolean>
  readonly clock: { now(): string }
}

export interface Outbox extends AsyncDisposable {
  /** Sends what follows from what was just appended; nobody waits for it. */
  follow(handled: Handled): void
  /** Sends whatever is due, in one company or in all, and waits until it is told how each went. */
  sweep(company: string | undefined): Promise<readonly string[]>
}

const us = 'system:mail'

/** Mails that are under way at the same time. */
const lanes = 4

/** How long those under way may take to end, when everything ends. */
const patienceMs = 5000

type Delivery = Aggregate<StateOf<'delivery'>>

export const outboxBy = (means: Means): Outbox => {
  const { handler, aggregates, query, settle, clock, report } = means
  const stopping = new AbortController()
  const ending = new AbortController()
  const active = new Set<Promise<unknown>>()

  const inLane = async <Result>(work: () => Promise<Result>): Promise<Result | undefined> => {
    while (active.size >= lanes) await Promise.race(active)
    if (stopping.signal.aborted) return undefined
    const job = work().finally(() => active.delete(job))
    active.add(job)
    return job
  }

  const told = async (command: AnyCommand, { company }: { readonly company: string | undefined }) =>
    handler.handle([{ command }], { company, actor: us })

  const post = async (claimed: Claimed, of: Pick<Quotation, 'company'>): Promise<void> => {
    const outcome = await told(await posted(claimed, means, ending.signal), of)
    if (E.isLeft(outcome)) {
      report(
        `what became of the mail of quotation ${claimed.id} could not be told: ${outcome.left.type}`,
      )
    }
  }

  /** Whether something was done about the mail of a quotation. */
  const attend = async (id: string): Promise<boolean> => {
    const quotation = await aggregates.load('quotation', id)
    const delivery = await aggregates.load('delivery', id)
    if (!('current' in quotation.state)) return false
    const now = clock.now()
    const lost = lostSince(delivery, now)
    if (lost !== undefined) return E.isRight(await told(lost, quotation))
    const { current, link } = quotation.state
    const { version, issue } = current
    const due = issue && dueMail(delivery.state, { ...issue, version })
    if (due === undefined || (due.from ?? '') > now) return false
    const turn = { id, version, send: due.send, attempt: due.attempt }
    const offer = openOffer(quotation.state, { occurredAt: now })
    const to = recipients(due, quotation, delivery)
    if (E.isLeft(offer) || link?.version !== version || to === undefined) {
      return E.isRight(await told(failing(turn, 'withdrawn', ''), quotation))
    }
    const command = { type: 'AttemptDelivery', data: { ...turn, to } }
    const { company } = quotation
    const expectedRevision = delivery.revision
    const claim = await handler.handle([{ command }], { company, actor: us, expectedRevision })
    // Somebody else was faster: it is theirs to send.
    if (E.isLeft(claim)) return false
    for (const claimed of claimsIn(claim.right)) await post(claimed, quotation)
    return true
  }

  const later = (id: string, work: () => Promise<unknown>): void => {
    inLane(work).catch((error: unknown) => {
      if (!stopping.signal.aborted) report(`the mail of quotation ${id} waits: ${String(error)}`)
    })
  }

  return {
    follow: (handled) => {
      const { id, company, facts } = handled
      for (const claimed of claimsIn(handled)) later(id, () => post(claimed, { company }))
      if (facts.some(goesAtOnce)) later(id, () => attend(id))
    },
    sweep: async (company) => {
      await settle()
      const companies = company === undefined ? await everyCompany(query) : [company]
      const found: string[] = []
      for (const each of companies) {
        found.push(...(await query.quotations.toMail({ company: each }, clock.now())))
      }
      const done = await Promise.all(
        found.map(async (id) => ((await inLane(() => attend(id))) ? [id] : [])),
      )
      return done.flat()
    },
    [Symbol.asyncDispose]: async () => {
      stopping.abort()
      const ended = Promise.allSettled(active)
      const patience = new AbortController()
      const waited = setTimeout(patienceMs, undefined, { signal: patience.signal })
      await Promise.race([ended, waited.catch(() => {})])
      patience.abort()
      ending.abort()
      await ended
    },
  }
}

/** By mail, and not at a later time. */
const goesAtOnce = ({ type, data }: Handled['facts'][number]): boolean =>
  type === 'QuotationSent' && 'to' in data && !('sendAt' in data)

/** The mails that these facts make ours. */
const claimsIn = ({ id, facts }: Handled): readonly Claimed[] =>
  facts.flatMap(({ type, data }) =>
    type === 'DeliveryAttempted' ? [{ id, ...(data as Omit<Claimed, 'id'>) }] : [],
  )

/** What is to be told of a mail whose sender was not heard of again. */
const lostSince = ({ id, state: { last } }: Delivery, now: string): AnyCommand | undefined =>
  last?.outcome === 'open' && last.until !== undefined && last.until <= now
    ? failing({ id, ...last }, 'unknown', '')
    : undefined

/** The same as before, or those whom the version was issued to; nobody, once they were erased. */
const recipients = (
  { attempt }: Due,
  quotation: Quotation,
  delivery: Delivery,
): readonly string[] | undefined => {
  const { personal } = attempt > 1 ? delivery : quotation
  return z.array(MailAddress).min(1).safeParse(personal['to']).data
}

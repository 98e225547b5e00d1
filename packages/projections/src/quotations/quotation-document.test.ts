/**
 * What holds of a quotation as it is kept and answered, whatever happened to it.
 *
 * @module
 */
import { test } from '@fast-check/vitest'
import { fold, type QuotationEvent, type QuotationState, quotation } from '@forsat/domain'
import type { RecordedEvent } from '@forsat/event-store'
import { describe, expect } from 'vitest'
import { nameless } from '../queries/people.ts'
import { history, told } from '../sample-histories.ts'
import { readSample, type SampleLog } from '../sample-log.ts'
import { quotationId } from '../sample-offers.ts'
import { QuotationView } from '../views/quotation.ts'
import { type QuotationDocument, quotationDocument } from './quotation-document.ts'
import { shownOf } from './quotation-row.ts'
import { quotationView } from './quotation-view.ts'

const numbers = [0, 1, 2]

const eventsOf = async ({ store }: SampleLog, n: number): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = []
  for await (const page of store.readStream(`quotation-${quotationId(n)}`)) {
    events.push(...page.map(readSample))
  }
  return events
}

const stateOf = (events: readonly RecordedEvent[]): QuotationState =>
  fold(
    quotation,
    events.map(({ event, occurredAt }) => ({ ...(event as QuotationEvent), occurredAt })),
  )

/** What both know of it, in the same words. */
const inCommon = (document: QuotationDocument) => {
  const { current, draft, status, link, number } = document
  return {
    status,
    number,
    link: link?.tokenHash,
    versions: [current, draft].map(
      (each) =>
        each && {
          version: each.version,
          contactId: each.fields.contactId,
          validUntil: each.fields.validUntil,
          tags: each.fields.tags ?? [],
          total: each.totals,
          lines: each.lines.map(({ id }) => id),
          options: each.options,
          template: each.template?.name,
          approval: each.approval && [each.approval.state, each.approval.by],
          amounts: each.lines.flatMap((line) => (line.kind === 'item' ? [line.amount] : [])),
          issued: each.issue?.number,
          expiresAt: each.issue?.expiresAt,
        },
    ),
  }
}

const known = (state: QuotationState) => {
  if (!('current' in state)) return undefined
  const { current, draft, status, link, number } = state
  return {
    status,
    number,
    link: link?.tokenHash,
    versions: [current, draft].map(
      (each) =>
        each && {
          version: each.version,
          contactId: each.content.contactId,
          validUntil: each.content.described.validUntil,
          tags: each.content.described.tags ?? [],
          total: each.content.totals,
          lines: each.content.lines.map(({ id }) => id),
          options: each.content.options,
          template: each.content.template?.name,
          approval: each.approval && [each.approval.state, each.approval.by],
          amounts: each.content.lines.flatMap((line) =>
            line.kind === 'item' ? [line.amount] : [],
          ),
          issued: each.issue?.number,
          expiresAt: each.issue?.expiresAt,
        },
    ),
  }
}

describe('a quotation', () => {
  test.prop([history], { numRuns: 100 })('is known as its rules know it', async (asked) => {
    const log = await told(asked)
    for (const n of numbers) {
      const events = await eventsOf(log, n)
      const [document, state] = [quotationDocument(events), stateOf(events)]
      if (document === undefined || document.status === 'deleted') {
        expect('current' in state).toBe(false)
      } else expect(inCommon(document)).toEqual(known(state))
    }
  })

  test.prop([history], { numRuns: 50 })(
    'is answered as promised, with one version that stands, and survives JSON',
    async (asked) => {
      const log = await told(asked)
      for (const n of numbers) {
        const document = quotationDocument(await eventsOf(log, n))
        if (document === undefined || document.status === 'deleted') continue
        expect(JSON.parse(JSON.stringify(document))).toStrictEqual(document)
        const moment = { now: log.now, today: log.now.slice(0, 10) }
        const view = QuotationView.parse(quotationView(document, moment, nameless))
        const ended = new Set(['superseded', 'discarded', 'expired', 'cancelled'])
        const standing = view.versions.filter(
          ({ version, status }) => version !== view.version && !ended.has(status),
        )
        expect(standing.map(({ version }) => version)).toEqual(
          view.live === undefined || ended.has(view.live.status) ? [] : [view.live.version],
        )
        expect(view.totals).toEqual(shownOf(document).totals)
      }
    },
  )
})

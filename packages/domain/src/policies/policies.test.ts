import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AssignmentRunEvent } from '../assignment/events.ts'
import { type Policies, usualPolicies } from '../catalogue/policies.ts'
import { OpportunityEvent } from '../opportunity/events.ts'
import { QuotationEvent } from '../quotation/events.ts'
import { policies } from './policies.ts'

type AnyEvent = OpportunityEvent | QuotationEvent | AssignmentRunEvent

const ulid = (last: string) => last.padStart(26, '0')
const sale = ulid('A1')
const duplicate = ulid('A2')
const offer = ulid('D1')
const rials = (amount: string) => ({ amount, currency: 'IRR' })
const occurredOn = '2026-01-10'

/** What follows from an event to a record, with the policies that differ from the usual ones. */
const after = (subject: string, event: AnyEvent, chosen: Partial<Policies> = {}) =>
  policies.after(event, { subject, settings: { ...usualPolicies, ...chosen } })

const merged: AnyEvent = { type: 'OpportunityMerged', data: { into: sale, occurredOn } }

const lost: AnyEvent = {
  type: 'OpportunityLost',
  data: { cause: 'person', quoted: [], quotationSent: true, ageDays: 3, occurredOn },
}

const reopened = (from: 'won' | 'lost'): AnyEvent => ({
  type: 'OpportunityReopened',
  data: { from, cause: 'person', occurredOn },
})

const confirmed = (
  chosen: Partial<Pick<Policies, 'onConfirm' | 'onConfirmSiblings'>> = {},
  belonging: { readonly opportunityId?: string } = { opportunityId: sale },
): AnyEvent => ({
  type: 'QuotationConfirmed',
  data: {
    version: 1,
    number: 'Q-1404-0001',
    orderNumber: 'S-1404-0001',
    ...belonging,
    net: rials('100'),
    total: rials('110'),
    basis: 'staff',
    policies: { onConfirm: 'win', onConfirmSiblings: 'leave', lateConfirm: 'manager', ...chosen },
    rates: [],
    occurredOn,
  },
})

const cancelled = (from: 'draft' | 'sent' | 'expired' | 'confirmed'): AnyEvent => ({
  type: 'QuotationCancelled',
  data: { version: 1, from, cause: 'person', opportunityId: sale, occurredOn },
})

const winning = {
  category: 'opportunity',
  subject: sale,
  command: { type: 'WinByQuotation', data: { quotationId: offer } },
}
const endingOthers = {
  category: 'quotation',
  of: sale,
  except: offer,
  command: { type: 'CancelByPolicy', data: { cause: 'siblingConfirmed', opportunityId: sale } },
}

describe('after a merge', () => {
  it('the survivor is asked to take over what it lacks', () => {
    expect(after(duplicate, merged)).toEqual([
      {
        category: 'opportunity',
        subject: sale,
        command: { type: 'AbsorbOpportunity', data: { from: duplicate } },
      },
    ])
  })
})

describe('after a loss', () => {
  it('what was offered is cancelled, and the loss named as the cause', () => {
    expect(after(sale, lost)).toEqual([
      {
        category: 'quotation',
        of: sale,
        command: {
          type: 'CancelByPolicy',
          data: { cause: 'opportunityLost', opportunityId: sale },
        },
      },
    ])
  })

  it('what was offered stays, where the company leaves it', () => {
    expect(after(sale, lost, { onLose: 'leave' })).toEqual([])
  })

  it('that is taken back, its quotations stand again, whatever the policy is by now', () => {
    const standing = [
      { category: 'quotation', of: sale, command: { type: 'ReinstateQuotation', data: {} } },
    ]
    expect(after(sale, reopened('lost'))).toEqual(standing)
    expect(after(sale, reopened('lost'), { onLose: 'leave' })).toEqual(standing)
  })
})

describe('after a win that is taken back', () => {
  it('quotations stay as they are', () => {
    expect(after(sale, reopened('won'))).toEqual([])
  })
})

describe('after a confirmation', () => {
  it('the sale is won, and its other offers stay open', () => {
    expect(after(offer, confirmed())).toEqual([winning])
  })

  it('the sale is left as it is, where the company leaves it', () => {
    expect(after(offer, confirmed({ onConfirm: 'leave' }))).toEqual([])
  })

  it('other offers end, where the company ends them', () => {
    const both = confirmed({ onConfirmSiblings: 'cancel' })
    expect(after(offer, both)).toEqual([winning, endingOthers])
    const ending = confirmed({ onConfirm: 'leave', onConfirmSiblings: 'cancel' })
    expect(after(offer, ending)).toEqual([endingOthers])
  })

  it('the policies count that were in force then', () => {
    const now = { onConfirm: 'leave', onConfirmSiblings: 'cancel' } as const
    expect(after(offer, confirmed(), now)).toEqual([winning])
  })

  it('of an offer that belongs to no sale nothing follows', () => {
    expect(after(offer, confirmed({ onConfirmSiblings: 'cancel' }, {}))).toEqual([])
  })
})

describe('after a cancellation', () => {
  it('of what was confirmed, its sale is asked to open again', () => {
    expect(after(offer, cancelled('confirmed'))).toEqual([
      {
        category: 'opportunity',
        subject: sale,
        command: { type: 'ReopenByQuotation', data: { quotationId: offer } },
      },
    ])
  })

  it.for(['draft', 'sent', 'expired'] as const)('of a %s one nothing follows', (from) => {
    expect(after(offer, cancelled(from))).toEqual([])
  })
})

const ran: AnyEvent = {
  type: 'AssignmentRunCompleted',
  data: {
    runId: ulid('R1'),
    trigger: 'manual',
    seed: 7,
    today: occurredOn,
    duplicates: 'merge',
    digest: '0'.repeat(64),
    counts: { assigned: 1, left: 2 },
    left: [],
  },
}

describe('after a run of assignment', () => {
  it('what it decided comes true', () => {
    expect(after(ulid('Z1'), ran)).toEqual([{ category: 'opportunity', run: ulid('R1') }])
  })

  it('leads go to those who take them, and duplicates end where the company wants that', () => {
    const asked = policies.afterRun({
      assigned: [
        {
          opportunityId: sale,
          teamId: ulid('T1'),
          userId: ulid('E1'),
          reason: { pass: 'ordinary', place: 1, of: 4 },
        },
      ],
      left: [
        { opportunityId: duplicate, reason: { code: 'duplicate', of: sale, joined: true } },
        { opportunityId: ulid('A3'), reason: { code: 'duplicate', of: sale, joined: false } },
        { opportunityId: ulid('A4'), reason: { code: 'noCapacity' } },
      ],
    })
    expect(asked).toEqual([
      {
        category: 'opportunity',
        subject: sale,
        command: { type: 'AssignByRun', data: { teamId: ulid('T1'), userId: ulid('E1') } },
      },
      {
        category: 'opportunity',
        subject: duplicate,
        command: { type: 'JoinByRun', data: { into: sale } },
      },
    ])
  })
})

describe('the events that are awaited', () => {
  const reacting = [merged, lost, reopened('lost'), confirmed(), cancelled('confirmed'), ran]

  it('are those that something may follow from', () => {
    for (const event of reacting) expect(after(sale, event)).not.toEqual([])
    expect([...policies.awaited].toSorted()).toEqual(reacting.map(({ type }) => type).toSorted())
  })

  const names = [OpportunityEvent, QuotationEvent, AssignmentRunEvent].flatMap(({ options }) =>
    options.map(({ shape }) => shape.type.value),
  )
  const unawaited = fc.constantFrom(...names.filter((name) => !policies.awaited.has(name)))
  const chosen = fc.record({
    onLose: fc.constantFrom('cancel', 'leave'),
    onConfirm: fc.constantFrom('win', 'leave'),
    onConfirmSiblings: fc.constantFrom('leave', 'cancel'),
  })

  test.prop([unawaited, chosen])('are all: nothing follows from others', (type, settings) => {
    // Whatever it tells: what is not awaited is not looked at.
    const event = { type, data: { opportunityId: sale, from: 'confirmed' } } as unknown as AnyEvent
    expect(after(sale, event, settings)).toEqual([])
  })
})

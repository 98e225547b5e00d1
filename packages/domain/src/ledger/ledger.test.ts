import { readFileSync } from 'node:fs'
import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import type { StoredShape } from '../codec.ts'
import { fold } from '../decider.ts'
import { erased } from '../personal.ts'
import { specification } from '../specification.ts'
import { ledgerCodec } from './codec.ts'
import type { Closing, LedgerEvent } from './events.ts'
import { ledger, sealedPeriodOf } from './ledger.ts'

const { given } = specification(ledger)

const occurredAt = '2026-03-01T08:00:00.000Z'
const [seller, manager] = ['user:S', 'user:M']

const january: Closing = {
  period: '2026-01',
  from: '2026-01-01',
  to: '2026-01-31',
  upTo: '000000000000000000000000E9',
  programVersion: '0.1.0',
  digestVersion: 1,
  digest: 'd'.repeat(43),
  counts: { events: 3, records: 1, happened: {} },
  totals: { sent: [], confirmed: [], won: [], lost: [] },
}
const february = { ...january, period: '2026-02', from: '2026-02-01', to: '2026-02-28' }
const wholeYear = { ...january, period: '2026', to: '2026-12-31' }
const sealed = (closing: Closing, previous?: string): LedgerEvent => ({
  type: 'PeriodSealed',
  data: { ...closing, ...(previous === undefined ? {} : { previous }) },
})
const seal = (closing: Closing, today = '2026-03-01') =>
  ({ type: 'SealPeriod', data: { ...closing, today, occurredAt } }) as const

describe('a period', () => {
  it('is sealed once it is over', () => {
    given().when(seal(january)).thenEvents(sealed(january))
    given()
      .when(seal(january, '2026-01-31'))
      .thenFails({ type: 'PeriodNotOver', period: '2026-01', to: '2026-01-31' })
  })

  it('is sealed once, whatever it is called', () => {
    given(sealed(january))
      .when(seal(january))
      .thenFails({ type: 'PeriodSealed', period: '2026-01' })
    given(sealed(january))
      .when(seal(wholeYear, '2027-03-01'))
      .thenFails({ type: 'PeriodSealed', period: '2026-01' })
  })

  it('names the digest of the one that was sealed before', () => {
    given(sealed(january)).when(seal(february)).thenEvents(sealed(february, january.digest))
  })

  test.prop([fc.integer({ min: 0, max: 400 })])(
    'holds its first and its last day, and no day beside',
    (offset) => {
      const day = new Date(Date.UTC(2025, 11, 1) + offset * 86_400_000).toISOString().slice(0, 10)
      const state = fold(ledger, [sealed(january), sealed(february, january.digest)])
      expect(sealedPeriodOf(state, day)?.period).toBe(
        day.startsWith('2026-01') || day.startsWith('2026-02') ? day.slice(0, 7) : undefined,
      )
    },
  )
})

/** One event of each stored type, as the log keeps it. Never edited: only added to. */
const samples: readonly StoredShape[] = JSON.parse(
  readFileSync(new URL('samples.json', import.meta.url), 'utf8'),
)
const stored = (type: string): LedgerEvent => {
  const sample = samples.find((each) => each.type === `${type}.v1`)
  const event = ledgerCodec.decode(sample ?? { type, data: {} })
  if (E.isLeft(event)) throw new Error(JSON.stringify(event.left))
  return event.right
}

describe('what weighs needs a second person', () => {
  const acts = [
    ['DeclareRestore', 'LedgerRestored'],
    ['RotateAuditKey', 'AuditKeyRotated'],
    ['RecordExport', 'ExportProduced'],
    ['ApplyRetention', 'RetentionApplied'],
  ] as const
  it.each(acts)('%s is not approved by who asks', (type, name) => {
    const event = stored(name)
    const asked = (by: string, approvedBy: string) =>
      ({ type, data: { ...event.data, by, approvedBy, occurredAt } }) as Parameters<
        typeof ledger.decide
      >[0]
    given().when(asked(seller, seller)).thenFails({ type: 'ApprovalOwn' })
    given()
      .when(asked(seller, manager))
      .thenEvents({ ...event, data: { ...event.data, by: seller, approvedBy: manager } } as never)
  })

  it('an ordinary export is one person’s', () => {
    const { data } = stored('ExportProduced')
    const { approvedBy: _nobody, ...alone } = data as Extract<
      LedgerEvent,
      { type: 'ExportProduced' }
    >['data']
    given()
      .when({ type: 'RecordExport', data: { ...alone, occurredAt } })
      .thenEvents({ type: 'ExportProduced', data: alone })
  })
})

describe('stored events of the log itself', () => {
  it.for(samples)('$type can be read for ever', (sample) => {
    const event = ledgerCodec.decode(sample)
    expect(E.map(ledgerCodec.encode)(event)).toEqual(E.right(sample))
  })

  it('have a sample of every type that is written now', () => {
    expect(Object.values(ledgerCodec.storedTypes)).toEqual(samples.map(({ type }) => type))
  })

  it('lead to the same state when reasons are erased', () => {
    const events = Object.keys(ledgerCodec.storedTypes).map(stored)
    const without = events.map((event) =>
      'reason' in event.data ? { ...event, data: { ...event.data, reason: erased } } : event,
    ) as LedgerEvent[]
    expect(fold(ledger, without)).toEqual(fold(ledger, events))
    expect(fold(ledger, events)).toMatchObject({ origin: 'crm.example/ledger/2', floor: 1000 })
  })
})

/**
 * What may be asked of the log itself: to close a period, and to record what was done to the log.
 *
 * @module
 */
import { Closing, Export, FreeText, Line, Origin } from '@forsat/domain'
import { localDate } from '@forsat/domain/time'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import { derivedId } from '../derived-id.ts'
import { target } from '../input.ts'
import { shared } from '../owner.ts'
import { useCase } from '../use-case.ts'

/** Where a company's own facts about the log stand. */
export const ledgerOf = (company: string): string => derivedId(company, 'ledger')

/** Where what concerns the whole log stands. */
export const commonLedger = derivedId('ledger')

const category = 'ledger'
const open = { category, kind: 'open' } as const
/** Of all companies, so only who manages all of them may say it. */
const common = { ...open, parent: (): typeof shared => shared } as const

const { by: _exporter, ...exported } = Export.shape
const second = { approvedBy: z.string().max(120) }

/** A person as events name one: the contract lets callers leave the kind out. */
const personOf = (who: string): string => (who.includes(':') ? who : `user:${who}`)

export const ledgerUseCases = [
  /** The figures are those of `closingOf`; who seals does not choose them. */
  useCase({
    name: 'SealPeriod',
    ...open,
    input: z.strictObject({ ...target, ...Closing.shape }),
    command: ({ id: _id, ...closing }, { when: { occurredAt }, company }) =>
      E.right({
        type: 'SealPeriod',
        data: { ...closing, today: localDate(occurredAt, company.zone), occurredAt },
      }),
  }),
  useCase({
    name: 'RecordExport',
    ...open,
    input: z.strictObject({ ...target, ...exported }),
    command: ({ id: _id, ...data }, { when: { occurredAt }, person: by }) =>
      E.right({ type: 'RecordExport', data: { ...data, by, occurredAt } }),
  }),
  useCase({
    name: 'DeclareRestore',
    ...common,
    input: z.strictObject({
      ...target,
      ...second,
      previousCheckpoint: z.string().min(1).max(4000),
      keptSize: z.int().min(0),
      origin: Origin,
      reason: FreeText,
    }),
    command: ({ id: _id, approvedBy, ...data }, { when: { occurredAt }, person: by }) =>
      E.right({
        type: 'DeclareRestore',
        data: { ...data, by, approvedBy: personOf(approvedBy), occurredAt },
      }),
  }),
  useCase({
    name: 'RotateAuditKey',
    ...common,
    input: z.strictObject({
      ...target,
      ...second,
      from: z.string().max(400),
      to: z.string().max(400),
      reason: FreeText.optional(),
    }),
    command: ({ id: _id, approvedBy, ...data }, { when: { occurredAt }, person: by }) =>
      E.right({
        type: 'RotateAuditKey',
        data: { ...data, by, approvedBy: personOf(approvedBy), occurredAt },
      }),
  }),
  useCase({
    name: 'ApplyRetention',
    ...common,
    input: z.strictObject({ ...target, ...second, floor: z.int().min(0), rule: Line }),
    command: ({ id: _id, approvedBy, ...data }, { when: { occurredAt }, person: by }) =>
      E.right({
        type: 'ApplyRetention',
        data: { ...data, by, approvedBy: personOf(approvedBy), occurredAt },
      }),
  }),
] as const

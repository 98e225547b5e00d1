/**
 * All that may be asked, by name: what the library, HTTP and the command line share.
 *
 * @module
 */
import type * as z from 'zod'
import { RunAssignment } from './assignment/run.ts'
import { assignmentUseCases } from './assignment/use-cases.ts'
import { apiKeyUseCases, userUseCases } from './catalogue/access.ts'
import { companyUseCases } from './catalogue/company.ts'
import {
  lostReasonUseCases,
  productUseCases,
  stageUseCases,
  teamUseCases,
} from './catalogue/entries.ts'
import { contactUseCases } from './contact/use-cases.ts'
import { deliveryUseCases } from './delivery/use-cases.ts'
import { ErasePersonalData } from './erasure/erasing.ts'
import { erasureUseCases } from './erasure/use-cases.ts'
import { ledgerUseCases } from './ledger/use-cases.ts'
import { numberingUseCases } from './numbering/take-number.ts'
import { MergeOpportunities } from './opportunity/merge.ts'
import { opportunityUseCases } from './opportunity/use-cases.ts'
import { policyUseCases } from './policies/use-cases.ts'
import { quotationUseCases } from './quotation/use-cases.ts'
import { templateUseCases } from './template/use-cases.ts'
import type { UseCase } from './use-case.ts'

const all = [
  ...opportunityUseCases,
  ...quotationUseCases,
  ...deliveryUseCases,
  ...policyUseCases,
  ...assignmentUseCases,
  ...numberingUseCases,
  ...ledgerUseCases,
  ...contactUseCases,
  ...erasureUseCases,
  ...lostReasonUseCases,
  ...stageUseCases,
  ...teamUseCases,
  ...productUseCases,
  ...templateUseCases,
  ...companyUseCases,
  ...userUseCases,
  ...apiKeyUseCases,
] as const

type Known = (typeof all)[number]

/** A command by its name, with the data that its schema takes. */
export type Command =
  | { readonly type: 'MergeOpportunities'; readonly data: z.input<typeof MergeOpportunities> }
  | { readonly type: 'ErasePersonalData'; readonly data: z.input<typeof ErasePersonalData> }
  | { readonly type: 'RunAssignment'; readonly data: z.input<typeof RunAssignment> }
  | Single

type Single = {
  [Name in Known['name']]: {
    readonly type: Name
    readonly data: z.input<Extract<Known, { readonly name: Name }>['input']>
  }
}[Known['name']]

type Inputs = { [Each in Known as Each['name']]: Each['input'] } & {
  MergeOpportunities: typeof MergeOpportunities
  ErasePersonalData: typeof ErasePersonalData
  RunAssignment: typeof RunAssignment
}

/** The schema of each command's data. */
export const commandInputs = {
  ...Object.fromEntries(all.map(({ name, input }) => [name, input])),
  MergeOpportunities,
  ErasePersonalData,
  RunAssignment,
} as unknown as Inputs

export const useCases: ReadonlyMap<string, UseCase> = new Map(
  all.map((each) => [each.name, each as UseCase]),
)

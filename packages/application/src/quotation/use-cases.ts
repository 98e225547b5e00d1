import { approvalUseCases } from './approval.ts'
import { closingUseCases } from './closing.ts'
import { draftingUseCases } from './drafting.ts'
import { duplicateUseCases } from './duplicate.ts'
import { issuingUseCases } from './issuing.ts'
import { optionUseCases } from './options.ts'
import { templateApplyingUseCases } from './template-use-cases.ts'

/** What may be asked of a quotation. */
export const quotationUseCases = [
  ...draftingUseCases,
  ...optionUseCases,
  ...templateApplyingUseCases,
  ...duplicateUseCases,
  ...approvalUseCases,
  ...issuingUseCases,
  ...closingUseCases,
] as const

import { closingUseCases } from './closing.ts'
import { draftingUseCases } from './drafting.ts'
import { duplicateUseCases } from './duplicate.ts'
import { issuingUseCases } from './issuing.ts'
import { optionUseCases } from './options.ts'

/** What may be asked of a quotation. */
export const quotationUseCases = [
  ...draftingUseCases,
  ...optionUseCases,
  ...duplicateUseCases,
  ...issuingUseCases,
  ...closingUseCases,
] as const

import { assignments } from '../assignment/assignments.ts'
import { catalogue } from '../catalogue/catalogue.ts'
import { contacts } from '../contacts/contacts.ts'
import { opportunities } from '../opportunities/opportunities.ts'
import type { Projection } from '../projection.ts'
import { quotations } from '../quotations/quotations.ts'
import { scoring } from '../scoring/scoring.ts'

/** All projections, in the order in which people see them. */
export const readModels: readonly Projection[] = [
  opportunities,
  quotations,
  contacts,
  catalogue,
  assignments,
  scoring,
]

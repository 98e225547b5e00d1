import { identifierWarnings, isErased } from '@forsat/domain'
import type { ContactView } from '../views/contact.ts'
import type { ContactDocument } from './contact-document.ts'

/** The document as it is answered. */
export const contactView = ({ began: _began, ...view }: ContactDocument): ContactView => ({
  identifiers: [],
  externalIds: [],
  attributes: {},
  ...view,
  warnings: warningsOf(view),
})

const warningsOf = ({
  identifiers,
}: Pick<ContactDocument, 'identifiers'>): ContactView['warnings'] =>
  identifiers === undefined || isErased(identifiers)
    ? []
    : identifierWarnings(identifiers).map(({ code, index }) => ({
        code,
        field: `identifiers/${index}`,
      }))

import type { ContactView } from '../views/contact.ts'
import type { ContactDocument } from './contact-document.ts'

/** The document as it is answered. */
export const contactView = ({ began: _began, ...view }: ContactDocument): ContactView => ({
  ...view,
  warnings: [],
})

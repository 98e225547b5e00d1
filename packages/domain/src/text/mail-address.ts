import * as z from 'zod'

/** One address that mail can be sent to: no name, no list, nothing that a header could be cut at. */
export const MailAddress = z
  .string()
  .max(254)
  .regex(/^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/, 'must be one plain e-mail address')

import { canonical } from '../canonical.ts'
import { base64url } from '../crypto.ts'
import type { Exported, ExportFormat } from './exported.ts'

/** One event as one line of canonical JSON: what a bundle holds and checks. */
export const jsonLine = ({ envelope, data, salt, revealed }: Exported): string => {
  const opened = revealed.map((part) => ({ ...part, salt: base64url(part.salt) }))
  // Envelope and data are canonical already, and so is the order of these keys.
  const shown = opened.length === 0 ? '' : `,"revealed":${canonical(opened)}`
  return `{"data":${data},"envelope":${envelope}${shown},"salt":"${base64url(salt)}"}\n`
}

/** JSON Lines: everything the ledger has, to be checked by whoever receives it. */
export const jsonLines = (): ExportFormat => ({
  begin: () => '',
  add: jsonLine,
  end: () => '',
})

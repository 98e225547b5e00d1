import type { Begun, Version } from './state.ts'

/** The version that can be changed: the draft beside the one that stands, or that one while a draft. */
export const workedOn = ({ status, current, draft }: Begun): Version | undefined => {
  if (status === 'sent' || status === 'expired') return draft
  return status === 'draft' ? current : undefined
}

/** The number of a version: the quotation's own, from the second version on with a suffix. */
export const versionNumber = (base: string, version: number): string =>
  version === 1 ? base : `${base}-v${version}`

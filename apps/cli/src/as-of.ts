/**
 * Pasts as people name them: `pos:1000` up to a position, `rec:MOMENT` recorded by then, `eff:MOMENT`
 * occurred by then, both of these with a comma between, `rev:3` the revision of one record. A moment
 * alone is one by which it was recorded.
 *
 * @module
 */
import { momentOf } from './moments.ts'
import type { Session } from './session.ts'
import { Stop } from './shell.ts'

/** The past of a log, or of one record. */
export interface AsOf {
  readonly position?: number
  readonly asOf?: string
  readonly effectiveAt?: string
  readonly revision?: number
}

/** Throws a `Stop` that names the forms where the text is none of them. */
export const asOfNamed = (text: string, { company: { zone }, texts }: Session): AsOf => {
  const [, kind, number] = /^(pos|rev):(\d{1,15})$/.exec(text) ?? []
  if (kind !== undefined) {
    return kind === 'pos' ? { position: Number(number) } : { revision: Number(number) }
  }
  const [, recorded, both, alone] =
    /^(?:rec:([^,]+)(?:,eff:([^,]+))?|eff:([^,]+))$/.exec(text) ?? []
  const occurred = both ?? alone
  if (recorded === undefined && occurred === undefined) {
    if (/^(pos|rev|rec|eff):/.test(text)) throw new Stop(2, texts.diff.form(text))
    return said({ asOf: momentOf(text, zone, texts) })
  }
  return said({
    asOf: momentOf(recorded, zone, texts),
    effectiveAt: momentOf(occurred, zone, texts),
  })
}

const said = ({
  asOf,
  effectiveAt,
}: {
  readonly asOf?: string | undefined
  readonly effectiveAt?: string | undefined
}): AsOf => ({
  ...(asOf !== undefined && { asOf }),
  ...(effectiveAt !== undefined && { effectiveAt }),
})

import { codecOf } from '../codec.ts'
import { LedgerEvent } from './events.ts'

/** Between the events of the log itself and their stored shapes. */
export const ledgerCodec = codecOf({
  event: LedgerEvent,
  versions: {
    PeriodSealed: 1,
    LedgerRestored: 1,
    AuditKeyRotated: 1,
    ExportProduced: 1,
    RetentionApplied: 1,
  },
})

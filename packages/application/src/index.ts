export { verifierOf } from '@forsat/ledger'
export { issueApiKey, type KeyRequest } from './access.ts'
export {
  type AuditFiles,
  auditFilesIn,
  makeAuditKey,
} from './audit/audit-files.ts'
export { checkedHead, checkFile, forkAmong } from './audit/checking.ts'
export { declareRestore, rotateAuditKey } from './audit/keeping.ts'
export { type AuditFinding, type Verdict, verifyStore } from './audit/verifying.ts'
export { freshWitnessKey, witnessed, witnessIn } from './audit/witness.ts'
export { hashOfKey } from './authentication.ts'
export { type Clock, systemClock, type TestClock, testClock } from './clock.ts'
export type { Actor, Context, Outcome } from './context.ts'
export { copyStore } from './copying.ts'
export type {
  Attachment,
  Mail,
  Mailer,
  MailSettings,
  Posted,
  Sender,
} from './delivery/mailer.ts'
export type { AttachmentOf } from './delivery/posting.ts'
export { MailSettingWrong, type SmtpOptions, smtpMailer } from './delivery/smtp.ts'
export type { Erasure } from './erasure/erasing.ts'
export type { ErasureRegister } from './erasure/register.ts'
export { ExportFilter, type Exporting, exportFormats } from './export/exporting.ts'
export { createForsat, type Forsat, type ForsatOptions } from './forsat.ts'
export { type Ids, mintedIds } from './ids.ts'
export { keyFiles } from './key-files.ts'
export { periodOf, resealed, sealPeriod } from './ledger/closing.ts'
export { type LateEntry, lateEntries } from './ledger/late.ts'
export { type RuleBroken, rulesBroken } from './ledger/rules.ts'
export { type StateThen, stateAt } from './ledger/state-at.ts'
export { commonLedger, ledgerOf } from './ledger/use-cases.ts'
export { type OpenOptions, openForsat } from './open.ts'
export { type Places, type PlacesGiven, placesOf, StoreUnknown, shownStore } from './places.ts'
export { closestIssues, type InputIssue, type Refusal } from './refusal.ts'
export { type AnyCommand, composed, type Step } from './request.ts'
export { type Beginnings, setUp } from './set-up.ts'
export { startSweep } from './sweep.ts'
export type { UseCase } from './use-case.ts'
export { type Command, commandInputs, useCases } from './use-cases.ts'

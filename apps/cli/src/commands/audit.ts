/**
 * `forsat audit …`: the log proven, to oneself and to others. Exit codes are of their own: 0 sound, 1
 * misuse, 2 evidence of tampering, 3 nobody can tell.
 *
 * @module
 */
import { type Finish, group } from '../command.ts'
import type { Desk } from '../session.ts'
import { auditTexts } from '../texts/audit.ts'
import { auditAccess } from './audit-access.ts'
import { auditErasures } from './audit-erasures.ts'
import { keygenCommand, restoreCommand } from './audit-keys.ts'
import { checkCommand, checkpointCommand, proveCommand } from './audit-proofs.ts'
import { lateCommand, rulesCommand, sealCommand } from './audit-reports.ts'
import { verifyCommand } from './audit-verify.ts'
import { witnessCommand } from './audit-witness.ts'

export const auditCommand = (desk: Desk, finish: Finish) => {
  const { about } = auditTexts[desk.language]
  const examples = [
    'audit keygen',
    'audit checkpoint --out 2026-11.checkpoint',
    'audit verify --checkpoint 2026-11.checkpoint',
  ]
  return group('audit', { about, examples }, desk)
    .addCommand(keygenCommand(desk, finish))
    .addCommand(checkpointCommand(desk, finish))
    .addCommand(verifyCommand(desk, finish))
    .addCommand(proveCommand(desk, finish))
    .addCommand(checkCommand(desk, finish))
    .addCommand(witnessCommand(desk, finish))
    .addCommand(restoreCommand(desk, finish))
    .addCommand(auditErasures(desk, finish))
    .addCommand(auditAccess(desk, finish))
    .addCommand(sealCommand(desk, finish))
    .addCommand(lateCommand(desk, finish))
    .addCommand(rulesCommand(desk, finish))
}

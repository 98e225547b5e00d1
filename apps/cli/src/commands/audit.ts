/**
 * `forsat audit …`: what somebody asks who has to believe nobody. 0 is sound, 1 a misuse, 2 evidence
 * that something is not as it was written, 3 that nobody can tell.
 *
 * @module
 */
import { type Finish, group } from '../command.ts'
import type { Desk } from '../session.ts'
import { auditAccess } from './audit-access.ts'
import { auditErasures } from './audit-erasures.ts'

export const auditCommand = (desk: Desk, finish: Finish) => {
  const examples = ['audit erasures', 'audit access']
  return group('audit', { about: desk.texts.audit.about, examples }, desk)
    .addCommand(auditErasures(desk, finish))
    .addCommand(auditAccess(desk, finish))
}

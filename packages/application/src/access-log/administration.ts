import { setImmediate } from 'node:timers/promises'
import type { EventStore } from '@forsat/event-store'

/** Who gave whom which right, and what a company has settled: facts of the business log. */
export interface AdministrativeAct {
  readonly position: string
  readonly at: string
  readonly actor: string
  readonly type: string
  readonly stream: string
}

const administrative = new Set([
  'UserRegistered',
  'UserDeactivated',
  'RoleGranted',
  'RoleRevoked',
  'ApiKeyIssued',
  'ApiKeyRevoked',
  'PoliciesSet',
  'AuditKeyRotated',
  'LedgerRestored',
  'RetentionApplied',
])

/** Of a company, and of what companies share; of all where none is named. */
export const administrationOf = async (
  company: string | undefined,
  store: Pick<EventStore, 'readLog'>,
): Promise<readonly AdministrativeAct[]> => {
  const acts: AdministrativeAct[] = []
  for await (const page of store.readLog()) {
    for (const { type, position, recordedAt, actor, stream, company: of } of page) {
      if (company !== undefined && (of ?? company) !== company) continue
      const name = type.slice(0, type.lastIndexOf('.'))
      if (!administrative.has(name)) continue
      acts.push({ position: String(position), at: recordedAt, actor, type: name, stream })
    }
    await setImmediate()
  }
  return acts
}

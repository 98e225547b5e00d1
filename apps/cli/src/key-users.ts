import type { Refusal } from '@forsat/application'
import type { Session } from './session.ts'

export type KeyRole = 'admin' | 'manager' | 'sales' | 'analyst' | 'auditor'

/** A new user with a role in each of the companies; its id, or why there is none. */
export const registerUser = async (
  { forsat, context }: Pick<Session, 'forsat' | 'context'>,
  {
    name,
    role,
    companyIds,
  }: { readonly name: string; readonly role: KeyRole; readonly companyIds: readonly string[] },
): Promise<string | Refusal> => {
  const id = forsat.ids.next()
  const made = await forsat.executeTogether(
    [
      { command: { type: 'RegisterUser', data: { id, name } } },
      ...companyIds.map((companyId) => ({
        command: { type: 'GrantRole', data: { id, companyId, role } },
      })),
    ],
    context,
  )
  return made._tag === 'Left' ? made.left : id
}

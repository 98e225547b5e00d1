import type { Refusal } from '@forsat/application'
import type { Role } from '@forsat/domain'
import type { Session } from './session.ts'

/** A new user with a role in each of the companies; its id, or why there is none. */
export const registerUser = async (
  { forsat, context }: Pick<Session, 'forsat' | 'context'>,
  {
    name,
    role,
    companyIds,
  }: { readonly name: string; readonly role: Role; readonly companyIds: readonly string[] },
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

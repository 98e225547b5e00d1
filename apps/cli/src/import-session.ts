/**
 * For which company and user data is imported: the company asked for, else the map's own, else the
 * first one.
 *
 * @module
 */
import { type Forsat, setUp } from '@forsat/application'
import { compareKey } from '@forsat/domain'
import type { ImportMap } from './import/map.ts'
import { companiesOf, type Desk, type Session, sessionOf } from './session.ts'
import { settingsOf } from './settings.ts'

interface Wanted {
  readonly map: ImportMap
  readonly asked?: string | undefined
  readonly as?: string | undefined
}

/** In an empty store it becomes the first company; beside others one of its own. */
export const importSession = async (
  forsat: Forsat,
  desk: Desk,
  { map: { company: own, system }, asked, as }: Wanted,
): Promise<Session> => {
  const { userId } = await setUp(forsat, own)
  if (own !== undefined && asked === undefined) {
    const known = (await companiesOf(forsat)).some(
      ({ name }) => compareKey(name) === compareKey(own.name),
    )
    if (!known) await foundCompany(forsat, own, { userId, system })
  }
  const settings = settingsOf(desk.shell, desk.texts, {})
  return await sessionOf(desk, settings, forsat, { company: asked ?? own?.name, as })
}

/** Makes a company and gives the store's administrator the same rights in it. */
export const foundCompany = async (
  forsat: Forsat,
  own: NonNullable<ImportMap['company']>,
  { userId, system }: { readonly userId: string; readonly system: string },
): Promise<string> => {
  const context = { actor: 'system:setup', idempotencyScope: `company:${system}` }
  const made = await forsat.execute(
    { type: 'CreateCompany', data: own },
    { ...context, idempotencyKey: 'company' },
  )
  if (made._tag === 'Left') throw new Error(`a company was refused: ${JSON.stringify(made.left)}`)
  const { id: companyId } = made.right
  const granted = await forsat.execute(
    { type: 'GrantRole', data: { id: userId, companyId, role: 'admin' } },
    { ...context, idempotencyKey: 'role' },
  )
  if (granted._tag === 'Left')
    throw new Error(`a role was refused: ${JSON.stringify(granted.left)}`)
  await forsat.settle(undefined, 10_000)
  return companyId
}

/**
 * Leads that wait, and a team that takes them, in the store that commands open.
 *
 * @module
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type AnyCommand, openForsat, setUp, testClock } from '@forsat/application'

/** Those from Iran, and those of whom nobody knows where they are from. */
const rules = {
  any: [
    { field: 'country', op: 'eq', value: 'IR' },
    { field: 'country', op: 'present', value: false },
  ],
}

/** Two who take four a day, one who has paused, and as many leads as are asked for. */
export const waiting = async (
  folder: string,
  leads: number,
  now: string,
): Promise<{ readonly a: string; readonly b: string }> => {
  await mkdir(join(folder, 'data'), { recursive: true })
  const store = `sqlite:${join(folder, 'data', 'forsat.db')}`
  await using forsat = await openForsat({ store, clock: testClock(now) })
  const { companyId: company, userId } = await setUp(forsat, { language: 'fa' })
  const done = async (command: AnyCommand): Promise<string> => {
    const outcome = await forsat.executeUnchecked(command, { company, actor: `user:${userId}` })
    if (outcome._tag === 'Left') throw new Error(JSON.stringify(outcome.left))
    return outcome.right.id
  }
  const team = await done({ type: 'CreateTeam', data: { name: 'Tehran', rules } })
  const joined = async (name: string, room: object): Promise<string> => {
    const user = await done({ type: 'RegisterUser', data: { name } })
    await done({ type: 'JoinTeam', data: { id: team, userId: user, ...room } })
    return user
  }
  const a = await joined('Sara', { capacityPerDay: 4 })
  const b = await joined('Omid', { capacityPerDay: 4 })
  await joined('Nika', { capacityPerDay: 10, paused: true })
  for (let lead = 1; lead <= leads; lead += 1) {
    await done({ type: 'CaptureLead', data: { title: `Lead ${lead}` } })
  }
  return { a, b }
}

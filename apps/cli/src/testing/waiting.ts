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

/** A run like another, but that one lead was left over although somebody had the turn. */
export const forgedRun = async (
  folder: string,
  runId: string,
  now: string,
): Promise<{ readonly forged: string; readonly title: string; readonly person: string }> => {
  const store = `sqlite:${join(folder, 'data', 'forsat.db')}`
  await using forsat = await openForsat({ store, clock: testClock(now) })
  await forsat.settle()
  const { assignment, opportunities, users } = forsat.query
  const companies = await forsat.query.companies.list({ company: '', everywhere: true })
  const company = companies._tag === 'Right' ? (companies.right.items[0]?.id ?? '') : ''
  const honest = await assignment.run(runId, { company })
  const plan = await assignment.decisions(runId, { company })
  const [kept, ...assigned] = plan?.assigned ?? []
  if (honest === undefined || plan === undefined || kept === undefined) throw new Error('no run')
  const { trigger, seed, today, duplicates, digest, lastInput } = honest
  const basis = { trigger, seed, today, duplicates, digest, lastInput }
  const left = [
    ...plan.left,
    { opportunityId: kept.opportunityId, reason: { code: 'noCapacity' as const } },
  ]
  const forged = forsat.ids.next()
  const { id } = await forsat.assignment(company)
  const outcome = await forsat.executeUnchecked(
    {
      type: 'RecordAssignmentRun',
      data: { id, runId: forged, basis, plan: { assigned, left } },
    },
    { company, actor: 'system:test' },
  )
  if (outcome._tag === 'Left') throw new Error(JSON.stringify(outcome.left))
  const lead = await opportunities.get(kept.opportunityId, { company })
  const user = await users.get(kept.userId, { company, everywhere: true })
  if (typeof lead?.title !== 'string' || typeof user?.name !== 'string') throw new Error('no names')
  return { forged, title: lead.title, person: user.name }
}

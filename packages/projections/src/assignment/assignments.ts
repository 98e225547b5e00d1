/**
 * The read model of assignment: who was given which lead, and the runs that decided it.
 *
 * @module
 */
import type { AssignmentRunEvent, OpportunityEvent } from '@forsat/domain'
import type { RecordedEvent } from '@forsat/event-store'
import { type Documents, projection, type Table } from '../projection.ts'

/** Whose a lead is. */
interface Ownership {
  readonly id: string
  readonly userId: string
}

/** That a lead came to somebody: it counts for them from then on, whatever becomes of it. */
interface GivenDocument {
  readonly id: string
  readonly company: string
  readonly userId: string
  readonly teamId?: string | undefined
  readonly at: string
}

/** A part of what a run decided. Without the run itself it is void. */
export interface PartDocument {
  readonly id: string
  readonly runId: string
  readonly began: number
  readonly assigned: Decided['assigned']
  readonly left: Decided['left']
}

type Of<Type extends AssignmentRunEvent['type']> = Extract<
  AssignmentRunEvent,
  { readonly type: Type }
>['data']
type Decided = Of<'AssignmentsDecided'>

export interface RunDocument extends Omit<Of<'AssignmentRunCompleted'>, 'runId'> {
  readonly id: string
  readonly company: string
  readonly began: number
  /** The event that summed it up. */
  readonly eventId: string
  readonly at: string
  /** `kind:id`; the name is looked up on reading. */
  readonly by: string
}

const owner: Table<Ownership> = {
  key: ['id'],
  columns: { id: 'text' },
  row: ({ id }) => ({ id }),
}

const given: Table<GivenDocument> = {
  key: ['id'],
  columns: { id: 'text', company: 'text', user_id: 'text', team_id: 'text?', at: 'text' },
  indexes: { window: ['company', 'at'] },
  row: ({ id, company, userId, teamId, at }) => ({
    id,
    company,
    user_id: userId,
    team_id: teamId ?? null,
    at,
  }),
}

const part: Table<PartDocument> = {
  key: ['id'],
  columns: { id: 'text', run_id: 'text', began: 'integer' },
  indexes: { run: ['run_id', 'began'] },
  row: ({ id, runId, began }) => ({ id, run_id: runId, began }),
}

const run: Table<RunDocument> = {
  key: ['id'],
  columns: { id: 'text', company: 'text', event_id: 'text', at: 'text', began: 'integer' },
  indexes: { order: ['company', 'at', 'began'], event: ['event_id'] },
  row: ({ id, company, eventId, at, began }) => ({ id, company, event_id: eventId, at, began }),
}

export const assignments = projection({
  name: 'assignments',
  version: 1,
  tables: {
    assignment_owner: owner,
    assignment_given: given,
    assignment_part: part,
    assignment_run: run,
  },
  apply: (recorded, tables) => {
    if (recorded.category === 'opportunity') {
      keepOwner(recorded, tables.assignment_owner, tables.assignment_given)
    }
    if (recorded.category === 'assignmentrun') {
      keepRun(recorded, tables.assignment_part, tables.assignment_run)
    }
  },
})

const keepOwner = (
  recorded: RecordedEvent,
  owners: Documents<Ownership>,
  gifts: Documents<GivenDocument>,
): void => {
  const { type, data } = recorded.event as OpportunityEvent
  const { subject: id, company = '', occurredAt: at } = recorded
  // What somebody wrote down as their own from the start was not given to them.
  if (type === 'LeadCaptured' || type === 'OpportunityOpened') {
    if (data.salespersonId !== undefined) owners.put({ id, userId: data.salespersonId })
    return
  }
  if (type === 'OpportunityUnassigned') return owners.delete(id)
  if (type !== 'OpportunityAssigned') return
  const { salespersonId: userId, teamId } = data
  if (userId === null) return owners.delete(id)
  if (owners.get(id)?.userId === userId) return
  owners.put({ id, userId })
  gifts.add({ id: recorded.id, company, userId, teamId: teamId ?? undefined, at })
}

const keepRun = (
  recorded: RecordedEvent,
  parts: Documents<PartDocument>,
  runs: Documents<RunDocument>,
): void => {
  const { type, data } = recorded.event as AssignmentRunEvent
  const { id: eventId, position: began, company = '', occurredAt: at, actor: by } = recorded
  if (type === 'AssignmentsDecided') parts.add({ id: eventId, began, ...data })
  if (type !== 'AssignmentRunCompleted') return
  const { runId: id, ...summary } = data
  runs.add({ ...summary, id, company, began, eventId, at, by })
}

/**
 * A team is a group of salespeople that opportunities are given to, each member with as much room as
 * was agreed. Who leaves may come back, and is a member anew.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Decider } from '../decider.ts'
import type { Ulid } from '../id.ts'
import type { DataOf } from '../message.ts'
import { changesIn, defined, isEmpty, isSame } from '../patch.ts'
import { type CommonRefusal, isTooEarly, notFound, tooEarly, type When } from '../refusal.ts'
import type { Condition } from '../rules/condition.ts'
import type { Instant } from '../time/instant.ts'
import { absent, archived, begun, type Entry, type EntryCommand, entry, revised } from './entry.ts'
import type { TeamEvent } from './events.ts'

type Fields = DataOf<TeamEvent, 'TeamCreated'>
type Changes = DataOf<TeamEvent, 'TeamRevised'>
type Membership = Omit<DataOf<TeamEvent, 'MemberJoined'>, 'userId'>
type MembershipChanges = Omit<DataOf<TeamEvent, 'MemberRevised'>, 'userId'>

type Member = { readonly userId: Ulid } & When

/** Which leads the team takes: left out as they are, `null` for all. */
interface Ruled {
  readonly rules?: Condition | null | undefined
}

export type TeamCommand =
  | EntryCommand<'Team', Fields & Ruled, Changes & Ruled>
  | { readonly type: 'JoinTeam'; readonly data: Member & Membership }
  | {
      readonly type: 'ReviseMember'
      readonly data: Member & { readonly changes: MembershipChanges }
    }
  | { readonly type: 'LeaveTeam'; readonly data: Member }
  | {
      readonly type: 'SetAssignmentRules'
      readonly data: { readonly when: Condition | null } & When
    }

export interface TeamState {
  readonly entry: Entry<Fields>
  /** By user; who has left is archived. */
  readonly members: Readonly<Record<Ulid, Entry<Membership>>>
  /** Which leads the team takes; without it all. */
  readonly rules: Condition | undefined
  /** When the rules were last set, where that is known. */
  readonly rulesLast: Instant | undefined
}

export type TeamRefusal =
  | CommonRefusal
  | { readonly type: 'TeamArchived' }
  | { readonly type: 'MemberAlreadyJoined'; readonly userId: Ulid }
  | { readonly type: 'MemberUnknown'; readonly userId: Ulid }

type Team = Decider<TeamCommand, TeamState, TeamEvent, TeamRefusal>

const list = entry<'Team', Fields, Changes>('Team')

const memberOf = ({ members }: TeamState, userId: Ulid): Entry<Membership> =>
  members[userId] ?? absent

const decide: Team['decide'] = (command, state) => {
  switch (command.type) {
    case 'CreateTeam': {
      const { rules, ...data } = command.data
      const created = list.decide({ type: 'CreateTeam', data }, state.entry)
      return E.isLeft(created) ? created : withRules(created.right, rules, data, state)
    }
    case 'ReviseTeam': {
      const { rules, ...changes } = command.data.changes
      const data = { ...command.data, changes }
      const revision = list.decide({ type: 'ReviseTeam', data }, state.entry)
      return E.isLeft(revision) ? revision : withRules(revision.right, rules, data, state)
    }
    case 'ArchiveTeam':
      return list.decide(command, state.entry)
    case 'SetAssignmentRules':
      if (state.entry.status === 'absent') return notFound
      return withRules([], command.data.when, command.data, state)
    case 'JoinTeam':
    case 'ReviseMember':
    case 'LeaveTeam':
      return state.entry.status === 'absent' ? notFound : decideMember(command, state)
  }
}

/** What was decided, and the rules behind it where they change. */
const withRules = (
  decided: readonly TeamEvent[],
  rules: Condition | null | undefined,
  moment: When,
  state: TeamState,
): ReturnType<Team['decide']> => {
  if (rules === undefined || isSame(state.rules, rules)) return E.right(decided)
  if (isTooEarly(moment, state.rulesLast)) return tooEarly(state.rulesLast)
  return E.right([...decided, { type: 'AssignmentRulesSet', data: { when: rules } }])
}

type MemberCommand = Extract<TeamCommand, { readonly data: Member }>

const decideMember = (
  { type, data }: MemberCommand,
  state: TeamState,
): ReturnType<Team['decide']> => {
  const { userId } = data
  const member = memberOf(state, userId)
  if (member.status !== 'absent' && isTooEarly(data, member.last)) return tooEarly(member.last)
  switch (type) {
    case 'JoinTeam': {
      if (member.status === 'active') return E.left({ type: 'MemberAlreadyJoined', userId })
      if (state.entry.status === 'archived') return E.left({ type: 'TeamArchived' })
      const { occurredAt: _, ...membership } = data
      return E.right([{ type: 'MemberJoined', data: defined(membership) }])
    }
    case 'ReviseMember': {
      if (member.status !== 'active') return E.left({ type: 'MemberUnknown', userId })
      const changes = changesIn(member.fields, data.changes)
      if (isEmpty(changes)) return E.right([])
      return E.right([{ type: 'MemberRevised', data: { userId, ...changes } }])
    }
    case 'LeaveTeam':
      if (member.status !== 'active') return E.left({ type: 'MemberUnknown', userId })
      return E.right([{ type: 'MemberLeft', data: { userId } }])
  }
}

const evolve: Team['evolve'] = (state, event) => {
  const member = (userId: Ulid, now: Entry<Membership>): TeamState => ({
    ...state,
    members: { ...state.members, [userId]: now },
  })
  switch (event.type) {
    case 'TeamCreated':
    case 'TeamRevised':
    case 'TeamArchived':
      return { ...state, entry: list.evolve(state.entry, event) }
    case 'MemberJoined': {
      const { userId, ...membership } = event.data
      return member(userId, begun(membership, event))
    }
    case 'MemberRevised': {
      const { userId, ...changes } = event.data
      return member(userId, revised(memberOf(state, userId), changes, event))
    }
    case 'MemberLeft':
      return member(event.data.userId, archived(memberOf(state, event.data.userId), event))
    case 'AssignmentRulesSet':
      return { ...state, rules: event.data.when ?? undefined, rulesLast: event.occurredAt }
  }
}

export const team: Team = {
  initialState: { entry: absent, members: {}, rules: undefined, rulesLast: undefined },
  decide,
  evolve,
}

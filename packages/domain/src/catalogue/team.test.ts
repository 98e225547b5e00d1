import { describe, test } from 'vitest'
import { specification } from '../specification.ts'
import type { TeamEvent } from './events.ts'
import { at, now, omid, sara, when, yesterday } from './examples.ts'
import { team } from './team.ts'

const { given } = specification(team)

const created: TeamEvent = { type: 'TeamCreated', data: { name: 'جنوب', position: 10 } }
const archived: TeamEvent = { type: 'TeamArchived', data: {} }
const saraJoined: TeamEvent = {
  type: 'MemberJoined',
  data: { userId: sara, capacityPer30Days: 40, paused: false },
}
const saraLeft: TeamEvent = { type: 'MemberLeft', data: { userId: sara } }

describe('a team', () => {
  test('is created, revised and archived like every entry', () => {
    given()
      .when({ type: 'CreateTeam', data: { name: 'جنوب', position: 10, ...when } })
      .thenEvents(created)
    given(created)
      .when({ type: 'ReviseTeam', data: { changes: { leaderId: sara }, ...when } })
      .thenEvents({ type: 'TeamRevised', data: { leaderId: sara } })
    given(created).when({ type: 'ArchiveTeam', data: when }).thenEvents(archived)
  })

  test('that nobody created has no members', () => {
    given()
      .when({ type: 'JoinTeam', data: { userId: sara, ...when } })
      .thenFails({ type: 'NotFound' })
  })
})

describe('joining a team', () => {
  const join = {
    type: 'JoinTeam',
    data: { userId: sara, capacityPer30Days: 40, paused: false, ...when },
  } as const

  test('makes a member, with as much room as was agreed', () => {
    given(created).when(join).thenEvents(saraJoined)
  })

  test('happens once, until the member leaves', () => {
    given(created, saraJoined).when(join).thenFails({ type: 'MemberAlreadyJoined', userId: sara })
    given(created, saraJoined, saraLeft).when(join).thenEvents(saraJoined)
  })

  test('is too late once the team is archived', () => {
    given(created, archived).when(join).thenFails({ type: 'TeamArchived' })
  })

  test('begins anew: what was agreed before does not count', () => {
    given(created, saraJoined, saraLeft, { type: 'MemberJoined', data: { userId: sara } })
      .when({
        type: 'ReviseMember',
        data: { userId: sara, changes: { capacityPer30Days: 40 }, ...when },
      })
      .thenEvents({ type: 'MemberRevised', data: { userId: sara, capacityPer30Days: 40 } })
  })
})

describe('a member', () => {
  const absences = [{ from: '2026-03-20', to: '2026-04-02' }]

  test('is revised by what changed', () => {
    given(created, saraJoined)
      .when({
        type: 'ReviseMember',
        data: { userId: sara, changes: { paused: false, absences }, ...when },
      })
      .thenEvents({ type: 'MemberRevised', data: { userId: sara, absences } })
    given(created, saraJoined)
      .when({
        type: 'ReviseMember',
        data: { userId: sara, changes: { paused: false, absences: null }, ...when },
      })
      .thenNothing()
  })

  test('leaves, and is then unknown', () => {
    const leave = { type: 'LeaveTeam', data: { userId: sara, ...when } } as const
    given(created, saraJoined).when(leave).thenEvents(saraLeft)
    given(created, saraJoined, saraLeft)
      .when(leave)
      .thenFails({ type: 'MemberUnknown', userId: sara })
    given(created, saraJoined)
      .when({ type: 'ReviseMember', data: { userId: omid, changes: { paused: true }, ...when } })
      .thenFails({ type: 'MemberUnknown', userId: omid })
  })

  test('keeps an own order in time, apart from those of the team and of others', () => {
    const leave = { type: 'LeaveTeam', data: { userId: sara, occurredAt: yesterday } } as const
    given(at(created, now), at(saraJoined, yesterday)).when(leave).thenEvents(saraLeft)
    given(at(created, yesterday), at(saraJoined, now))
      .when(leave)
      .thenFails({ type: 'OccurredTooEarly', last: now })
  })
})

describe('the rules of a team', () => {
  const iran = { field: 'country', op: 'eq', value: 'IR' } as const
  const setting = (rules: typeof iran | null) =>
    ({ type: 'SetAssignmentRules', data: { when: rules, ...when } }) as const
  const set: TeamEvent = { type: 'AssignmentRulesSet', data: { when: iran } }

  test('say which leads it takes, until others are set or none', () => {
    given(created).when(setting(iran)).thenEvents(set)
    given(created, set).when(setting(iran)).thenNothing()
    given(created, set)
      .when(setting(null))
      .thenEvents({ type: 'AssignmentRulesSet', data: { when: null } })
    given(created).when(setting(null)).thenNothing()
    given().when(setting(iran)).thenFails({ type: 'NotFound' })
  })

  test('come with a team that is made or changed, and are told apart', () => {
    given()
      .when({ type: 'CreateTeam', data: { name: 'جنوب', position: 10, rules: iran, ...when } })
      .thenEvents(created, set)
    given(created)
      .when({ type: 'ReviseTeam', data: { changes: { position: 20, rules: iran }, ...when } })
      .thenEvents({ type: 'TeamRevised', data: { position: 20 } }, set)
    given(created, set)
      .when({ type: 'ReviseTeam', data: { changes: { rules: iran }, ...when } })
      .thenNothing()
  })

  test('keep an order in time of their own', () => {
    given(at(created, now), at(set, yesterday))
      .when(setting(null))
      .thenEvents({
        type: 'AssignmentRulesSet',
        data: { when: null },
      })
    given(created, at(set, now))
      .when({ type: 'SetAssignmentRules', data: { when: null, occurredAt: yesterday } })
      .thenFails({ type: 'OccurredTooEarly', last: now })
  })
})

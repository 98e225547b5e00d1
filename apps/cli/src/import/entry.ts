import type { Step } from '@forsat/application'
import { compareKey } from '@forsat/domain'
import { type Draft, type Planned, type RowReader, textIn } from './draft.ts'
import { identityOf } from './identity.ts'
import type { TableMap } from './map.ts'
import type { Planning } from './planning.ts'
import type { SourceRow } from './source.ts'

type EntryMap = Extract<TableMap, { kind: 'product' | 'team' | 'user' }>

const creation = { product: 'CreateProduct', team: 'CreateTeam', user: 'RegisterUser' } as const

/** Rows of products, teams and users: known by their names, several of one name are one. */
export const entryDraft = (table: EntryMap, planning: Planning, reader: RowReader) => {
  const { kind } = table
  const { directory, ids, company, system } = planning
  const rows = new Map<string, number>()

  return (row: SourceRow): Draft => {
    const sheet = reader.sheet(row)
    reader.fields(sheet)
    const team =
      table.kind === 'user' && table.team !== undefined
        ? reader.record(sheet, table.team)
        : undefined
    const name = textIn(sheet, 'name')
    const [known] = directory.find(kind, name)
    const id = known?.id ?? ids.next()
    const steps: Step[] = [
      { command: { type: creation[kind], data: { id, ...sheet.data } } },
      ...(table.kind === 'user' && table.role !== undefined
        ? [{ command: { type: 'GrantRole', data: { id, companyId: company, role: table.role } } }]
        : []),
    ]
    for (const step of steps) reader.check(sheet, step)
    const key = compareKey(name)
    const after = team === undefined ? [] : joining(team, id, name, planning)
    if (known !== undefined) {
      const joined = rows.get(key)
      return reader.draft(sheet, joined === undefined ? { known: true, after } : { joined, after })
    }
    const planned: Planned = {
      of: kind,
      id,
      name,
      key: identityOf(system, kind, key),
      steps,
      row,
    }
    const settle = () => {
      rows.set(key, row.number)
      directory.add(kind, name, { id, archived: false })
    }
    return reader.draft(sheet, { planned, after, settle })
  }
}

const joining = (
  teamId: string,
  userId: string,
  name: string,
  { directory, system }: Planning,
): readonly Planned[] => {
  if (directory.isMember(teamId, userId)) return []
  const data = { id: teamId, userId }
  return [
    {
      of: 'member',
      id: teamId,
      name: undefined,
      key: identityOf(system, 'member', teamId, compareKey(name)),
      steps: [{ command: { type: 'JoinTeam', data } }],
      row: undefined,
    },
  ]
}

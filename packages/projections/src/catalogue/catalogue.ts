/**
 * The read model of what a company sells with: reasons, stages, teams, products, exchange rates, the
 * companies themselves, users and API keys.
 *
 * @module
 */
import type { Erased } from '@forsat/domain'
import { isErased } from '@forsat/domain'
import type { RecordedEvent } from '@forsat/event-store'
import { type Columns, type Documents, projection, type Table } from '../projection.ts'
import { compareKeyOf } from '../read-models/search-key.ts'
import {
  type ApiKeyDocument,
  apiKeyAfter,
  type CompanyDocument,
  companyAfter,
  type LostReasonDocument,
  type ProductDocument,
  type StageDocument,
  type TeamDocument,
  teamAfter,
  type UserDocument,
  userAfter,
} from './catalogue-documents.ts'
import { type EntryDocument, plainEntryAfter } from './entry-document.ts'
import { exchangeRate, keepRate } from './exchange-rate.ts'

interface Named extends EntryDocument {
  readonly name: string | Erased
  readonly position?: number
}

const entryColumns = {
  id: 'text',
  began: 'integer',
  company: 'text',
  name: 'text?',
  position: 'integer',
  archived: 'integer',
  created_at: 'text',
  name_key: 'text?',
} as const satisfies Columns

const entryRow = (document: Named) => ({
  id: document.id,
  began: document.began,
  company: document.company ?? '',
  name: isErased(document.name) ? null : document.name,
  position: document.position ?? 0,
  archived: Number(document.archived),
  created_at: document.createdAt,
  name_key: compareKeyOf(document.name),
})

/** Under which name an entry stood when: reports of the past show it so. */
const nameColumns = { company: 'text', name: 'text?', archived: 'integer' } as const
const nameRow = (document: Named) => ({
  company: document.company ?? '',
  name: isErased(document.name) ? null : document.name,
  archived: Number(document.archived),
})

const named = <Document extends Named>(): Table<Document> => ({
  key: ['id'],
  columns: entryColumns,
  indexes: { order: ['company', 'position', 'began'] },
  row: entryRow,
})

const namedWithHistory = <Document extends Named>(): Table<Document> => ({
  ...named<Document>(),
  history: { columns: nameColumns, row: nameRow },
})

const lostReason: Table<LostReasonDocument> = {
  ...named<LostReasonDocument>(),
  columns: { ...entryColumns, category: 'text?', requires_note: 'integer' },
  row: (document) => ({
    ...entryRow(document),
    category: document.category ?? null,
    requires_note: Number(document.requiresNote),
  }),
  history: {
    columns: { ...nameColumns, category: 'text?' },
    row: (document) => ({ ...nameRow(document), category: document.category ?? null }),
  },
}

const stage: Table<StageDocument> = {
  ...namedWithHistory<StageDocument>(),
  columns: { ...entryColumns, won: 'integer', folded: 'integer', team_id: 'text?' },
  row: (document) => ({
    ...entryRow(document),
    won: Number(document.won),
    folded: Number(document.folded),
    team_id: document.teamId ?? null,
  }),
}

interface MembershipDocument {
  readonly team_id: string
  readonly user_id: string
}

const membership: Table<MembershipDocument> = {
  key: ['team_id', 'user_id'],
  columns: { team_id: 'text', user_id: 'text' },
  indexes: { user: ['user_id'] },
  row: ({ team_id, user_id }) => ({ team_id, user_id }),
}

const apiKey: Table<ApiKeyDocument> = {
  ...named<ApiKeyDocument>(),
  columns: { ...entryColumns, hash: 'text', user_id: 'text' },
  indexes: { hash: ['hash'] },
  row: (document) => ({ ...entryRow(document), hash: document.hash, user_id: document.userId }),
}

const entryOf = <Document extends EntryDocument>(
  table: Documents<Document>,
  recorded: RecordedEvent,
  after: (document: Document | undefined, recorded: RecordedEvent) => Document | undefined,
): Document | undefined => {
  const document = after(table.get(recorded.subject), recorded)
  if (document !== undefined) table.put(document)
  return document
}

const keepMembers = (
  table: Documents<MembershipDocument>,
  before: TeamDocument | undefined,
  after: TeamDocument | undefined,
): void => {
  if (after === undefined || before?.members === after.members) return
  for (const { userId } of before?.members ?? []) table.delete(after.id, userId)
  for (const { userId } of after.members) table.put({ team_id: after.id, user_id: userId })
}

export const catalogue = projection({
  name: 'catalogue',
  version: 2,
  tables: {
    lost_reason: lostReason,
    stage,
    team: namedWithHistory<TeamDocument>(),
    team_member: membership,
    product: namedWithHistory<ProductDocument>(),
    company: named<CompanyDocument>(),
    exchange_rate: exchangeRate,
    user: named<UserDocument>(),
    api_key: apiKey,
  },
  apply: (recorded, tables) => {
    switch (recorded.category) {
      case 'lostreason':
        entryOf(tables.lost_reason, recorded, plainEntryAfter)
        break
      case 'stage':
        entryOf(tables.stage, recorded, plainEntryAfter)
        break
      case 'team': {
        const before = tables.team.get(recorded.subject)
        keepMembers(tables.team_member, before, entryOf(tables.team, recorded, teamAfter))
        break
      }
      case 'product':
        entryOf(tables.product, recorded, plainEntryAfter)
        break
      case 'company':
        entryOf(tables.company, recorded, companyAfter)
        keepRate(tables.exchange_rate, recorded)
        break
      case 'user':
        entryOf(tables.user, recorded, userAfter)
        break
      case 'apikey':
        entryOf(tables.api_key, recorded, apiKeyAfter)
        break
      default:
    }
  },
})

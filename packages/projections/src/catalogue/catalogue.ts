/**
 * The read model of what a company sells with: reasons, stages, teams, products, templates, exchange
 * rates, the companies themselves, users and API keys.
 *
 * @module
 */
import type { Erased } from '@forsat/domain'
import { isErased } from '@forsat/domain'
import type { RecordedEvent } from '@forsat/event-store'
import { type Columns, type Documents, projection, type Table } from '../projection.ts'
import { type ExternalIdDocument, entryIds, keepEntryIds } from '../read-models/external-id.ts'
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
  type TemplateDocument,
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

const entryOf = <Document extends EntryDocument & Pick<StageDocument, 'externalIds'>>(
  {
    entries,
    ids,
  }: { readonly entries: Documents<Document>; readonly ids: Documents<ExternalIdDocument> },
  recorded: RecordedEvent,
  after: (document: Document | undefined, recorded: RecordedEvent) => Document | undefined,
): Document | undefined => {
  const before = entries.get(recorded.subject)
  const document = after(before, recorded)
  if (document === undefined) return undefined
  entries.put(document)
  keepEntryIds(ids, before, document)
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
  version: 4,
  tables: {
    lost_reason: lostReason,
    stage,
    team: namedWithHistory<TeamDocument>(),
    team_member: membership,
    product: namedWithHistory<ProductDocument>(),
    template: namedWithHistory<TemplateDocument>(),
    company: named<CompanyDocument>(),
    exchange_rate: exchangeRate,
    user: { ...named<UserDocument>(), isPersonal: true },
    api_key: apiKey,
    lost_reason_external_id: entryIds,
    stage_external_id: entryIds,
    team_external_id: entryIds,
    product_external_id: entryIds,
    template_external_id: entryIds,
    company_external_id: entryIds,
    user_external_id: entryIds,
  },
  apply: (recorded, tables) => {
    switch (recorded.category) {
      case 'lostreason':
        entryOf(
          { entries: tables.lost_reason, ids: tables.lost_reason_external_id },
          recorded,
          plainEntryAfter,
        )
        break
      case 'stage':
        entryOf({ entries: tables.stage, ids: tables.stage_external_id }, recorded, plainEntryAfter)
        break
      case 'team': {
        const before = tables.team.get(recorded.subject)
        const entries = { entries: tables.team, ids: tables.team_external_id }
        keepMembers(tables.team_member, before, entryOf(entries, recorded, teamAfter))
        break
      }
      case 'product':
        entryOf(
          { entries: tables.product, ids: tables.product_external_id },
          recorded,
          plainEntryAfter,
        )
        break
      case 'template':
        entryOf(
          { entries: tables.template, ids: tables.template_external_id },
          recorded,
          plainEntryAfter,
        )
        break
      case 'company':
        entryOf(
          { entries: tables.company, ids: tables.company_external_id },
          recorded,
          companyAfter,
        )
        keepRate(tables.exchange_rate, recorded)
        break
      case 'user':
        entryOf({ entries: tables.user, ids: tables.user_external_id }, recorded, userAfter)
        break
      case 'apikey': {
        const after = apiKeyAfter(tables.api_key.get(recorded.subject), recorded)
        if (after !== undefined) tables.api_key.put(after)
        break
      }
      default:
    }
  },
})

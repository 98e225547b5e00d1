/**
 * The read model that scores are learnt from: every deal, and what it taught while it was won or lost;
 * the stages that deals go through, and what a company lets count. All of it is kept in all its
 * versions, so that a past learns from what it knew, as it was told to.
 *
 * @module
 */
import type { CompanyEvent, ScoringSettings, StageEvent, StagePlace } from '@forsat/domain'
import type { RecordedEvent } from '@forsat/event-store'
import { patched } from '../patch.ts'
import { type CellValue, type Documents, projection, type Table } from '../projection.ts'
import { type DealDocument, dealAfter } from './deal-document.ts'

/** Since when, as it occurred, something has been what it is. */
const versioned = { company: 'text', since: 'text' } as const
const byPosition = { company: ['company', 'from_position'] } as const

const taughtColumns = {
  ...versioned,
  standing: 'text',
  taught: 'text?',
  /** Whether there is one: of what an open deal shows, the only thing that opportunities do not tell. */
  phone: 'integer',
  email: 'integer',
} as const

const taughtRow = (document: DealDocument): Record<string, CellValue> => ({
  company: document.company,
  since: document.since,
  standing: document.standing,
  taught: document.taught === undefined ? null : JSON.stringify(document.taught),
  phone: Number(document.now.phone),
  email: Number(document.now.email),
})

const deal: Table<DealDocument> = {
  key: ['id'],
  columns: { id: 'text', position: 'integer', ...taughtColumns },
  indexes: { news: ['company', 'position'] },
  row: (document) => ({ id: document.id, position: document.position, ...taughtRow(document) }),
  history: { columns: taughtColumns, row: taughtRow, indexes: byPosition },
}

interface StageDocument extends StagePlace {
  readonly company: string
  readonly since: string
}

const stageColumns = { ...versioned, position: 'integer', team_id: 'text?' } as const

const stageRow = ({ company, since, position, teamId }: StageDocument) => ({
  company,
  since,
  position,
  team_id: teamId ?? null,
})

const stage: Table<StageDocument> = {
  key: ['id'],
  columns: { id: 'text', ...stageColumns },
  row: (document) => ({ id: document.id, ...stageRow(document) }),
  history: { columns: stageColumns, row: stageRow, indexes: byPosition },
}

interface SettingsDocument {
  readonly id: string
  readonly since: string
  readonly settings: ScoringSettings
}

const settingsColumns = { ...versioned, settings: 'text' } as const

const settingsRow = ({ id, since, settings: told }: SettingsDocument) => ({
  company: id,
  since,
  settings: JSON.stringify(told),
})

const settings: Table<SettingsDocument> = {
  key: ['id'],
  columns: { id: 'text', ...settingsColumns },
  row: (document) => ({ id: document.id, ...settingsRow(document) }),
  history: { columns: settingsColumns, row: settingsRow, indexes: byPosition },
}

export const scoring = projection({
  name: 'scoring',
  version: 2,
  tables: { scoring_deal: deal, scoring_stage: stage, scoring_settings: settings },
  apply: (recorded, tables) => {
    switch (recorded.category) {
      case 'opportunity':
        keepDeal(tables.scoring_deal, recorded)
        break
      case 'stage':
        keepStage(tables.scoring_stage, recorded)
        break
      case 'company':
        keepSettings(tables.scoring_settings, recorded)
        break
      default:
    }
  },
})

const keepDeal = (deals: Documents<DealDocument>, recorded: RecordedEvent): void => {
  const before = deals.get(recorded.subject)
  const after = dealAfter(before, recorded)
  if (after !== undefined && after !== before) deals.put(after)
}

/** An archived one stays: deals have gone through it. */
const keepStage = (stages: Documents<StageDocument>, recorded: RecordedEvent): void => {
  const { subject: id, company = '', occurredAt: since } = recorded
  const { type, data } = recorded.event as StageEvent
  if (type === 'StageArchived') return
  const before = stages.get(id)
  const { position = before?.position ?? 0, teamId } = data
  stages.put(patched(before ?? { id, company, since, position }, { position, teamId, since }))
}

const keepSettings = (kept: Documents<SettingsDocument>, recorded: RecordedEvent): void => {
  const { subject: id, occurredAt: since } = recorded
  const { type, data } = recorded.event as CompanyEvent
  if (type === 'ScoringConfigured') kept.put({ id, since, settings: data })
}

/**
 * Questions about the catalogue: single entries, and lists in the order in which people see them.
 *
 * @module
 */

import type { DatabaseSync } from 'node:sqlite'
import {
  compareKey,
  type Policies,
  usualMailTexts,
  usualPolicies,
  usualScoring,
} from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import type {
  ApiKeyDocument,
  CompanyDocument,
  LostReasonDocument,
  ProductDocument,
  StageDocument,
  TeamDocument,
  TemplateDocument,
  UserDocument,
} from '../catalogue/catalogue-documents.ts'
import type { EntryDocument } from '../catalogue/entry-document.ts'
import { prepared } from '../database.ts'
import { remembered } from '../remembered.ts'
import type {
  ApiKeyView,
  CompanyView,
  LostReasonView,
  ProductView,
  StageView,
  TeamView,
  TemplateView,
  UserView,
} from '../views/catalogue.ts'
import { all, type Condition, condition } from './condition.ts'
import type { Cursors } from './cursor.ts'
import { byEntryId } from './filters.ts'
import { type ListDefinition, listDocuments } from './list.ts'
import type { Catalogue, CatalogueFilters, CatalogueSort, Page, Queries, Scope } from './queries.ts'

export interface CatalogueReader {
  /** The connection for questions that need these read models. */
  readonly reader: (...names: readonly string[]) => DatabaseSync
  readonly cursors: Cursors
}

type CatalogueQueries = Pick<
  Queries,
  'lostReasons' | 'stages' | 'teams' | 'products' | 'templates' | 'companies' | 'users' | 'apiKeys'
>

export const catalogueQueries = (from: CatalogueReader): CatalogueQueries => ({
  lostReasons: entries<LostReasonDocument, LostReasonView>(from, 'lost_reason', {
    seen: ofCompany,
    needs: ['catalogue', 'opportunities'],
    viewOf: (document, db) => ({ ...plainView(document), count: lossesOf(db, document.id) }),
  }),
  stages: entries<StageDocument, StageView>(from, 'stage', plain),
  teams: entries<TeamDocument, TeamView>(from, 'team', plain),
  products: entries<ProductDocument, ProductView>(from, 'product', plain),
  templates: entries<TemplateDocument, TemplateView>(from, 'template', {
    seen: ownOrShared,
    viewOf: plainView,
  }),
  companies: entries<CompanyDocument, CompanyView>(from, 'company', {
    seen: companiesSeen,
    viewOf: (document) => ({
      ...sharedView(document),
      policies: policiesOf(document),
      mailTexts: { ...usualMailTexts, ...document.mailTexts },
      scoring: document.scoring ?? usualScoring,
    }),
  }),
  users: entries<UserDocument, UserView>(from, 'user', {
    seen: usersSeen,
    viewOf: (document, _db, { company, everywhere }) => ({
      ...sharedView(document),
      roles:
        everywhere === true
          ? document.roles
          : document.roles.filter(({ companyId }) => companyId === company),
    }),
  }),
  apiKeys: {
    ...entries<ApiKeyDocument, ApiKeyView>(from, 'api_key', {
      seen: apiKeysSeen,
      viewOf: apiKeyView,
    }),
    byHash: async (hash) => {
      const db = from.reader('catalogue')
      const row = prepared(db, 'SELECT doc FROM api_key WHERE hash = ?').get(hash)
      return row && apiKeyView(JSON.parse(String(row['doc'])) as ApiKeyDocument)
    },
  },
})

interface EntryQueries<Document, View> {
  /** The conditions under which an entry is seen at all. */
  readonly seen: (scope: Scope) => readonly Condition[]
  readonly viewOf: (document: Document, db: DatabaseSync, scope: Scope) => View
  readonly needs?: readonly string[]
}

const ofCompany = ({ company }: Scope): readonly Condition[] => [condition('company = ?', company)]

/** Of what all companies share, no company is kept. */
const ownOrShared = ({ company }: Scope): readonly Condition[] => [
  condition(`company IN (?, '')`, company),
]

type Own = Pick<StageView, 'externalIds' | 'attributes'>

/** What may be said of any entry, and is there where nothing was said. */
const unsaid: Own = { externalIds: [], attributes: {} }

const plainView = <Document extends EntryDocument>({
  began: _began,
  ...view
}: Document): Omit<Document, 'began'> & Own => ({ ...unsaid, ...view })

/** Of what no company owns it is not told where it was made. */
const sharedView = <Document extends EntryDocument>({
  began: _began,
  company: _company,
  ...view
}: Document): Omit<Document, 'began' | 'company'> & Own => ({ ...unsaid, ...view })

const plain = {
  seen: ofCompany,
  viewOf: plainView,
}

const definition = (view: string): ListDefinition<CatalogueSort> => ({
  view,
  sorts: {
    position: { column: 'position', nullable: false },
    name: { column: 'name_key', nullable: true },
    createdAt: { column: 'created_at', nullable: false },
  },
  usualSort: 'position',
})

const filterConditions = (
  view: string,
  { archived, q, externalId }: CatalogueFilters,
): readonly Condition[] => [
  ...(archived === undefined ? [] : [condition('archived = ?', Number(archived))]),
  ...(q === undefined ? [] : [condition('instr(name_key, ?) > 0', compareKey(q))]),
  ...(externalId === undefined ? [] : [byEntryId(`${view}_external_id`, externalId)]),
]

const entries = <Document extends EntryDocument, View>(
  { reader, cursors }: CatalogueReader,
  view: string,
  { seen, viewOf, needs = ['catalogue'] }: EntryQueries<Document, View>,
): Catalogue<View> => ({
  get: async (id, scope) => {
    const db = reader(...needs)
    const { sql, values } = all([condition('id = ?', id), ...seen(scope)])
    const row = prepared(db, `SELECT doc FROM "${view}" WHERE ${sql}`).get(...values)
    return row && viewOf(JSON.parse(String(row['doc'])) as Document, db, scope)
  },
  list: async (scope, request = {}) => {
    const db = reader(...needs)
    const conditions = [...seen(scope), ...filterConditions(view, request.filters ?? {})]
    const place = { cursors, company: scope.company }
    const question = `${view} ${JSON.stringify([scope, request])}`
    const listed = remembered(db, 'catalogue', question, () =>
      listDocuments<Document, CatalogueSort>(
        db,
        definition(`"${view}"`),
        conditions,
        request,
        place,
      ),
    )
    return E.map(({ items, ...page }: Page<Document>) => ({
      ...page,
      items: items.map((document) => viewOf(document, db, scope)),
    }))(listed)
  },
})

/** A reason that was ever named keeps its place in reports. */
const lossesOf = (db: DatabaseSync, reasonId: string): number => {
  const row = prepared(
    db,
    `SELECT count(*) AS count FROM loss WHERE reason_id = ? AND standing <> 'withdrawn'`,
  ).get(reasonId)
  return Number(row?.['count'] ?? 0)
}

const policiesOf = ({ policies }: CompanyDocument): Policies => {
  const { features, ...others } = policies
  return {
    ...usualPolicies,
    ...(others as Partial<Policies>),
    features: { ...usualPolicies.features, ...(features as Partial<Policies['features']>) },
  }
}

const companiesSeen = ({ company, everywhere, companies = [company] }: Scope) =>
  everywhere === true
    ? []
    : [condition('id IN (SELECT value FROM json_each(?))', JSON.stringify(companies))]

/** Those with a role in the company, and those who have none anywhere yet. */
const usersSeen = ({ company, everywhere }: Scope): readonly Condition[] =>
  everywhere === true
    ? []
    : [
        condition(
          `json_array_length(doc, '$.roles') = 0 OR EXISTS (SELECT 1 FROM json_each(doc, '$.roles')
           WHERE json_extract(value, '$.companyId') = ?)`,
          company,
        ),
      ]

const apiKeysSeen = ({ company, everywhere }: Scope): readonly Condition[] =>
  everywhere === true
    ? []
    : [
        condition(
          `json_array_length(doc, '$.companyIds') = 0
           OR EXISTS (SELECT 1 FROM json_each(doc, '$.companyIds') WHERE value = ?)`,
          company,
        ),
      ]

const apiKeyView = ({
  began: _began,
  company: _company,
  hash: _hash,
  ...view
}: ApiKeyDocument): ApiKeyView => view

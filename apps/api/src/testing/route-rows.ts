/**
 * One row for every route: who may call it, with what, and which of that belongs to a company. Tests
 * walk the routes of the server itself, and fail on one that has no row here.
 *
 * @internal
 * @module
 */
import type { Need } from '../caller.ts'
import {
  type Company,
  type Makers,
  type Named,
  type Path,
  pathOfNothing,
} from './company-records.ts'
import { euros, item, rials } from './offers.ts'

export interface Row {
  /** `nobody` where no key is asked for and nothing of a company is told. */
  readonly need: Need | 'nobody'
  /** What the path names. */
  readonly at?: keyof Makers
  readonly body?: (of: Named) => object
  /** Queries to ask, each on its own. */
  readonly queries?: (of: Named) => readonly string[]
  /** What the body names is changed too, so each call gets one of its own. */
  readonly anew?: { readonly [Name in keyof Named]?: keyof Makers }
  /** What of the body belongs to a company: somebody else's is as unknown as one that is not there. */
  readonly names?: readonly (keyof Named)[]
  /** What it answers where all is well, if not 200. */
  readonly status?: 201 | 204
  /** What it answers where the last name in the path is nothing of the record, if not 404. */
  readonly unknownPart?: 409
  /** The path names nothing that a company could own. */
  readonly isFree?: true
  /** It ends the company itself, so it is asked last. */
  readonly endsAll?: true
  /** It is never answered to the end. */
  readonly isEndless?: true
  /** Why a repeat with the same key is not answered alike. */
  readonly unremembered?: string
}

const read = (at?: keyof Makers, queries?: Row['queries']): Row => ({
  need: 'read',
  ...(at && { at }),
  ...(queries && { queries }),
})

/** A command to one record. */
const act = (
  need: Need,
  at: keyof Makers,
  body?: (of: Named) => object,
  more: Partial<Row> = {},
): Row => ({ need, at, ...(body && { body }), ...more })

/** What makes a record. */
const create = (
  need: Need,
  body: (of: Named) => object,
  names: readonly (keyof Named)[] = [],
): Row => ({ need, body, names, status: 201 })

/** What reports and the list of opportunities are filtered by. */
const dimensions = (of: Named): readonly string[] => [
  `company=${of.companyId}`,
  `reason=${of.reasonId}`,
  `team=${of.teamId}`,
  `salesperson=${of.userId}`,
  `stage=${of.stageId}`,
  `product=${of.productId}`,
  `source=${of.word}`,
  `attributes.region=${of.word}`,
]

const cuts = [
  '',
  'groupBy=team,salesperson',
  'groupBy=company',
  'groupBy=product,stage',
  'format=csv&groupBy=source',
]

const ofOutcomes = (of: Named): readonly string[] => [
  ...cuts,
  'groupBy=reason&reopened=include',
  ...dimensions(of),
]

/** Of what is open nobody asks why it was lost. */
const ofPipeline = (of: Named): readonly string[] => [
  ...cuts,
  ...dimensions(of).filter((query) => !query.startsWith('reason=')),
]

/** What of an opportunity names something else. */
const ofOpportunity = (of: Named) => ({
  contactId: of.contactId,
  teamId: of.teamId,
  salespersonId: of.userId,
  productIds: [of.productId],
  participants: [{ contactId: of.contactId, role: 'buyer' }],
})
const inOpportunity = ['contactId', 'teamId', 'userId', 'productId'] as const

const lamp = ({ productId }: Named) => item(euros('5.00'), { productId })

/** What of a quotation names something else. */
const ofQuotation = (of: Named) => ({
  teamId: of.teamId,
  salespersonId: of.userId,
  currency: 'EUR',
  lines: [lamp(of)],
  options: [lamp(of)],
})
const inQuotation = ['teamId', 'userId', 'productId'] as const
/** The same of a new one, which may begin from a template. */
const ofNewQuotation = (of: Named) => ({ ...ofQuotation(of), templateId: of.templateId })
const inNewQuotation = [...inQuotation, 'templateId'] as const

/** The total of what the makers send. */
const total = { version: 1, total: euros('200.00') }

/** The routes of one of the lists that a company keeps. */
const listed = ({ word }: Named) => [
  '',
  `q=${word}`,
  `externalId=erp:${word}-1`,
  'archived=true',
  'count=true',
]

const catalogue = (path: string, at: keyof Makers, body: (of: Named) => object) => ({
  [`GET ${path}`]: read(undefined, listed),
  [`POST ${path}`]: create('manage', body),
  [`GET ${path}/:id`]: read(at),
  [`PATCH ${path}/:id`]: act('manage', at, (of) => ({ ...body(of), name: 'Renamed' })),
  [`DELETE ${path}/:id`]: act('manage', at),
  [`POST ${path}/:id/archive`]: act('manage', at),
})

const opportunities: Readonly<Record<string, Row>> = {
  'GET /v1/opportunities': read(undefined, (of) => [
    '',
    'count=true&limit=1',
    `q=${of.word}`,
    `contactId=${of.contactId}`,
    `externalId=erp:${of.word}-1`,
    'outcome=won,lost,merged,withdrawn',
    'conflict=false',
    'confirmed=true',
    ...dimensions(of),
  ]),
  'POST /v1/opportunities': create(
    'sell',
    (of) => ({ title: 'Desks', stageId: of.stageId, ...ofOpportunity(of) }),
    [...inOpportunity, 'stageId'],
  ),
  'GET /v1/opportunities/:id': read('opportunity'),
  'PATCH /v1/opportunities/:id': act('sell', 'opportunity', ofOpportunity, {
    names: inOpportunity,
  }),
  'DELETE /v1/opportunities/:id': act('sell', 'opportunity', () => ({ reason: 'Doubled' })),
  'GET /v1/opportunities/:id/history': read('opportunity'),
  'GET /v1/opportunities/:id/duplicates': read('opportunity'),
  'POST /v1/opportunities/:id/quotations': act('sell', 'opportunity', ofNewQuotation, {
    names: inNewQuotation,
    status: 201,
  }),
  'POST /v1/opportunities/:id/stage': act('sell', 'opportunity', ({ stageId }) => ({ stageId }), {
    names: ['stageId'],
  }),
  'POST /v1/opportunities/:id/assign': act(
    'sell',
    'opportunity',
    (of) => ({ teamId: of.teamId, salespersonId: of.userId }),
    { names: ['teamId', 'userId'] },
  ),
  'POST /v1/opportunities/:id/win': act('sell', 'opportunity', () => ({ revenue: rials('5') })),
  'POST /v1/opportunities/:id/lose': act('sell', 'opportunity', ({ reasonId }) => ({ reasonId }), {
    names: ['reasonId'],
  }),
  'POST /v1/opportunities/:id/reopen': act('sell', 'lost'),
  'POST /v1/opportunities/:id/merge': act(
    'sell',
    'opportunity',
    (of) => ({ from: [of.opportunityId] }),
    { names: ['opportunityId'], anew: { opportunityId: 'opportunity' } },
  ),
  'POST /v1/opportunities/:id/notes': act('sell', 'opportunity', () => ({ text: 'Called' })),
  'PUT /v1/opportunities/:id/probability': act('sell', 'opportunity', () => ({ value: 60 })),
  'DELETE /v1/opportunities/:id/probability': act('sell', 'opportunity'),
  'GET /v1/opportunities/:id/probability/explanation': read('opportunity'),
  'POST /v1/opportunities/:id/correct': act('manage', 'lost', () => ({
    reason: 'Misheard',
    note: 'Three weeks late',
  })),
  'POST /v1/opportunities/:id/qualify': act('sell', 'lead', ({ contactId }) => ({ contactId }), {
    names: ['contactId'],
  }),
  'POST /v1/opportunities/lose': {
    need: 'sell',
    body: (of) => ({ ids: [of.opportunityId], reasonId: of.reasonId }),
    names: ['opportunityId', 'reasonId'],
    anew: { opportunityId: 'opportunity' },
  },
  'POST /v1/opportunities/stage': {
    need: 'sell',
    body: (of) => ({ ids: [of.opportunityId], stageId: of.stageId }),
    names: ['opportunityId', 'stageId'],
    anew: { opportunityId: 'opportunity' },
  },
  'POST /v1/opportunities/assign': {
    need: 'sell',
    body: (of) => ({ ids: [of.opportunityId], teamId: of.teamId, salespersonId: of.userId }),
    names: ['opportunityId', 'teamId', 'userId'],
    anew: { opportunityId: 'opportunity' },
  },
}

const quotations: Readonly<Record<string, Row>> = {
  'GET /v1/quotations': read(undefined, (of) => [
    '',
    'count=true&limit=1',
    'status=draft,sent,expired,confirmed,declined,cancelled',
    `q=${of.word}`,
    `number=${of.word}-Q-0001`,
    `opportunityId=${of.opportunityId}`,
    `contactId=${of.contactId}`,
    `salesperson=${of.userId}`,
    `team=${of.teamId}`,
    `externalId=erp:${of.word}-1`,
    `attributes.region=${of.word}`,
    'validUntilFrom=2026-01-01&validUntilTo=2027-01-01&delivery=sent',
  ]),
  'POST /v1/quotations': create(
    'sell',
    (of) => ({
      contactId: of.contactId,
      opportunityId: of.opportunityId,
      invoiceAddressId: of.addressId,
      ...ofNewQuotation(of),
    }),
    ['contactId', 'opportunityId', 'addressId', ...inNewQuotation],
  ),
  'GET /v1/quotations/:id': read('sent'),
  'PATCH /v1/quotations/:id': act(
    'sell',
    'draft',
    (of) => ({ contactId: of.contactId, opportunityId: of.opportunityId, ...ofQuotation(of) }),
    { names: ['contactId', 'opportunityId', ...inQuotation] },
  ),
  'DELETE /v1/quotations/:id': act('sell', 'draft', undefined, { status: 204 }),
  'GET /v1/quotations/:id/document': read('sent', () => ['', 'format=pdf', 'version=1']),
  'GET /v1/quotations/:id/history': read('sent'),
  'POST /v1/quotations/:id/lines': act('sell', 'draft', lamp, {
    names: ['productId'],
    status: 201,
  }),
  'GET /v1/quotations/:id/lines/:lineId': read('line'),
  'PATCH /v1/quotations/:id/lines/:lineId': act(
    'sell',
    'line',
    ({ productId }) => ({ productId, quantity: '7' }),
    { names: ['productId'] },
  ),
  'DELETE /v1/quotations/:id/lines/:lineId': act('sell', 'line'),
  'POST /v1/quotations/:id/template': act(
    'sell',
    'draft',
    ({ templateId }) => ({ templateId, mode: 'replace' }),
    { names: ['templateId'] },
  ),
  'DELETE /v1/quotations/:id/template': act('sell', 'templated'),
  'POST /v1/quotations/:id/approval': act('sell', 'draft', () => ({ decision: 'request' })),
  'POST /v1/quotations/:id/options': act('sell', 'draft', lamp, {
    names: ['productId'],
    status: 201,
  }),
  'GET /v1/quotations/:id/options/:optionId': read('option'),
  'PATCH /v1/quotations/:id/options/:optionId': act(
    'sell',
    'option',
    ({ productId }) => ({ productId, quantity: '7' }),
    { names: ['productId'], unknownPart: 409 },
  ),
  'DELETE /v1/quotations/:id/options/:optionId': act('sell', 'option', undefined, {
    unknownPart: 409,
  }),
  'POST /v1/quotations/:id/options/:optionId/accept': act(
    'sell',
    'offeredOption',
    () => ({ quantity: '3' }),
    { unknownPart: 409 },
  ),
  'POST /v1/quotations/:id/options/:optionId/decline': act('sell', 'offeredOption', undefined, {
    unknownPart: 409,
  }),
  'POST /v1/quotations/:id/refresh-addresses': act('sell', 'draft'),
  'POST /v1/quotations/:id/send': act('sell', 'draft'),
  'POST /v1/quotations/:id/resend': act('sell', 'sent', () => ({ to: 'sara@example.com' }), {
    unremembered: 'what becomes of the mail is told later; that it goes once is tested with it',
  }),
  'POST /v1/quotations/:id/delivery/bounce': act('sell', 'mailed', () => ({ detail: 'Full' })),
  'POST /v1/quotations/:id/link': act('sell', 'sent'),
  'DELETE /v1/quotations/:id/link': act('sell', 'sent'),
  'POST /v1/quotations/:id/extend': act('sell', 'sent', () => ({
    validUntil: '2026-12-20',
    note: 'The board meets late',
  })),
  'POST /v1/quotations/:id/confirm': act('sell', 'sent', () => total),
  'POST /v1/quotations/:id/decline': act('sell', 'sent', ({ reasonId }) => ({ reasonId }), {
    names: ['reasonId'],
  }),
  'POST /v1/quotations/:id/cancel': act('sell', 'sent', () => ({ reason: 'Sold the house' })),
  'POST /v1/quotations/:id/return-to-draft': act('sell', 'cancelled'),
  'POST /v1/quotations/:id/revise': act('sell', 'sent'),
  'POST /v1/quotations/:id/discard-version': act('sell', 'revised'),
  'POST /v1/quotations/:id/duplicate': act('sell', 'sent', undefined, { status: 201 }),
  'POST /v1/quotations/:id/correct': act(
    'manage',
    'sent',
    ({ teamId }) => ({ reason: 'Misread', customerReference: 'PO-2', teamId }),
    { names: ['teamId'] },
  ),
  'POST /v1/quotations/send': {
    need: 'sell',
    body: (of) => ({ ids: [of.quotationId] }),
    names: ['quotationId'],
    anew: { quotationId: 'draft' },
  },
  'POST /v1/quotations/expire-due': {
    need: 'sell',
    unremembered: 'it records what has happened already, and never twice',
  },
  'GET /v1/orders': read(undefined, (of) => [
    '',
    'count=true&status=confirmed',
    `quotationId=${of.quotationId}`,
    `contactId=${of.contactId}`,
    `opportunityId=${of.opportunityId}`,
  ]),
  'GET /v1/orders/:number': read('order'),
}

const contacts: Readonly<Record<string, Row>> = {
  'GET /v1/contacts': read(undefined, (of) => [
    '',
    'count=true&limit=1',
    `q=${of.word}`,
    `parentId=${of.contactId}`,
    `externalId=erp:${of.word}-1`,
  ]),
  'POST /v1/contacts': create('sell', (of) => ({ name: 'Aftab', parentId: of.contactId }), [
    'contactId',
  ]),
  'GET /v1/contacts/:id': read('contact'),
  'PATCH /v1/contacts/:id': act('sell', 'contact', (of) => ({ parentId: of.contactId }), {
    names: ['contactId'],
  }),
  'POST /v1/contacts/:id/archive': act('sell', 'contact'),
  'POST /v1/contacts/:id/erase': act('manage', 'contact', () => ({ ground: 'Asked for' })),
  'POST /v1/erasures': {
    need: 'manage',
    body: (of) => ({ subject: of.contactId, ground: 'Asked for', requestedBy: 'the person' }),
    names: ['contactId'],
    anew: { contactId: 'contact' },
  },
  'GET /v1/audit/erasures': read(),
  'GET /v1/audit/access': read(undefined, () => ['', 'after=0&limit=5']),
  // What is handed over is told of in the log, so no two are alike.
  'GET /v1/audit/bundle': { need: 'manage' },
  'GET /v1/contacts/:id/history': read('contact'),
  'POST /v1/contacts/:id/addresses': act(
    'sell',
    'contact',
    () => ({ kind: 'delivery', street: '12 Enghelab', city: 'Shiraz' }),
    { status: 201 },
  ),
  'GET /v1/contacts/:id/addresses/:addressId': read('address'),
  'PATCH /v1/contacts/:id/addresses/:addressId': act('sell', 'address', () => ({ city: 'Yazd' })),
  'DELETE /v1/contacts/:id/addresses/:addressId': act('sell', 'address'),
  'PUT /v1/contacts/:id/addresses/:addressId/preferred': act('sell', 'address'),
}

const house: Readonly<Record<string, Row>> = {
  ...catalogue('/v1/lost-reasons', 'reason', () => ({ name: 'Too late' })),
  ...catalogue('/v1/products', 'product', () => ({ name: 'Lamp' })),
  ...catalogue('/v1/stages', 'stage', () => ({})),
  ...catalogue('/v1/teams', 'team', () => ({})),
  ...catalogue('/v1/templates', 'template', () => ({
    name: 'Office',
    lines: [item(rials('250000'))],
    options: [{ ...item(rials('90000')), quantity: '2', quantityEditable: true }],
  })),
  'POST /v1/stages': create('manage', ({ teamId }) => ({ name: 'Talks', position: 36, teamId }), [
    'teamId',
  ]),
  'POST /v1/teams': create('manage', (of) => ({ name: 'South', leaderId: of.userId }), ['userId']),
  'GET /v1/teams/:id/members': read('member'),
  'GET /v1/teams/:id/members/:userId': read('member'),
  'POST /v1/teams/:id/members': act('manage', 'team', ({ userId }) => ({ userId }), {
    names: ['userId'],
    status: 201,
  }),
  'PATCH /v1/teams/:id/members/:userId': act('manage', 'member', () => ({ paused: true })),
  'DELETE /v1/teams/:id/members/:userId': act('manage', 'member'),
  'PUT /v1/teams/:id/rules': act('manage', 'team', () => ({
    when: { field: 'country', op: 'eq', value: 'IR' },
  })),
  'GET /v1/assignment/settings': read(),
  'PUT /v1/assignment/settings': {
    need: 'manage',
    body: () => ({ mode: 'manual', maxAgeDays: 30 }),
  },
  'POST /v1/assignment/runs': create('manage', ({ teamId }) => ({ teamId, seed: 7 }), ['teamId']),
  'GET /v1/assignment/runs': read(undefined, () => ['', 'count=true&limit=1']),
  'GET /v1/assignment/runs/:id': read('run'),
  'GET /v1/exchange-rates': read(undefined, ({ quote }) => ['', `quote=${quote}`, 'count=true']),
  'GET /v1/exchange-rates/:base/:quote/:date': read('rate'),
  'PUT /v1/exchange-rates/:base/:quote/:date': act('manage', 'rate', () => ({ rate: '1.07' }), {
    isFree: true,
  }),
  'GET /v1/companies': read(undefined, listed),
  'POST /v1/companies': create('administer', () => ({ name: 'Third' })),
  'GET /v1/companies/:id': read('company'),
  'PATCH /v1/companies/:id': act(
    'administer',
    'company',
    ({ templateId }) => ({ defaultTaxRate: null, defaultTemplateId: templateId }),
    { names: ['templateId'] },
  ),
  'GET /v1/companies/:id/policies': read('company'),
  'PATCH /v1/companies/:id/policies': act('administer', 'company', () => ({ validityDays: 21 })),
  'GET /v1/companies/:id/mail-texts': read('company'),
  'PATCH /v1/companies/:id/mail-texts': act('administer', 'company', () => ({
    en: { subject: 'Offer {number}', text: '{link}' },
  })),
  'DELETE /v1/companies/:id': act('administer', 'company', undefined, { endsAll: true }),
  'POST /v1/companies/:id/archive': act('administer', 'company', undefined, { endsAll: true }),
  'GET /v1/users': read(undefined, listed),
  'POST /v1/users': create(
    'administer',
    ({ companyId }) => ({ name: 'Somebody', roles: [{ companyId, role: 'sales' }] }),
    ['companyId'],
  ),
  'GET /v1/users/:id': read('user'),
  'PATCH /v1/users/:id': act(
    'administer',
    'user',
    ({ companyId }) => ({ name: 'Renamed', roles: [{ companyId, role: 'analyst' }] }),
    { names: ['companyId'] },
  ),
  'DELETE /v1/users/:id': act('administer', 'user'),
  'POST /v1/users/:id/archive': act('administer', 'user'),
}

const log: Readonly<Record<string, Row>> = {
  'GET /v1/scoring/settings': read(),
  'PUT /v1/scoring/settings': {
    need: 'manage',
    body: () => ({ variables: ['country', 'tags'], model: 'logistic' }),
    isFree: true,
  },
  'POST /v1/scoring/rebuild': {
    need: 'administer',
    isFree: true,
    unremembered: 'it is no command: nothing in the log changes',
  },
  'GET /v1/scoring/frequencies': read(),
  'GET /v1/scoring/evaluation': read(),
  'GET /v1/reports/lost-reasons': read(undefined, ofOutcomes),
  'GET /v1/reports/win-rate': read(undefined, ofOutcomes),
  'GET /v1/reports/quotations': read(undefined, (of) => [
    ...cuts,
    'status=sent&groupBy=status,currency',
    ...dimensions(of),
  ]),
  'GET /v1/reports/pipeline': read(undefined, ofPipeline),
  'GET /v1/events': read(undefined, (of) => [
    '',
    'limit=200',
    `stream=opportunity-${of.opportunityId}`,
    `stream=company-${of.companyId}`,
    `stream=quotation-${of.quotationId}`,
    `actor=user:${of.userId}`,
    'type=NumberTaken',
    'type=RoleGranted',
    'type=ApiKeyIssued',
  ]),
  'GET /v1/streams/:stream/events': read('stream'),
  'GET /v1/audit/checkpoint': read(),
  'GET /v1/audit/late': read(undefined, () => ['', 'days=0&limit=200']),
  'GET /v1/audit/proofs/inclusion': read(undefined, () => ['', 'position=1']),
  'GET /v1/audit/proofs/consistency': read(undefined, () => ['', 'from=2&to=3']),
  'GET /v1/events/live': { need: 'read', isEndless: true },
  'GET /v1/projections': read(),
  'POST /v1/projections/:name/rebuild': {
    need: 'administer',
    at: 'projection',
    isFree: true,
    unremembered: 'it is no command: nothing in the log changes',
  },
  'PUT /v1/test/clock': {
    need: 'administer',
    body: () => ({ now: '2026-03-01T08:00:00.000Z' }),
    unremembered: 'it is no command: nothing in the log changes',
  },
  'GET /v1/public/quotations/:token': { need: 'public', at: 'link' },
  'GET /v1/public/quotations/:token/document': { need: 'public', at: 'link' },
  'POST /v1/public/quotations/:token/accept': act('public', 'link', () => ({
    name: 'Nasrin Rahimi',
    ...total,
  })),
  'POST /v1/public/quotations/:token/questions': act('public', 'link', () => ({
    text: 'Are they assembled?',
  })),
  'POST /v1/public/quotations/:token/options/:optionId/accept': act('public', 'optionLink', () => ({
    quantity: '3',
  })),
  'POST /v1/public/quotations/:token/options/:optionId/decline': act('public', 'optionLink'),
  'POST /v1/public/quotations/:token/decline': act('public', 'link', () => ({
    reason: 'Bought elsewhere',
  })),
}

const around = [
  'GET /',
  'GET /docs',
  'GET /docs/json',
  'GET /docs/yaml',
  'GET /docs/static/index.html',
  'GET /docs/static/swagger-initializer.js',
  'GET /docs/static/*',
  'GET /openapi.json',
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
]

export const rows: Readonly<Record<string, Row>> = {
  ...opportunities,
  ...quotations,
  ...contacts,
  ...house,
  ...log,
  ...Object.fromEntries(around.map((route) => [route, { need: 'nobody' as const }])),
}

/** A body whose parts belong to the company, with records of its own where they are to change. */
export const bodyFor = async ({ body, anew = {} }: Row, { named, make }: Company) => {
  const fresh: [string, string | undefined][] = []
  for (const [name, maker] of Object.entries(anew)) fresh.push([name, (await make[maker]())['id']])
  return body?.({ ...named, ...Object.fromEntries(fresh) })
}

export const pathFor = async ({ at }: Row, { make }: Company): Promise<Path> =>
  at === undefined ? pathOfNothing : make[at]()

/** An address with a path in it; a star stands for a file that there is. */
export const filled = (url: string, path: Path): string =>
  url
    .replace('*', 'swagger-ui.css')
    .replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(path[name] ?? name))

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { right, type SampleCompany, sampleCompany, scope } from '../sample-company.ts'
import { acme, idOf, north, rival, sara } from '../sample-log.ts'

let company: SampleCompany
beforeEach(async () => {
  company = await sampleCompany()
})
afterEach(() => company[Symbol.asyncDispose]())

describe('the catalogue', () => {
  test('is listed by position, then by age', async () => {
    const stageCreated = (n: number, position: number) =>
      company.log.tell('stage', idOf('S', n), [
        { type: 'StageCreated', data: { name: `Stage ${n}`, position, won: false, folded: false } },
      ])
    await stageCreated(1, 2)
    await stageCreated(2, 1)
    await stageCreated(3, 1)
    await company.upToDate()
    const { items } = right(await company.projections.query.stages.list(scope))
    expect(items.map(({ id }) => id)).toEqual([2, 3, 1].map((n) => idOf('S', n)))
  })

  test('shows a team with those who are in it', async () => {
    await company.log.tell('team', north, [
      { type: 'TeamCreated', data: { name: 'North', position: 1 } },
      { type: 'MemberJoined', data: { userId: sara, capacityPerDay: 5 } },
      { type: 'MemberRevised', data: { userId: sara, capacityPerDay: null, paused: true } },
    ])
    await company.upToDate()
    expect(await company.projections.query.teams.get(north, scope)).toMatchObject({
      name: 'North',
      members: [{ userId: sara, paused: true }],
    })
  })

  test('shows the policies in force, those that were never set too', async () => {
    await company.log.tell('company', acme, [
      {
        type: 'CompanyCreated',
        data: {
          name: 'Acme',
          currency: 'IRR',
          zone: 'Asia/Tehran',
          language: 'fa',
          calendar: 'jalali',
          weekStartsOn: 'saturday',
          moneyUnit: 'rial',
        },
      },
      { type: 'PoliciesSet', data: { features: { leads: false }, validityDays: 14 } },
    ])
    await company.upToDate()
    expect(await company.projections.query.companies.get(acme, scope)).toMatchObject({
      calendar: 'jalali',
      policies: {
        features: { leads: false, scoring: true },
        validityDays: 14,
        requireLostReason: true,
      },
    })
    expect(await company.projections.query.companies.get(acme, { company: rival })).toBeUndefined()
  })

  test('shows a company its own templates and those that all share', async () => {
    const created = (name: string, more: object = {}) => [
      { type: 'TemplateCreated', data: { name, lines: [], options: [], ...more } },
    ]
    const [own, shared, foreign] = [1, 2, 3].map((n) => idOf('T', n))
    const externalIds = [{ system: 'odoo', id: '17' }]
    await company.log.tell('template', String(own), created('Office', { validityDays: 15 }))
    await company.log.tell('template', String(shared), created('Cover', { externalIds }), {
      company: null,
    })
    await company.log.tell('template', String(foreign), created('Theirs', { externalIds }), {
      company: rival,
    })
    await company.upToDate()
    const { templates } = company.projections.query
    const listed = right(await templates.list(scope)).items
    expect(listed).toMatchObject([
      { id: own, company: acme, validityDays: 15, externalIds: [], attributes: {} },
      { id: shared, externalIds },
    ])
    expect(listed[1]).not.toHaveProperty('company')
    expect(await templates.get(String(foreign), scope)).toBeUndefined()
    const known = { filters: { externalId: { system: 'odoo', id: '17' } } }
    expect(right(await templates.list(scope, known)).items).toMatchObject([{ id: shared }])
  })

  test('knows an API key by its hash, and never shows it', async () => {
    const id = idOf('F', 1)
    const hash = 'a'.repeat(64)
    await company.log.tell('apikey', id, [
      {
        type: 'ApiKeyIssued',
        data: { name: 'Desk', hash, userId: sara, companyIds: [acme], delegate: false },
      },
    ])
    await company.upToDate()
    const key = await company.projections.query.apiKeys.byHash(hash)
    expect(key).toMatchObject({ id, userId: sara, archived: false })
    expect(key).not.toHaveProperty('hash')
    expect(right(await company.projections.query.apiKeys.list({ company: rival })).items).toEqual(
      [],
    )
  })

  test('shows of a user the roles in this company alone', async () => {
    await company.log.tell('user', sara, [
      { type: 'UserRegistered', data: { name: 'Sara' } },
      { type: 'RoleGranted', data: { companyId: acme, role: 'manager' } },
      { type: 'RoleGranted', data: { companyId: rival, role: 'auditor' } },
    ])
    await company.upToDate()
    const { users } = company.projections.query
    expect((await users.get(sara, scope))?.roles).toEqual([{ companyId: acme, role: 'manager' }])
    expect((await users.get(sara, { ...scope, everywhere: true }))?.roles).toHaveLength(2)
    expect(await users.get(sara, { company: idOf('C', 3) })).toBeUndefined()
  })
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { right, type SampleCompany, sampleCompany, scope } from '../sample-company.ts'
import { idOf, on, rials, rival } from '../sample-log.ts'
import { ContactView } from '../views/contact.ts'

let company: SampleCompany
beforeEach(async () => {
  company = await sampleCompany()
})
afterEach(() => company[Symbol.asyncDispose]())

describe('what belongs to another company', () => {
  test('is not seen, counted, listed or told (O18)', async () => {
    await company.opens(1)
    await company.loses(1)
    await company.upToDate()
    const elsewhere = { company: rival }
    const { query } = company.projections
    expect(await query.opportunities.get(idOf('A', 1), elsewhere)).toBeUndefined()
    expect(await query.opportunities.get(idOf('A', 1), elsewhere, { position: 1 })).toBeUndefined()
    expect(await query.opportunities.history(idOf('A', 1), elsewhere)).toBeUndefined()
    expect(right(await query.opportunities.list(elsewhere, { count: true })).total).toBe(0)
    expect(right(await query.events(elsewhere)).items).toEqual([])
    expect(right(await query.reports.lostReasons(elsewhere)).totals).toMatchObject({ count: 0 })
  })
})

test('a stretch of time does not end before it begins', async () => {
  const { query } = company.projections
  const days = { from: '2026-02-01', to: '2026-01-31' }
  const backwards = { left: { type: 'InvalidRequest', errors: [{ pointer: '/to' }] } }
  expect(await query.opportunities.list(scope, { filters: days })).toMatchObject(backwards)
  expect(await query.reports.lostReasons(scope, days)).toMatchObject(backwards)
  expect(await query.reports.winRate(scope, days)).toMatchObject(backwards)
  expect(await query.events(scope, days)).toMatchObject(backwards)
})

describe('what may be the same sale', () => {
  const twins = async (n: number) =>
    (await company.projections.query.opportunities.duplicates(idOf('A', n), scope))?.map(
      ({ id, same }) => [id, same],
    )

  test('shares a mail address or a phone number, however they are typed', async () => {
    await company.opens(1, { email: 'Sara@Example.com', phone: '+98 21 1234 5678' })
    await company.opens(2, { email: 'sara@example.com', phone: '۰۲۱۱۲۳۴۵۶۷۸' })
    await company.opens(3, { phone: '02112345678' })
    await company.opens(4)
    await company.upToDate()
    expect(await twins(1)).toEqual([
      [idOf('A', 2), ['email', 'phone']],
      [idOf('A', 3), ['phone']],
    ])
    expect(await twins(4)).toEqual([])
    expect(await company.projections.query.opportunities.duplicates(idOf('A', 9), scope)).toBe(
      undefined,
    )
  })

  test('is not what everybody shares', async () => {
    for (let n = 0; n < 22; n += 1) await company.opens(n, { email: 'info@example.com' })
    await company.upToDate()
    expect(await twins(0)).toEqual([])
  })
})

describe('reading page by page (O27)', () => {
  test('shows each row that stays exactly once, whatever comes and goes', async () => {
    for (let n = 0; n < 200; n += 1) await company.opens(n)
    await company.upToDate()
    const { list } = company.projections.query.opportunities
    const request = { sort: 'createdAt', limit: 50 } as const
    const seen: string[] = []
    let next: string | undefined
    for (let page = 0; page < 10; page += 1) {
      const answer = right(await list(scope, { ...request, ...(next && { cursor: next }) }))
      seen.push(...answer.items.map(({ id }) => id))
      next = answer.next
      if (next === undefined) break
      if (page === 0) {
        for (let n = 200; n < 210; n += 1) await company.opens(n)
        for (let n = 195; n < 200; n += 1) {
          await company.log.ask(idOf('A', n), {
            type: 'WithdrawOpportunity',
            data: { reason: 'twice', ...on('2026-01-11') },
          })
        }
        await company.upToDate()
      }
    }
    expect(next).toBeUndefined()
    expect(new Set(seen).size).toBe(seen.length)
    const old = Array.from({ length: 195 }, (_, n) => idOf('A', n))
    expect(seen.filter((id) => old.includes(id))).toEqual(old)
  })

  test('is refused beyond the largest page, and below the smallest', async () => {
    const { list } = company.projections.query.opportunities
    for (const limit of [1_000_000, 0, -1, 1.5, Number.NaN]) {
      expect(await list(scope, { limit })).toMatchObject({
        left: { type: 'InvalidRequest', errors: [{ pointer: '/limit' }] },
      })
    }
  })

  test('takes no cursor that is forged, of another list or of another company', async () => {
    for (let n = 0; n < 3; n += 1) await company.opens(n)
    await company.upToDate()
    const { opportunities, contacts } = company.projections.query
    const { next: cursor = '' } = right(await opportunities.list(scope, { limit: 1 }))
    const refused = { left: { errors: [{ pointer: '/cursor' }] } }
    const forged = Buffer.from('["opportunity",null,1]').toString('base64url')
    expect(await opportunities.list(scope, { cursor: forged })).toMatchObject(refused)
    expect(await opportunities.list(scope, { cursor: `${cursor}A` })).toMatchObject(refused)
    expect(await opportunities.list(scope, { cursor, sort: 'title' })).toMatchObject(refused)
    expect(await opportunities.list({ company: rival }, { cursor })).toMatchObject(refused)
    expect(await contacts.list(scope, { cursor })).toMatchObject(refused)
    expect(right(await opportunities.list(scope, { cursor })).items).toHaveLength(2)
  })

  test('ends with the rows that have nothing to be sorted by, either way round', async () => {
    await company.opens(1, { expectedRevenue: rials(5) })
    await company.opens(2)
    await company.opens(3, { expectedRevenue: rials(7) })
    await company.opens(4)
    await company.upToDate()
    const all = async (sort: 'expectedRevenue' | '-expectedRevenue') => {
      const seen: string[] = []
      let next: string | undefined
      do {
        const answer = right(
          await company.projections.query.opportunities.list(scope, {
            sort,
            limit: 1,
            ...(next && { cursor: next }),
          }),
        )
        seen.push(...answer.items.map(({ id }) => id))
        next = answer.next
      } while (next !== undefined)
      return seen
    }
    expect(await all('expectedRevenue')).toEqual([1, 3, 2, 4].map((n) => idOf('A', n)))
    expect(await all('-expectedRevenue')).toEqual([3, 1, 4, 2].map((n) => idOf('A', n)))
  })
})

describe('finding', () => {
  test('goes by what was meant, not by how it was typed', async () => {
    await company.opens(1, { companyName: 'شرکت یکتا', source: 'Web', phone: '+98 21 1234 5678' })
    await company.opens(2, { companyName: 'Other', source: 'fair' })
    await company.upToDate()
    const found = async (filters: object) =>
      right(await company.projections.query.opportunities.list(scope, { filters })).items.map(
        ({ id }) => id,
      )
    expect(await found({ q: 'شركت‌يكتا' })).toEqual([idOf('A', 1)])
    expect(await found({ q: '۰۲۱۱۲۳۴' })).toEqual([idOf('A', 1)])
    expect(await found({ source: 'WEB' })).toEqual([idOf('A', 1)])
    expect(await found({ source: ['web', 'Fair'] })).toHaveLength(2)
    expect(await found({ medium: null })).toHaveLength(2)
    expect(await found({ q: `'; DROP VIEW opportunity; --` })).toEqual([])
  })

  test('goes by tags, products, own fields and ids of other systems', async () => {
    const externalIds = [{ system: 'maven', id: 'X 1' }]
    const product = idOf('P', 1)
    await company.opens(1, {
      tags: ['new', 'Large'],
      attributes: { size: 12, vip: true },
      externalIds,
    })
    await company.opens(2, { tags: ['old'], productIds: [product], attributes: { size: 'big' } })
    await company.upToDate()
    const found = async (filters: object) =>
      right(await company.projections.query.opportunities.list(scope, { filters })).items.map(
        ({ id }) => id,
      )
    expect(await found({ tag: 'large' })).toEqual([idOf('A', 1)])
    expect(await found({ product })).toEqual([idOf('A', 2)])
    expect(await found({ attributes: { size: '12' } })).toEqual([idOf('A', 1)])
    expect(await found({ attributes: { size: 'BIG' } })).toEqual([idOf('A', 2)])
    expect(await found({ attributes: { vip: 'true' } })).toEqual([idOf('A', 1)])
    expect(await found({ attributes: { vip: null } })).toEqual([idOf('A', 2)])
    expect(await found({ externalId: externalIds[0] })).toEqual([idOf('A', 1)])
  })
})

describe('a contact', () => {
  test('is answered with its addresses, and found by mail and phone', async () => {
    const id = idOf('B', 1)
    const address = {
      addressId: idOf('D', 1),
      kind: 'invoice',
      street: 'Valiasr 1',
      city: 'Tehran',
    }
    await company.log.tell('contact', id, [
      {
        type: 'ContactRegistered',
        data: {
          name: 'Ali Reza',
          isCompany: false,
          email: 'Ali@Example.com',
          mobile: '0912 345 6789',
          identifiers: [{ kind: 'nationalId', value: '1234567890' }],
        },
      },
      { type: 'AddressAdded', data: address },
      { type: 'AddressPreferred', data: { addressId: address.addressId } },
    ])
    await company.upToDate()
    const { contacts } = company.projections.query
    expect(ContactView.parse(await contacts.get(id, scope))).toMatchObject({
      name: 'Ali Reza',
      addresses: [{ id: address.addressId, city: 'Tehran', preferred: true, archived: false }],
      warnings: [{ code: 'CheckDigitWrong', field: 'identifiers/0' }],
    })
    for (const filters of [
      { email: 'ali@example.COM' },
      { phone: '+989123456789' },
      { q: 'alireza' },
    ]) {
      expect(right(await contacts.list(scope, { filters })).items).toHaveLength(1)
    }
  })
})

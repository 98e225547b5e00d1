import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { right, type SampleCompany, sampleCompany, scope } from '../sample-company.ts'
import { idOf, on, rival } from '../sample-log.ts'
import { ali, foundsAcme, item, type Offers, offersIn, quotationId } from '../sample-offers.ts'
import { QuotationListItem } from '../views/quotation.ts'
import type { QuotationFilters } from './queries.ts'

let company: SampleCompany
let offers: Offers
beforeEach(async () => {
  company = await sampleCompany()
  offers = offersIn(company.log)
  await foundsAcme(company.log)
})
afterEach(() => company[Symbol.asyncDispose]())

const listed = async (filters: QuotationFilters) => {
  const { list } = company.projections.query.quotations
  const { items } = right(await list(scope, { filters, sort: 'createdAt' }))
  return items.map((each) => QuotationListItem.parse(each).id)
}
const ids = (...numbers: readonly number[]) => numbers.map(quotationId)

describe('the list of quotations', () => {
  beforeEach(async () => {
    await company.opens(1)
    await offers.drafts(1, {
      opportunityId: idOf('A', 1),
      subject: 'میز اداری',
      salespersonId: idOf('E', 1),
      teamId: idOf('T', 1),
      externalIds: [{ system: 'sap', id: '7' }],
      attributes: { size: 12 },
    })
    await offers.drafts(2, { lines: [{ line: item(1, 3000) }], customerReference: 'PO 99' })
    await offers.sends(2, { validUntil: '2026-01-15' })
    await offers.drafts(3, {
      lines: [{ line: item(1, 0, { unitPrice: { amount: '20.50', currency: 'EUR' } }) }],
      currency: 'EUR',
      digits: 2,
      contactId: idOf('B', 2),
    })
    await offers.sends(3, { validUntil: '2026-02-15' })
    await offers.drafts(4)
    await offers.asks(4, { type: 'DeleteQuotation', data: on('2026-01-10') })
    await company.upToDate()
  })

  test.for([
    [{}, [1, 2, 3]],
    [{ status: 'draft' }, [1]],
    [{ status: ['sent', 'draft'] }, [1, 2, 3]],
    [{ status: 'confirmed' }, []],
    [{ opportunityId: idOf('A', 1) }, [1]],
    [{ opportunityId: null }, [2, 3]],
    [{ opportunityId: [null, idOf('A', 1)] }, [1, 2, 3]],
    [{ contactId: idOf('B', 2) }, [3]],
    [{ salesperson: idOf('E', 1) }, [1]],
    [{ salesperson: null }, [2, 3]],
    [{ team: idOf('T', 1) }, [1]],
    [{ currency: 'EUR' }, [3]],
    [{ number: 'Q-1404-0003' }, [3]],
    [{ q: 'ميز‌اداري' }, [1]],
    [{ q: 'po99' }, [2]],
    [{ q: 'رضایی' }, [2, 3]],
    [{ q: '1404-0003' }, [3]],
    [{ validUntilFrom: '2026-01-16' }, [3]],
    [{ validUntilTo: '2026-01-16' }, [2]],
    [{ validUntilFrom: '2026-01-15', validUntilTo: '2026-01-15' }, [2]],
    [{ delivery: 'sent' }, [2, 3]],
    [{ delivery: 'none' }, [1]],
    [{ externalId: { system: 'sap', id: '7' } }, [1]],
    [{ attributes: { size: '12' } }, [1]],
  ] as const)('answers %j', async ([filters, expected]) => {
    expect(await listed(filters as QuotationFilters)).toEqual(ids(...expected))
  })

  test('finds a draft by the name of its contact', async () => {
    await company.log.tell('contact', ali, [
      {
        type: 'ContactRegistered',
        data: { name: 'شرکت یکتا', isCompany: true },
      },
    ])
    await company.upToDate()
    expect(await listed({ q: 'یکتا' })).toEqual(ids(1, 2))
  })

  test.for([
    ['createdAt', [1, 2, 3]],
    ['updatedAt', [1, 2, 3]],
    ['number', [2, 3, 1]],
    ['-number', [3, 2, 1]],
    ['total', [3, 1, 2]],
    ['-total', [2, 1, 3]],
    ['validUntil', [2, 3, 1]],
    ['-sentAt', [3, 2, 1]],
  ] as const)('is read page by page in the order of %s', async ([sort, expected]) => {
    const { list } = company.projections.query.quotations
    const seen: string[] = []
    let next: string | undefined
    do {
      const page = right(
        await list(scope, { sort, limit: 1, count: true, ...(next && { cursor: next }) }),
      )
      expect(page.total).toBe(3)
      seen.push(...page.items.map(({ id }) => id))
      next = page.next
    } while (next !== undefined)
    expect(seen).toEqual(ids(...expected))
  })

  test('shows nothing to another company (O18)', async () => {
    const elsewhere = { company: rival }
    const { quotations, orders } = company.projections.query
    expect(right(await quotations.list(elsewhere, { count: true }))).toMatchObject({ total: 0 })
    expect(await quotations.get(quotationId(1), elsewhere)).toBeUndefined()
    expect(await quotations.get(quotationId(1), elsewhere, {})).toBeUndefined()
    expect(await quotations.history(quotationId(1), elsewhere)).toBeUndefined()
    expect(await quotations.ofOpportunity(idOf('A', 1), elsewhere)).toEqual([])
    expect(right(await orders.list(elsewhere)).items).toEqual([])
    expect(await quotations.get(quotationId(4), scope)).toBeUndefined()
  })

  test('does not take days that end before they begin', async () => {
    const { list } = company.projections.query.quotations
    const filters = { validUntilFrom: '2026-02-01', validUntilTo: '2026-01-01' }
    expect(await list(scope, { filters })).toMatchObject({ left: { type: 'InvalidRequest' } })
  })
})

/**
 * Records over HTTP: made, changed, read now and in any past, and repeated without harm.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rials } from './testing/offers.ts'
import { type Made, type Served, serve } from './testing/served.ts'

let server: Served
beforeAll(async () => {
  server = await serve({ language: 'en' })
})
afterAll(() => server[Symbol.asyncDispose]())

const post = (path: string, body?: unknown, headers?: Record<string, string>) =>
  server.call<Made & Record<string, unknown>>('POST', `/v1${path}`, body, headers)
const make = (path: string, body: unknown) => server.done('POST', `/v1${path}`, body)
const open = (fields: object = {}) => make('/opportunities', { title: 'Twelve desks', ...fields })

describe('a record that is made', () => {
  test('is answered as GET gives it, with its address and revision', async () => {
    const made = await post('/opportunities', { title: 'Twelve desks', phone: '021 5550 0100' })
    expect(made.status).toBe(201)
    const { id } = made.body
    expect(made.headers.get('location')).toBe(`/v1/opportunities/${id}`)
    expect(made.headers.get('etag')).toBe('"0"')
    expect(made.headers.get('cache-control')).toBe('no-store')
    expect(made.headers.get('forsat-position')).toMatch(/^\d+$/)
    const read = await server.call('GET', `/v1/opportunities/${id}`)
    expect(read).toMatchObject({ status: 200, body: made.body })
    expect(read.headers.get('etag')).toBe('"0"')
  })

  test('keeps text as it was typed, in Unicode NFC', async () => {
    const title = 'می‌خواهم Cafe\u0301'
    expect(await open({ title })).toMatchObject({ title: title.normalize('NFC') })
  })

  test('may have happened before, at any offset', async () => {
    const occurredAt = '2026-02-01T01:30:00+03:30'
    expect(await open({ occurredAt })).toMatchObject({
      createdAt: '2026-01-31T22:00:00.000Z',
      createdOn: '2026-02-01',
    })
  })

  test.each([
    ['said to be qualified before it was there', { occurredAt: '2025-01-01T08:00:00Z' }, {}, 409],
    ['changed by somebody who was faster', {}, { 'if-match': '"7"' }, 412],
  ])('leaves no contact over where the lead was %s', async (_why, more, headers, status) => {
    const { id } = await open({ kind: 'lead', contactName: 'Nasrin Rahimi' })
    const before = await server.forsat.store.head()
    const body = { createContact: true, ...more }
    const answer = await server.call('POST', `/v1/opportunities/${id}/qualify`, body, headers)
    expect(answer.status).toBe(status)
    expect(await server.forsat.store.head()).toBe(before)
  })

  test('may be a lead, which is qualified with the contact that it tells of', async () => {
    const lead = { kind: 'lead', contactName: 'Nasrin Rahimi', email: 'n@aftab.example' }
    const { id } = await open(lead)
    expect(await post(`/opportunities/${id}/win`)).toMatchObject({
      status: 409,
      body: { code: 'LeadNotQualified' },
    })
    const qualified = await post(`/opportunities/${id}/qualify`, { createContact: true })
    expect(qualified).toMatchObject({ status: 200, body: { kind: 'opportunity' } })
    const contactId = String(qualified.body['contactId'])
    expect(await server.read(`/v1/contacts/${contactId}`)).toMatchObject({
      name: 'Nasrin Rahimi',
      isCompany: false,
      email: 'n@aftab.example',
    })
  })
})

describe('a change', () => {
  test('touches only what it names, and null clears', async () => {
    const { id } = await open({ source: 'fair', nextStep: 'Call' })
    const type = { 'content-type': 'application/merge-patch+json' }
    const changed = await server.call(
      'PATCH',
      `/v1/opportunities/${id}`,
      { nextStep: null, tags: ['oak'] },
      type,
    )
    expect(changed).toMatchObject({ status: 200, body: { source: 'fair', tags: ['oak'] } })
    expect(changed.body).not.toHaveProperty('nextStep')
    expect(changed.headers.get('etag')).toBe('"1"')
  })

  test('is refused where somebody else was faster: 412 to those who named a revision', async () => {
    const { id } = await open()
    const note = (revision: string) =>
      post(`/opportunities/${id}/notes`, { text: 'Called' }, { 'if-match': `"${revision}"` })
    expect((await note('0')).status).toBe(200)
    expect(await note('0')).toMatchObject({
      status: 412,
      body: { code: 'RevisionConflict', expected: 0, current: 1 },
    })
    expect((await note('1')).status).toBe(200)
  })

  test('that is repeated with its key is carried out once, also after a restart', async () => {
    const body = { title: 'Once' }
    const key = { 'idempotency-key': 'order-17' }
    const first = await post('/opportunities', body, key)
    const again = await post('/opportunities', body, key)
    expect(again).toMatchObject({ status: 201, body: first.body })
    await server.restartWithoutReadModels()
    expect(await post('/opportunities', body, key)).toMatchObject({ status: 201, body: first.body })
    expect(await post('/opportunities', { title: 'Twice' }, key)).toMatchObject({
      status: 422,
      body: { code: 'IdempotencyKeyReused' },
    })
  })

  test('of many with one key is carried out once for each', async () => {
    const ids = [(await open()).id, (await open()).id]
    const stages = await server.read<{ items: readonly Made[] }>('/v1/stages')
    const stageId = stages.items[1]?.id
    const key = { 'idempotency-key': 'stage-2' }
    const first = await post('/opportunities/stage', { ids, stageId }, key)
    const head = await server.forsat.store.head()
    expect(await post('/opportunities/stage', { ids, stageId }, key)).toMatchObject({
      status: 200,
      body: first.body,
    })
    expect(await server.forsat.store.head()).toBe(head)
    const other = { ids, stageId: stages.items[2]?.id }
    expect(await post('/opportunities/stage', other, key)).toMatchObject({ status: 422 })
  })
})

describe('the life of an opportunity', () => {
  test('runs over stages to a win and back', async () => {
    const { id } = await open({ expectedRevenue: { amount: '5000', currency: 'IRR' } })
    const path = `/opportunities/${id}`
    const { items } = await server.read<{ items: readonly (Made & { won: boolean })[] }>(
      '/v1/stages',
    )
    const stage = (won: boolean) => items.find((each) => each.won === won)?.id
    expect(await post(`${path}/stage`, { stageId: stage(true) })).toMatchObject({
      status: 200,
      body: { outcome: 'won', won: { revenue: { amount: '5000' } }, probability: { value: 100 } },
    })
    expect(await post(`${path}/lose`, {})).toMatchObject({
      status: 409,
      body: { code: 'OpportunityWon' },
    })
    expect(await post(`${path}/stage`, { stageId: stage(false) })).toMatchObject({
      body: { outcome: 'open' },
    })
    expect(
      await post(`${path}/win`, { revenue: { amount: '6000', currency: 'IRR' } }),
    ).toMatchObject({ body: { outcome: 'won', won: { basis: 'given' } } })
    const correction = { reason: 'A zero was lost', revenue: { amount: '60000', currency: 'IRR' } }
    expect(await post(`${path}/correct`, correction)).toMatchObject({
      body: { won: { revenue: { amount: '60000' } } },
    })
  })

  test('has a probability by hand or by the model, never a certain one', async () => {
    const { id } = await open()
    const path = `/v1/opportunities/${id}/probability`
    expect(await server.call('PUT', path, { value: 62.5 })).toMatchObject({
      body: { probability: { value: 62.5, mode: 'manual' } },
    })
    expect(await server.call('PUT', path, { value: 100 })).toMatchObject({
      status: 409,
      body: { code: 'ProbabilityNotCertain' },
    })
    expect(await server.call('PUT', path, { value: 50.125 })).toMatchObject({ status: 400 })
    expect(await server.call('DELETE', path)).toMatchObject({
      status: 200,
      body: { probability: { mode: 'automatic' } },
    })
  })

  test('may end in another one', async () => {
    const survivor = await open({ source: 'fair' })
    const double = await open({ industry: 'hotels' })
    const merged = await post(`/opportunities/${survivor.id}/merge`, { from: [double.id] })
    expect(merged).toMatchObject({ status: 200, body: { industry: 'hotels', source: 'fair' } })
    expect(await server.read(`/v1/opportunities/${double.id}`)).toMatchObject({
      outcome: 'merged',
      mergedInto: survivor.id,
    })
    expect(await post(`/opportunities/${double.id}/win`)).toMatchObject({
      status: 409,
      body: { code: 'OpportunityMerged', into: survivor.id },
    })
  })

  test('knows others that may be the same sale', async () => {
    const one = await open({ title: 'Desks', email: 'sara@example.net', phone: '021 777 8899' })
    const two = await open({ title: 'desks!', email: 'Sara@example.net' })
    expect(await server.read(`/v1/opportunities/${one.id}/duplicates`)).toMatchObject({
      items: [{ id: two.id, same: ['email'] }],
    })
    await post(`/opportunities/${one.id}/merge`, { from: [two.id] })
    expect(await server.read(`/v1/opportunities/${one.id}/duplicates`)).toEqual({ items: [] })
  })

  test('leaves the lists when it is withdrawn, not its history', async () => {
    const { id } = await open({ title: 'Withdrawn' })
    const reason = 'Entered twice'
    expect(await server.call('DELETE', `/v1/opportunities/${id}`, { reason })).toMatchObject({
      status: 200,
      body: { outcome: 'withdrawn' },
    })
    expect(await server.call('DELETE', `/v1/opportunities/${id}`)).toMatchObject({ status: 400 })
    expect(await server.read('/v1/opportunities?q=Withdrawn')).toEqual({ items: [] })
    expect(await server.read('/v1/opportunities?q=Withdrawn&outcome=withdrawn')).toMatchObject({
      items: [{ id }],
    })
    const history = await server.read<{ items: readonly unknown[] }>(
      `/v1/opportunities/${id}/history`,
    )
    expect(history.items).toMatchObject([
      { type: 'OpportunityOpened' },
      { type: 'OpportunityWithdrawn', reason },
    ])
  })
})

describe('the past', () => {
  test('is what was recorded by then, or what had happened by then', async () => {
    await server.at('2026-03-02T08:00:00.000Z')
    const { id } = await open({ source: 'fair', occurredAt: '2026-02-01T08:00:00Z' })
    await server.at('2026-03-03T08:00:00.000Z')
    await server.done('PATCH', `/v1/opportunities/${id}`, { source: 'web' })
    const path = `/v1/opportunities/${id}`
    expect(await server.read(`${path}?asOf=2026-03-02T12:00:00Z`)).toMatchObject({ source: 'fair' })
    expect(await server.read(`${path}?asOf=2026-03-02T15:30:00+03:30`)).toMatchObject({
      source: 'fair',
    })
    expect(await server.call('GET', `${path}?asOf=2026-03-01T12:00:00Z`)).toMatchObject({
      status: 404,
    })
    expect(await server.read(`${path}?effectiveAt=2026-02-02T00:00:00Z`)).toMatchObject({
      source: 'fair',
      revision: 0,
    })
    expect(await server.read(path)).toMatchObject({ source: 'web', revision: 1 })
    const at = await server.read<{ items: readonly { position: string }[] }>(
      `/v1/streams/opportunity-${id}/events`,
    )
    const position = at.items[0]?.position
    expect(await server.read(`${path}?atPosition=${position}`)).toMatchObject({ source: 'fair' })
  })

  test('is waited for, and what is not there yet is 503', async () => {
    const head = await server.forsat.store.head()
    expect((await server.call('GET', `/v1/opportunities?minPosition=${head}`)).status).toBe(200)
    const early = await server.call('GET', `/v1/opportunities?minPosition=${head + 1}`)
    expect(early).toMatchObject({ status: 503, body: { code: 'NotReady' } })
    expect(early.headers.get('retry-after')).toBe('1')
  })
})

describe('a contact', () => {
  test('has addresses of its own', async () => {
    const { id } = await make('/contacts', { name: 'Aftab', isCompany: true, country: 'ایران' })
    const path = `/contacts/${id}/addresses`
    const added = await post(path, { kind: 'invoice', street: '12 Enghelab', city: 'Shiraz' })
    expect(added).toMatchObject({ status: 201, body: { kind: 'invoice', preferred: false } })
    const address = `/v1${path}/${added.body.id}`
    expect(added.headers.get('location')).toBe(address)
    expect(await server.read(address)).toEqual(added.body)
    expect(await server.done('PATCH', address, { city: 'Yazd' })).toMatchObject({ city: 'Yazd' })
    expect(await server.done('PUT', `${address}/preferred`)).toMatchObject({ preferred: true })
    expect(await server.done('DELETE', address)).toMatchObject({ archived: true })
    expect(await server.read(`/v1/contacts/${id}`)).toMatchObject({
      country: 'IR',
      addresses: [{ id: added.body.id, archived: true }],
    })
    expect(await server.read('/v1/contacts?isCompany=true&q=aftab')).toMatchObject({
      items: [{ id }],
    })
  })

  test('is known to another system by one id alone', async () => {
    const externalIds = [{ system: 'erp', id: '4711' }]
    const { id } = await make('/contacts', { name: 'Aftab', externalIds })
    expect(await server.read('/v1/contacts?externalId=erp:4711')).toMatchObject({ items: [{ id }] })
    expect(await post('/contacts', { name: 'Other', externalIds })).toMatchObject({
      status: 409,
      body: { code: 'ExternalIdTaken', by: id },
    })
  })
})

describe('whom a company sells to', () => {
  test.each<[string, object]>([
    ['/email', { email: `${'x'.repeat(200)}@aftab.example` }],
    ['/email', { email: 'sales\u0001@aftab.example' }],
    ['/phone', { phone: '021\n12345678' }],
    ['/mobile', { mobile: '0912\t1234567' }],
  ])('is written to at what one line can hold: %s', async (pointer, fields) => {
    expect(await post('/contacts', { name: 'Aftab', ...fields })).toMatchObject({
      status: 400,
      body: { code: 'InvalidRequest', errors: [{ pointer }] },
    })
  })
})

describe('what a company sells with', () => {
  test('is known to other systems by one id alone, and carries fields of the company, whatever it is', async () => {
    for (const path of [
      '/companies',
      '/users',
      '/teams',
      '/stages',
      '/lost-reasons',
      '/products',
      '/templates',
      '/contacts',
      '/opportunities',
    ]) {
      const externalIds = [{ system: 'erp', id: `${path}:1` }]
      const attributes = { grade: 'A', since: 1398, vip: true }
      const named = path === '/opportunities' ? { title: 'Known' } : { name: 'Known' }
      const { id } = await make(path, { ...named, externalIds, attributes })
      const address = `/v1${path}/${id}`
      expect(await server.read(address)).toMatchObject({ externalIds, attributes })
      expect(await server.read(`/v1${path}?externalId=erp:${path}:1`), path).toMatchObject({
        items: [{ id, externalIds, attributes }],
      })
      expect(await server.read(`/v1${path}?externalId=erp:2`), path).toEqual({ items: [] })
      expect(await post(path, { ...named, externalIds }), path).toMatchObject({
        status: 409,
        body: { code: 'ExternalIdTaken', system: 'erp', id: `${path}:1`, by: id },
      })
      expect(await make(path, { ...named, attributes: {} }), path).toMatchObject({ attributes: {} })
      // A patch is merged: what it does not name stays, null takes one out.
      const merged = { since: 1399, colour: 'red', vip: null }
      expect(await server.done('PATCH', address, { attributes: merged }), path).toMatchObject({
        attributes: { grade: 'A', since: 1399, colour: 'red' },
      })
      const back = { since: 1398, colour: null, vip: true, never: null }
      const restored = await server.done('PATCH', address, { attributes: back })
      expect(restored, path).toHaveProperty('attributes', attributes)
      // The same again changes nothing; null clears; what was cleared may be another's.
      const { revision } = await server.done('PATCH', address, { externalIds, attributes })
      expect(revision, path).toBe(restored.revision)
      expect(
        await server.done('PATCH', address, { externalIds: null, attributes: null }),
        path,
      ).toMatchObject({ externalIds: [], attributes: {}, revision: revision + 1 })
      await make(path, { ...named, externalIds })
      expect(await server.call('PATCH', address, { externalIds }), path).toMatchObject({
        status: 409,
        body: { code: 'ExternalIdTaken' },
      })
      const many = (count: number) =>
        Object.fromEntries(Array.from({ length: count }, (_, each) => [`f${each}`, each]))
      const tooMany = many(51)
      await server.done('PATCH', address, { attributes: many(50) })
      expect(
        await server.call('PATCH', address, { attributes: { one: 'more' } }),
        path,
      ).toMatchObject({ status: 400, body: { errors: [{ pointer: '/attributes' }] } })
      for (const wrong of [tooMany, { 'a b': 1 }, { nested: {} }, { list: [] }, 'text', []]) {
        expect(await server.call('PATCH', address, { attributes: wrong }), path).toMatchObject({
          status: 400,
          body: { code: 'InvalidRequest' },
        })
      }
    }
  })

  test('is made, changed and put away, each in the same way', async () => {
    for (const [path, fields, change] of [
      ['/lost-reasons', { name: 'Too late' }, { category: 'time' }],
      ['/stages', { name: 'Negotiation', position: 35 }, { folded: true }],
      ['/teams', { name: 'South' }, { region: 'Fars' }],
      ['/products', { name: 'Desk' }, { unit: 'piece' }],
      ['/templates', { name: 'Office' }, { validityDays: 15 }],
    ] as const) {
      const { id } = await make(path, fields)
      expect(await server.done('PATCH', `/v1${path}/${id}`, change)).toMatchObject(change)
      expect(await server.read(`/v1${path}/${id}`)).toMatchObject({ ...fields, ...change })
      expect(await server.done('POST', `/v1${path}/${id}/archive`)).toMatchObject({
        archived: true,
      })
      expect(await server.read(`/v1${path}?archived=true`)).toMatchObject({ items: [{ id }] })
    }
  })

  test.each<[string, object]>([
    ['/taxRate', { taxRate: '100.5' }],
    ['/taxRate', { taxRate: '-1' }],
    ['/name', { name: 'x'.repeat(201) }],
    ['/name', { name: 'Desk\nwith a drawer' }],
    ['/unit', { unit: 'x'.repeat(101) }],
    ['/description', { description: 'Wide\nand deep' }],
    ['/prices/0/unitPrice/amount', { prices: [{ unitPrice: rials('1'.repeat(19)) }] }],
    ['/prices/0/unitPrice/amount', { prices: [{ unitPrice: rials('1.5') }] }],
    ['/prices/0/minQuantity', { prices: [{ unitPrice: rials('1'), minQuantity: '0.0000001' }] }],
    ['/units/0/factor', { units: [{ unit: 'box', factor: '0' }] }],
  ])('is turned down at %s, where no offer could carry it', async (pointer, fields) => {
    const refused = { status: 400, body: { code: 'InvalidRequest', errors: [{ pointer }] } }
    expect(await post('/products', { name: 'Desk', ...fields })).toMatchObject(refused)
    const { id } = await make('/products', { name: 'Desk' })
    expect(await server.call('PATCH', `/v1/products/${id}`, fields)).toMatchObject(refused)
  })

  test('has a usual tax that an offer can carry', async () => {
    const path = `/v1/companies/${server.companyId}`
    expect(await server.call('PATCH', path, { defaultTaxRate: '120' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/defaultTaxRate' }] },
    })
  })

  test('counts its members', async () => {
    const { id } = await make('/teams', { name: 'North' })
    const { userId } = server
    const joined = await post(`/teams/${id}/members`, { userId, capacityPerDay: 3 })
    expect(joined).toMatchObject({ status: 201, body: { userId, capacityPerDay: 3 } })
    const member = joined.headers.get('location') ?? ''
    expect(await server.done('PATCH', member, { capacityPerDay: null, paused: true })).toEqual({
      userId,
      paused: true,
    })
    expect(await server.read(member)).toEqual({ userId, paused: true })
    expect(await server.done('DELETE', member)).toMatchObject({ id, members: [] })
    expect(await server.call('GET', member)).toMatchObject({
      status: 404,
      body: { code: 'MemberUnknown' },
    })
  })

  test('follows its policies', async () => {
    const path = `/v1/companies/${server.companyId}/policies`
    expect(await server.read(path)).toMatchObject({ requireLostReason: true, validityDays: 30 })
    const changed = await server.done('PATCH', path, {
      requireLostReason: false,
      features: { leads: false },
    })
    expect(changed).toMatchObject({
      requireLostReason: false,
      features: { leads: false, scoring: true },
    })
    expect(await post('/opportunities', { title: 'Lead', kind: 'lead' })).toMatchObject({
      status: 409,
      body: { code: 'FeatureOff', feature: 'leads' },
    })
    await server.done('PATCH', path, { requireLostReason: true, features: { leads: true } })
  })
})

describe('a report', () => {
  test('is JSON or a table that spreadsheets open as it is meant', async () => {
    const reason = await make('/lost-reasons', { name: '=cmd|x' })
    const { id } = await open({ expectedRevenue: { amount: '7000', currency: 'IRR' } })
    await server.done('POST', `/v1/opportunities/${id}/lose`, { reasonId: reason.id })
    const query = `groupBy=reason&reason=${reason.id}`
    const answer = await server.call('GET', `/v1/reports/lost-reasons?${query}&format=csv`)
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
    expect(answer.body).toBe(
      `reason,reasonId,count,share,lostRevenue IRR,medianAge,p90Age\r\n'=cmd|x,${reason.id},1,100,7000,0,0\r\n`,
    )
    const json = await server.call('GET', `/v1/reports/lost-reasons?${query}`)
    expect(json).toMatchObject({ status: 200, body: { rows: [{ count: 1 }] } })
    expect(json.headers.get('forsat-position')).toMatch(/^\d+$/)
  })

  test.each([
    ['groupBy=reason,nope', '/groupBy/1'],
    ['groupBy=reason,reason', '/groupBy'],
    ['measures=count,winRate', '/measures/1'],
    ['sort=nope', '/sort'],
    ['from=2026-02-30', '/from'],
    ['from=1404-01-01', '/from'],
    ['top=0', '/top'],
    ['format=xml', '/format'],
    ['reopened=yes', '/reopened'],
  ])('is refused where %s', async (query, pointer) => {
    expect(await server.call('GET', `/v1/reports/lost-reasons?${query}`)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer }] },
    })
  })
})

describe('beside the API', () => {
  test('there are health, figures and documentation', async () => {
    expect(await server.read('/healthz')).toEqual({ status: 'ok' })
    expect(await server.read('/readyz')).toEqual({ status: 'ready' })
    const figures = await server.read<string>('/metrics')
    expect(figures).toMatch(/^forsat_log_position \d+$/m)
    expect(figures).toMatch(/^forsat_projection_lag\{projection="opportunities"\} 0$/m)
    expect(figures).toMatch(
      /^forsat_http_requests_total\{method="GET",route="\/healthz",status="200"\} 1$/m,
    )
    expect(await server.read<string>('/')).toMatch(/Swagger/)
  })
})

/**
 * Erasing somebody's data over HTTP, and the register of it.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Made, type Served, serve } from './testing/served.ts'

let server: Served
beforeAll(async () => {
  server = await serve({ language: 'en' })
})
afterAll(() => server[Symbol.asyncDispose]())

interface Erasure {
  readonly erased: readonly string[]
  readonly kept: readonly object[]
}
interface Register {
  readonly erasures: readonly { readonly ground: string }[]
  readonly findings: readonly object[]
  readonly keys: string
}

const done = <Body = Made>(method: string, path: string, body?: unknown) =>
  server.done<Body>(method, `/v1${path}`, body)
const reasons = { ground: 'Consent withdrawn', requestedBy: 'the person' }

describe('somebody who asks to be forgotten', () => {
  test('is told first what would go, and afterwards reads as erased everywhere', async () => {
    const name = 'Nasrin Rahimi'
    const { id } = await done('POST', '/contacts', { name, email: 'nasrin@aftab.example' })
    const deal = await done('POST', '/opportunities', { title: 'Her desk', contactId: id })
    const tried = await done<Erasure>('POST', '/erasures', {
      subject: id,
      ...reasons,
      dryRun: true,
    })
    expect(tried).toEqual({ erased: [id, deal.id], kept: [] })
    expect(await done('GET', `/contacts/${id}`)).toMatchObject({ name })

    expect(await done<Erasure>('POST', '/erasures', { subject: id, ...reasons })).toEqual(tried)
    const erased = { erased: true }
    expect(await done('GET', `/contacts/${id}`)).toMatchObject({ name: erased, email: erased })
    expect(await done('GET', `/opportunities/${deal.id}`)).toMatchObject({ title: erased })
    const history = JSON.stringify(await done('GET', `/contacts/${id}/history`))
    expect(history).toContain('PersonalDataErased')
    expect(history).toContain(reasons.ground)
    expect(history).not.toContain('Nasrin')
    const again = await done<Erasure>('POST', `/contacts/${id}/erase`)
    expect(again).toEqual({ erased: [], kept: [] })
  })

  test('stands in the register, which finds nothing missing', async () => {
    const { id } = await done('POST', '/contacts', { name: 'Omid Tavana' })
    await done('POST', `/contacts/${id}/erase`, { ground: 'A wrong entry' })
    const { erasures, findings, keys } = await done<Register>('GET', '/audit/erasures')
    expect(erasures.map(({ ground }) => ground)).toContain('A wrong entry')
    expect({ findings, keys }).toEqual({ findings: [], keys: 'present' })
  })

  test('is not named in the reasons', async () => {
    const { id } = await done('POST', '/contacts', { name: 'Sara Amini' })
    const body = { subject: id, ...reasons, ground: 'Sara Amini asked' }
    const { status, body: problem } = await server.call('POST', '/v1/erasures', body)
    expect(status).toBe(400)
    expect(problem).toMatchObject({ errors: [{ pointer: '/ground' }] })
  })
})

import { describe, test } from 'vitest'
import { specification } from '../specification.ts'
import { apiKey } from './api-key.ts'
import type { ApiKeyEvent } from './events.ts'
import { at, now, pars, sara, when, yesterday } from './examples.ts'

const { given } = specification(apiKey)

const fields = {
  name: 'Web shop',
  hash: 'ab'.repeat(32),
  userId: sara,
  companyIds: [pars],
  delegate: false,
}
const issued: ApiKeyEvent = { type: 'ApiKeyIssued', data: fields }
const revoked: ApiKeyEvent = { type: 'ApiKeyRevoked', data: {} }

describe('an API key', () => {
  test('is issued once', () => {
    const issue = { type: 'IssueApiKey', data: { ...fields, ...when } } as const
    given().when(issue).thenEvents(issued)
    given(issued).when(issue).thenFails({ type: 'AlreadyExists' })
    given(issued, revoked).when(issue).thenFails({ type: 'AlreadyExists' })
  })

  test('is revoked for good', () => {
    given(issued).when({ type: 'RevokeApiKey', data: when }).thenEvents(revoked)
    given(issued, revoked).when({ type: 'RevokeApiKey', data: when }).thenNothing()
    given(issued, revoked).thenState({ status: 'revoked', issued: fields, last: undefined })
  })

  test('that nobody issued is not found', () => {
    given().when({ type: 'RevokeApiKey', data: when }).thenFails({ type: 'NotFound' })
  })

  test('is not revoked before it was issued', () => {
    given(at(issued, now))
      .when({ type: 'RevokeApiKey', data: { occurredAt: yesterday } })
      .thenFails({ type: 'OccurredTooEarly', last: now })
  })
})

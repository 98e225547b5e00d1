import { fc, test as law } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { canonical } from './canonical.ts'
import { type Envelope, envelopeText } from './envelope.ts'

const bare: Envelope = {
  index: 0,
  stream: 'opportunity-01J8Z000000000000000000001',
  revision: 0,
  id: '01J8Z000000000000000000002',
  name: 'OpportunityOpened',
  version: 1,
  occurredAt: '2026-01-05T09:00:00.000Z',
  recordedAt: '2026-01-05T09:00:00.120Z',
  actor: 'user:01J8Z000000000000000000003',
  command: 'c'.repeat(43),
  correlationId: '01J8Z000000000000000000004',
  data: 'd'.repeat(43),
  personal: [],
}

test('an envelope is one canonical text, without what is absent', () => {
  expect(envelopeText(bare)).toBe(
    '{"actor":"user:01J8Z000000000000000000003"' +
      ',"cmd":"ccccccccccccccccccccccccccccccccccccccccccc"' +
      ',"corr":"01J8Z000000000000000000004"' +
      ',"data":"ddddddddddddddddddddddddddddddddddddddddddd"' +
      ',"id":"01J8Z000000000000000000002","idx":0' +
      ',"occurred":"2026-01-05T09:00:00.000Z","recorded":"2026-01-05T09:00:00.120Z","rev":0' +
      ',"stream":"opportunity-01J8Z000000000000000000001","sv":1,"type":"OpportunityOpened","v":1}',
  )
})

test('sealed parts are listed by subject and purpose, whatever their order was', () => {
  const part = (subject: string, purpose: string) => ({ subject, purpose, commitment: 'c' })
  const parts = [part('b', 'sales'), part('a', 'sales'), part('a', 'document')]
  const text = envelopeText({ ...bare, personal: parts })
  expect(envelopeText({ ...bare, personal: parts.toReversed() })).toBe(text)
  expect(JSON.parse(text)).toMatchObject({
    pii: [
      { c: 'c', p: 'document', s: 'a' },
      { c: 'c', p: 'sales', s: 'a' },
      { c: 'c', p: 'sales', s: 'b' },
    ],
  })
})

const name = fc.string({ unit: 'grapheme' })
const absentOr = fc.option(name, { nil: undefined })

law.prop([
  fc.record<Envelope>({
    index: fc.nat(),
    stream: name,
    revision: fc.nat(),
    id: name,
    company: absentOr,
    name,
    version: fc.nat(),
    occurredAt: name,
    recordedAt: name,
    actor: name,
    onBehalfOf: absentOr,
    command: name,
    correlationId: name,
    causationId: absentOr,
    trace: absentOr,
    data: name,
    personal: fc.array(fc.record({ commitment: name, subject: name, purpose: name })),
  }),
])('the text is in canonical form', (envelope) => {
  const text = envelopeText(envelope)
  expect(text).toBe(canonical(JSON.parse(text)))
})

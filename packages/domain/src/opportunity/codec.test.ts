import { readdirSync, readFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { StoredShape } from '../codec.ts'
import { opportunityCodec } from './codec.ts'

/** One event of each stored type, as the log keeps it. Never edited: only added to. */
const samples: readonly StoredShape[] = JSON.parse(
  readFileSync(new URL('samples.json', import.meta.url), 'utf8'),
)

/** One event of each retired type, beside the step that leads out of it. Never edited. */
const history = new URL('history/', import.meta.url)
const retired: readonly StoredShape[] = readdirSync(history)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(new URL(file, history), 'utf8')))

describe('retired events of an opportunity', () => {
  test.for(retired)('$type can be read for ever, as its newest shape', (sample) => {
    const event = opportunityCodec.decode(sample)
    expect(opportunityCodec.read(sample)).toEqual(event)
    const written = { type: sample.type.replace('.v1', '.v2'), data: sample.data }
    expect(E.map(opportunityCodec.encode)(event)).toEqual(E.right(written))
  })

  test('are these', () => {
    const types = retired.map(({ type }) => type)
    expect(types.toSorted()).toEqual(['OpportunityReopened.v1', 'OpportunityWon.v1'])
  })
})

describe('stored events of an opportunity', () => {
  test.for(samples)('$type can be read for ever', (sample) => {
    const event = opportunityCodec.decode(sample)
    expect(event).toEqual(E.right(expect.anything()))
    expect(E.map(opportunityCodec.encode)(event)).toEqual(E.right(sample))
  })

  test('have a sample of every type that is written now', () => {
    const sampled = samples.map(({ type }) => type)
    expect(Object.values(opportunityCodec.storedTypes).toSorted()).toEqual(sampled.toSorted())
  })

  test('keep every name, note and address of a person sealed', () => {
    const contact = { subject: 'contact', purpose: 'sales' }
    const record = { subject: 'record', purpose: 'sales' }
    const described = {
      title: record,
      companyName: contact,
      contactName: contact,
      email: contact,
      phone: contact,
      nextStep: record,
    }
    expect(opportunityCodec.personal).toEqual({
      LeadCaptured: described,
      OpportunityOpened: described,
      LeadQualified: {},
      OpportunityRevised: described,
      OpportunityStaged: {},
      OpportunityAssigned: {},
      OpportunityUnassigned: {},
      OpportunityNoted: { text: record },
      ProbabilityOverridden: {},
      ProbabilityAutomated: {},
      OpportunityWon: {},
      OpportunityLost: { note: record },
      OpportunityReopened: {},
      OpportunityMerged: {},
      OpportunityAbsorbed: described,
      OpportunityCorrected: { reason: record, note: record },
      OpportunityWithdrawn: { reason: record },
      PersonalDataErased: {},
    })
  })
})

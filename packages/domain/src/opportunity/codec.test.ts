import { readFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { StoredShape } from '../codec.ts'
import { opportunityCodec } from './codec.ts'

/** One event of each stored type, as the log keeps it. Never edited: only added to. */
const samples: readonly StoredShape[] = JSON.parse(
  readFileSync(new URL('samples.json', import.meta.url), 'utf8'),
)

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
    })
  })
})

import { fc, test as law } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { canonical } from './canonical.ts'
import { dataCommitment, personalCommitment, stateDigest, statesDigest } from './commitment.ts'
import { fromBase64url } from './crypto.ts'
import proofs from './proof-vectors.json' with { type: 'json' }
import vectors from './vectors.json' with { type: 'json' }

const { events } = vectors.ledgerExample

describe('commitments of the published ledger', () => {
  test.each(events)('the data of $envelope.id is what was committed to', (event) => {
    const { data, salt, envelope } = event
    expect(dataCommitment(fromBase64url(salt), canonical(data))).toBe(envelope.data)
  })

  test('personal fields are committed to under another name', () => {
    const [event] = events
    const salt = fromBase64url(event?.piiSalt ?? '')
    const fields = canonical(event?.piiPlain)
    expect(personalCommitment(salt, fields)).toBe(event?.envelope.pii?.[0]?.c)
    expect(dataCommitment(salt, fields)).not.toBe(personalCommitment(salt, fields))
  })
})

test('the digest of a state is that of its canonical text, under a name of its own', () => {
  const { state, digest } = proofs.ledgerExample.stateDigest
  const text = canonical(state)
  expect(Buffer.from(stateDigest(text), 'base64url').toString('hex')).toBe(digest)
  expect(statesDigest(text)).not.toBe(stateDigest(text))
})

test('a salt that is too short is a defect', () => {
  expect(() => dataCommitment(new Uint8Array(31), '{}')).toThrow(RangeError)
})

const salt = fc.uint8Array({ minLength: 32, maxLength: 32 })

law.prop([salt, salt, fc.string(), fc.string()])(
  'the same salt and text give the same commitment, others another',
  (oneSalt, otherSalt, one, other) => {
    const same =
      Buffer.from(oneSalt).equals(otherSalt) && Buffer.from(one).equals(Buffer.from(other))
    expect(dataCommitment(oneSalt, one) === dataCommitment(otherSalt, other)).toBe(same)
    expect(dataCommitment(oneSalt, one)).toBe(dataCommitment(Uint8Array.from(oneSalt), one))
  },
)

import { fc, test as law } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { checkpointIn, openCheckpoint, signedCheckpoint } from './checkpoint.ts'
import { freshSigningKey, signingKeyFromSeed, signingKeyOf } from './crypto.ts'
import { emptyRoot, leafHash, nodeHash, verifyConsistency, verifyInclusion } from './merkle.ts'
import { cosigned, openNote, signedNote, signedToo, verifierKey, verifierOf } from './note.ts'
import { consistencyIn, consistencyText, inclusionIn, inclusionText } from './proof.ts'
import vectors from './proof-vectors.json' with { type: 'json' }

const { signedNote: published, ledgerExample: example } = vectors

const known = (vkey: string) => {
  const verifier = verifierOf(vkey)
  if (verifier === undefined) throw new Error(`${vkey} is no key`)
  return verifier
}
const seeded = (hex: string, name: string) => ({
  name,
  key: signingKeyFromSeed(Buffer.from(hex, 'hex')),
})

describe('published notes', () => {
  test.each(published.examples)('are opened: $vkey', ({ vkey, note }) => {
    const verifier = known(vkey)
    expect(verifierKey(verifier)).toBe(vkey)
    expect(openNote(note, [verifier])).toEqual({
      text: note.slice(0, note.indexOf('\n\n') + 1),
      signatures: [{ verifier }],
    })
  })

  test.each(published.mustFail)('are refused: $why', ({ note }) => {
    const [first] = published.examples
    expect(openNote(note, [known(first?.vkey ?? '')])).toEqual(expect.any(String))
  })

  test('of a public log of 20,852,163 entries are checkpoints', () => {
    const [, log] = published.examples
    expect(openCheckpoint(log?.note ?? '', [known(log?.vkey ?? '')])).toMatchObject({
      origin: 'go.sum database tree',
      size: 20_852_163,
    })
  })
})

const { logSeedHex, logVkey, witnessSeedHex, witnessVkey } = example.testKeys
const log = seeded(logSeedHex, 'crm.example/ledger/1')
const witness = seeded(witnessSeedHex, 'auditor.example/w1')
const head = { size: 4, root: Buffer.from(example.root, 'hex').toString('latin1') }

describe('the published ledger', () => {
  test('signs this checkpoint, and a witness this line', () => {
    const note = signedCheckpoint({ origin: log.name, ...head }, log)
    expect(note).toBe(example.checkpoint)
    const time = Buffer.from(example.cosignatureLine.split(' ')[2] ?? '', 'base64')
    const seconds = Number(time.readBigUInt64BE(4))
    expect(cosigned(note, witness, seconds)).toBe(note + example.cosignatureLine)
    const opened = openCheckpoint(cosigned(note, witness, seconds), [
      known(logVkey),
      known(witnessVkey),
    ])
    expect(opened).toMatchObject({
      ...head,
      signatures: [{ verifier: { name: log.name } }, { verifier: { name: witness.name }, seconds }],
    })
  })

  test('proves its third entry in a file that holds all there is to check', () => {
    const proof = inclusionIn(example.tlogProofIndex2)
    if (proof?.entry === undefined) throw new Error('no proof')
    expect(inclusionText(proof)).toBe(example.tlogProofIndex2)
    const checkpoint = openCheckpoint(proof.checkpoint, [known(logVkey), known(witnessVkey)])
    if (typeof checkpoint === 'string') throw new Error(checkpoint)
    expect(verifyInclusion({ ...proof, leaf: leafHash(proof.entry) }, checkpoint)).toBe(true)
    const other = { ...proof, leaf: leafHash('something else') }
    expect(verifyInclusion(other, checkpoint)).toBe(false)
  })

  test('proves that it holds its first two entries unchanged', () => {
    const proof = consistencyIn(example.consistencyRequestFrom2)
    if (proof === undefined) throw new Error('no proof')
    expect(consistencyText(proof)).toBe(example.consistencyRequestFrom2)
    const leaves = example.leafHashes.map((each) => Buffer.from(each, 'hex').toString('latin1'))
    const [first = '', second = ''] = leaves
    const earlier = { size: 2, root: nodeHash(first, second) }
    expect(verifyConsistency(earlier, head, proof.proof)).toBe(true)
  })
})

describe('a key', () => {
  test('is made, written down and read again', () => {
    const pem = freshSigningKey()
    const key = signingKeyOf(pem)
    if (key === undefined) throw new Error('no key')
    const verifier = { name: 'forsat/1', kind: 'log', publicKey: key.publicKey } as const
    expect(known(verifierKey(verifier))).toEqual(verifier)
    const note = signedNote('a word\n', { name: 'forsat/1', key })
    expect(openNote(note, [verifier])).toMatchObject({ text: 'a word\n' })
  })

  test('that is none is none', () => {
    expect(signingKeyOf('-----BEGIN PRIVATE KEY-----')).toBeUndefined()
    for (const wrong of ['', 'name', logVkey.replace('fddf', 'fdde'), logVkey.slice(0, -4)]) {
      expect(verifierOf(wrong)).toBeUndefined()
    }
  })

  test('may change, with one checkpoint that both have signed', () => {
    const next = { name: log.name, key: signingKeyFromSeed(Buffer.alloc(32, 9)) }
    const both = signedToo(signedCheckpoint({ origin: log.name, ...head }, log), next)
    const verifier = { name: log.name, kind: 'log', publicKey: next.key.publicKey } as const
    for (const keys of [[known(logVkey)], [verifier], [known(logVkey), verifier]]) {
      expect(openCheckpoint(both, keys)).toMatchObject(head)
    }
  })
})

describe('a note is refused', () => {
  test('whose cosigner did not sign at that moment', () => {
    const note = cosigned(example.checkpoint, witness, 1_767_600_000)
    const moved = note.replace('KgnoJQAAAABp', 'KgnoJQAAAABq')
    expect(moved).not.toBe(note)
    const keys = [known(logVkey), known(witnessVkey)]
    expect(openNote(note, keys)).toMatchObject({ signatures: [{}, { seconds: 1_767_600_000 }] })
    expect(openNote(moved, keys)).toBe('forged')
    expect(openNote(moved, [known(logVkey)])).toMatchObject({ signatures: [{}] })
  })

  test('as a checkpoint that only a witness signed', () => {
    expect(openCheckpoint(cosigned(example.checkpoint, witness, 1), [known(witnessVkey)])).toBe(
      'unsigned',
    )
  })

  test.each(['\n4\nx\n', 'a\n04\n', 'a\n4\n', 'a\n99999999999999999\n'])(
    'as a checkpoint that says %j',
    (text) => {
      expect(checkpointIn(text)).toBeUndefined()
    },
  )

  test('with a fourth line', () => {
    const text = example.checkpoint.slice(0, example.checkpoint.indexOf('\n\n') + 1)
    expect(checkpointIn(text)).toBeDefined()
    expect(checkpointIn(`${text}more\n`)).toBeUndefined()
  })
})

law.prop([fc.nat(), fc.nat(255)])('no byte of a signed note can be another', (somewhere, byte) => {
  const bytes = Buffer.from(example.checkpoint, 'utf8')
  const place = somewhere % bytes.length
  if (bytes[place] === byte) return
  const changed = Buffer.from(bytes)
  changed[place] = byte
  expect(openCheckpoint(changed.toString('utf8'), [known(logVkey)])).toEqual(expect.any(String))
})

law.prop([fc.nat(), fc.nat(255)])('no byte of a proof can be another', (somewhere, byte) => {
  const bytes = Buffer.from(example.tlogProofIndex2, 'utf8')
  const place = somewhere % bytes.length
  if (bytes[place] === byte) return
  bytes[place] = byte
  const proof = inclusionIn(bytes.toString('utf8'))
  const checkpoint = proof && openCheckpoint(proof.checkpoint, [known(logVkey), known(witnessVkey)])
  const holds =
    typeof checkpoint === 'object' &&
    proof?.entry !== undefined &&
    verifyInclusion({ ...proof, leaf: leafHash(proof.entry) }, checkpoint)
  // The name of a signature is a hint: whose key it is not is let be, as any stranger's line is.
  if (holds) expect(checkpoint.signatures.length).toBeLessThan(2)
})

test('the checkpoint of a log without entries says so', () => {
  const note = signedCheckpoint({ origin: log.name, size: 0, root: emptyRoot }, log)
  expect(note.split('\n')[2]).toBe('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=')
})

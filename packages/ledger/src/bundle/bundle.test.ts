/**
 * The bundle's own verifier is a second implementation that shares nothing with this package: the two
 * must agree on every log, and on every log that somebody tampered with.
 *
 * @module
 */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { test as law } from '@fast-check/vitest'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { exitOf, verifyBundle } from '../../verifier/verify.mjs'
import { canonical } from '../canonical.ts'
import { signedCheckpoint } from '../checkpoint.ts'
import { dataCommitment, personalCommitment } from '../commitment.ts'
import {
  base64url,
  freshSigningKey,
  randomBytes,
  type SigningKey,
  signingKeyOf,
} from '../crypto.ts'
import { envelopeText } from '../envelope.ts'
import type { Exported } from '../export/exported.ts'
import { Frontier } from '../frontier.ts'
import { consistencyProof, inclusionProof, leafHash, nodeHash, rootAt } from '../merkle.ts'
import { verifierKey } from '../note.ts'
import { consistencyText, inclusionText } from '../proof.ts'
import { type BundledEvent, bundleFiles } from './bundle.ts'
import { tarEnd, tarFile } from './tar.ts'

const folder = mkdtempSync(join(tmpdir(), 'forsat-bundle-'))
afterAll(() => rmSync(folder, { recursive: true }))

const verifier = readFileSync(new URL('../../verifier/verify.mjs', import.meta.url), 'utf8')
const origin = 'forsat.example/ledger/1'
const fresh = (): SigningKey => {
  const key = signingKeyOf(freshSigningKey())
  if (key === undefined) throw new Error('no key was made')
  return key
}
const key = fresh()
const keyOf = ({ publicKey }: SigningKey) => verifierKey({ name: origin, kind: 'log', publicKey })

/** Events of a few streams, every third with something sealed in it. */
const logOf = (payloads: readonly unknown[]): Exported[] => {
  const revisions = new Map<string, number>()
  return payloads.map((payload, index) => {
    const stream = `opportunity-${'ABC'[index % 3]}`
    const revision = (revisions.get(stream) ?? -1) + 1
    revisions.set(stream, revision)
    const [salt, inner] = [randomBytes(32), randomBytes(32)]
    const data = canonical({ n: index, payload })
    const fields = { name: `person ${index}` }
    const isSealed = index % 3 === 0
    const sealed = {
      commitment: personalCommitment(inner, canonical(fields)),
      subject: 'P',
      purpose: 'sales',
    }
    const recordedAt = new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString()
    const envelope = envelopeText({
      index,
      stream,
      revision,
      id: `E${index}`,
      name: 'OpportunityNoted',
      version: 1,
      occurredAt: recordedAt,
      recordedAt,
      actor: 'user:1',
      command: 'c',
      correlationId: 'r',
      data: dataCommitment(salt, data),
      personal: isSealed ? [sealed] : [],
    })
    const revealed =
      index % 6 === 0 ? [{ subject: 'P', purpose: 'sales', fields, salt: inner }] : []
    return { envelope, data, salt, revealed }
  })
}

const noteAt = (events: readonly Exported[], size: number, by = key): string => {
  const tree = new Frontier()
  for (const { envelope } of events.slice(0, size)) tree.add(leafHash(envelope))
  return signedCheckpoint({ origin, size, root: tree.root() }, { name: origin, key: by })
}

async function* paged(
  events: readonly Exported[],
  isShown: (event: Exported, index: number) => boolean,
) {
  const page = events.map(
    (event, index): BundledEvent =>
      isShown(event, index)
        ? { envelope: event.envelope, shown: event }
        : { envelope: event.envelope },
  )
  yield page
}

let bundles = 0
/** Writes a bundle into a folder of its own. */
const written = async (
  events: readonly Exported[],
  checkpoints: readonly string[],
  isShown: (event: Exported, index: number) => boolean = () => true,
  filter: object = {},
): Promise<string> => {
  const place = join(folder, String((bundles += 1)))
  for await (const { path, content } of bundleFiles({
    events: paged(events, isShown),
    filter,
    checkpoints,
    verifier,
    verifierKey: keyOf(key),
  })) {
    mkdirSync(dirname(join(place, path)), { recursive: true })
    writeFileSync(join(place, path), content)
  }
  return place
}

interface Verdict {
  readonly code: number
  readonly findings: readonly { readonly code: string; readonly index?: number }[]
  readonly sound: number
}

/** What it says to somebody who brings keys and older checkpoints. */
const verdictOf = (
  place: string,
  keys: readonly string[] = [],
  checkpoints: readonly { readonly note: string; readonly from: string }[] = [],
): Verdict => {
  const report = verifyBundle(place, { keys, checkpoints })
  return { code: exitOf(report), ...report }
}

/** The same from the program. */
const ranOn = async (place: string, ...args: readonly string[]): Promise<Verdict> => {
  const command = [join(place, 'verify.mjs'), place, '--json', ...args]
  const { stdout, code } = await promisify(execFile)(process.execPath, command).then(
    (done) => ({ ...done, code: 0 }),
    (failed: { readonly stdout: string; readonly code: number }) => failed,
  )
  return { code, ...(JSON.parse(stdout) as Omit<Verdict, 'code'>) }
}
const known = [keyOf(key)]
const asked = ['--key', keyOf(key)]
const codes = ({ findings }: Verdict) => [...new Set(findings.map(({ code }) => code))]

const payload = fc
  .jsonValue({ maxDepth: 2 })
  .filter((value) => JSON.stringify(value).isWellFormed())

describe('the verifier in a bundle', () => {
  law.prop([fc.array(payload, { minLength: 1, maxLength: 40 }), fc.nat(), fc.nat()], {
    numRuns: 8,
  })(
    'agrees with the ledger on any log, and on any event that was changed in it',
    async (payloads, at, which) => {
      const events = logOf(payloads)
      const size = 1 + (at % events.length)
      const notes = [noteAt(events, size), noteAt(events, events.length)]
      const place = await written(events, notes)
      expect(verdictOf(place, known)).toMatchObject({ code: 0, sound: events.length })

      const index = which % events.length
      const changed = events.map((event, n) =>
        n === index ? { ...event, envelope: event.envelope.replace('user:1', 'user:2') } : event,
      )
      const verdict = verdictOf(await written(changed, notes), known)
      expect(codes(verdict)).toEqual(['ROOT_MISMATCH'])
      expect(verdict.sound).toBe(index >= size ? size : 0)
    },
  )

  const events = logOf(Array.from({ length: 20 }, (_, n) => n))
  const notes = [noteAt(events, 8), noteAt(events, 16)]
  const other = fresh()
  const line = (text: string, index: number, change: (line: string) => string) =>
    text
      .split('\n')
      .with(index, change(text.split('\n')[index] ?? ''))
      .join('\n')
  const inEvents = (index: number, change: (line: string) => string) => (place: string) => {
    const path = join(place, 'events', '000000.jsonl')
    writeFileSync(path, line(readFileSync(path, 'utf8'), index, change))
  }
  const without = (index: number) => events.toSpliced(index, 1)

  test.each([
    ['nothing was touched', () => written(events, notes), [], 0],
    [
      'events behind the newest checkpoint were written anew',
      () =>
        written(
          [...events.slice(0, 16), ...logOf(Array.from({ length: 20 }, () => 'new')).slice(16)],
          notes,
        ),
      [],
      0,
    ],
    ['the tail was cut', () => written(events.slice(0, 12), notes), ['LOG_SHRUNK'], 2],
    [
      'an event was taken out',
      () => written(without(5), notes),
      ['INDEX_GAP', 'LEAF_CACHE_MISMATCH', 'REVISION_GAP', 'ROOT_MISMATCH'],
      2,
    ],
    [
      'a checkpoint was forged',
      () => written(events, [noteAt(events, 8, other)]),
      ['BAD_CHECKPOINT'],
      2,
    ],
    [
      'two histories were signed',
      () => written(events, [...notes, noteAt(events.toReversed(), 16)]),
      ['FORK_PROVEN', 'ROOT_MISMATCH'],
      2,
    ],
    ['nobody known signed anything', () => written(events, []), [], 3],
  ] as const)('where %s says what it can tell', async (_what, make, expected, code) => {
    const verdict = verdictOf(await make(), known)
    expect(codes(verdict).toSorted()).toEqual([...expected])
    expect(verdict.code).toBe(code)
  })

  test.each([
    [
      'a payload was edited',
      inEvents(3, (text) => text.replace('"n":3', '"n":4')),
      ['COMMITMENT_MISMATCH'],
    ],
    [
      'a payload is gone',
      inEvents(3, (text) => text.replace(/"data":\{[^}]*\},"env/, '"data":null,"env')),
      ['PAYLOAD_MISSING'],
    ],
    [
      'an actor was rewritten',
      inEvents(3, (text) => text.replace('user:1', 'user:2')),
      ['LEAF_CACHE_MISMATCH'],
    ],
    [
      'an envelope was spaced anew',
      inEvents(3, (text) => text.replace('"v":1', '"v": 1')),
      ['ENVELOPE_NOT_CANONICAL'],
    ],
    [
      'what was opened is another’s',
      inEvents(6, (text) => text.replace('person 6', 'person 7')),
      ['SEAL_BROKEN'],
    ],
  ] as const)('finds that %s in the files', async (_what, tamper, expected) => {
    const place = await written(events, notes)
    tamper(place)
    const verdict = verdictOf(place, known)
    expect(codes(verdict).toSorted()).toEqual([...expected, 'MANIFEST_MISMATCH'].toSorted())
    expect(verdict.code).toBe(2)
  })

  test('takes nothing for signed that only the bundle vouches for', async () => {
    const place = await written(events, notes)
    expect(verdictOf(place).code).toBe(3)
    expect(verdictOf(place, [keyOf(other)]).code).toBe(2)
  })

  test('holds a bundle against what an auditor kept from an earlier visit', async () => {
    const note = noteAt(logOf(Array.from({ length: 20 }, () => 'another past')), 8)
    const verdict = verdictOf(await written(events, []), known, [{ note, from: 'kept' }])
    expect(codes(verdict)).toEqual(['ROOT_MISMATCH'])
  })

  test('checks a part of a log against the whole tree', async () => {
    const part = await written(events, notes, (_event, index) => index % 3 === 1, {
      streams: ['opportunity-B'],
    })
    expect(verdictOf(part, known)).toMatchObject({ code: 0, sound: 16 })
  })

  test('checks proofs that the ledger made, and no others', async () => {
    const place = await written(events, notes)
    const leaves = events.map(({ envelope }) => leafHash(envelope))
    const subtree = (level: number, index: number): string =>
      level === 0
        ? (leaves[index] ?? '')
        : nodeHash(subtree(level - 1, index * 2), subtree(level - 1, index * 2 + 1))
    expect(noteAt(events, 16)).toBe(
      signedCheckpoint({ origin, size: 16, root: rootAt(16, subtree) }, { name: origin, key }),
    )
    const [proof, old] = [join(folder, 'proof.txt'), join(folder, 'old.txt')]
    writeFileSync(old, noteAt(events, 8))
    const checked = async (text: string) => {
      writeFileSync(proof, text)
      const command = [join(place, 'verify.mjs'), '--proof', proof, '--checkpoint', old, ...asked]
      return promisify(execFile)(process.execPath, command).then(
        () => 0,
        ({ code }: { readonly code: number }) => code,
      )
    }
    const checkpoint = noteAt(events, 16)
    const included = (index: number) =>
      inclusionText({
        index: 5,
        proof: inclusionProof(index, 16, subtree),
        checkpoint,
        entry: Buffer.from(events[5]?.envelope ?? ''),
      })
    const grown = (size: number) =>
      consistencyText({ old: 8, proof: consistencyProof(size, 16, subtree), checkpoint })
    expect(await checked(included(5))).toBe(0)
    expect(await checked(included(6))).toBe(2)
    expect(await checked(grown(8))).toBe(0)
    expect(await checked(grown(7))).toBe(2)
  })
})

describe('a bundle', () => {
  test('is the same to the last byte, whenever it is made', async () => {
    const events = logOf([1, 2, 3])
    const made = async () => {
      const files = []
      for await (const file of bundleFiles({
        events: paged(events, () => true),
        filter: {},
        checkpoints: [],
        verifier,
      }))
        files.push(file)
      return Buffer.concat([...files.map(tarFile), tarEnd()])
    }
    expect(base64url(await made())).toBe(base64url(await made()))
  })

  test('unpacks with the tar that everybody has', async () => {
    const events = logOf([1, 2, 3])
    const archive = join(folder, 'bundle.tar')
    const place = join(folder, 'unpacked')
    const files = []
    for await (const file of bundleFiles({
      events: paged(events, () => true),
      filter: {},
      checkpoints: [noteAt(events, 3)],
      verifier,
    }))
      files.push(file)
    writeFileSync(archive, Buffer.concat([...files.map(tarFile), tarEnd()]))
    mkdirSync(place)
    await promisify(execFile)('tar', ['-xf', archive, '-C', place])
    expect(await ranOn(place, ...asked)).toMatchObject({ code: 0, sound: 3 })
  })
})

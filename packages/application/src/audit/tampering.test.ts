import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { aggregates } from '@forsat/domain'
import { type NewEvent, noStream, recorder } from '@forsat/event-store'
import { openSqliteStore } from '@forsat/event-store/sqlite'
import {
  canonical,
  dataCommitment,
  freshSigningKey,
  hashIn,
  signedCheckpoint,
  signingKeyOf,
  type Verifier,
  verifierOf,
} from '@forsat/ledger'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mintedIds } from '../ids.ts'
import { keyFiles } from '../key-files.ts'
import { placesOf } from '../places.ts'
import { type AuditKey, auditKeyOf } from './audit-files.ts'
import matrix from './tamper-matrix.json' with { type: 'json' }
import { type Verdict, verifyStore } from './verifying.ts'

/** Each moment is a second later, as it is for somebody who works. */
const clock = (() => {
  let seconds = 0
  return { now: () => new Date(Date.UTC(2026, 0, 5) + (seconds += 1) * 1000).toISOString() }
})()
const ids = mintedIds({ now: () => '2026-01-05T00:00:00.000Z' })

/** The log that all cases begin with: 200 events, of which checkpoints were taken on the way. */
const written = 200
const checkpointAt = [64, 128, written]
/** Eight opportunities take turns; each has its keys. */
const streams = Array.from({ length: 8 }, () => ids.next())
let base: string
let key: AuditKey
const notes = new Map<number, string>()

const placesIn = (folder: string) => {
  const places = placesOf({ store: `sqlite:${join(folder, 'events.db')}` })
  if (places.kind !== 'sqlite') throw new Error('no file')
  return places
}

/** Adds events to whatever stands in a folder. */
const write = async (folder: string, count: number, signed: readonly number[] = []) => {
  const places = placesIn(folder)
  const { record } = recorder({
    keys: keyFiles(places.keys),
    codecs: () => aggregates.opportunity.codec,
  })
  await using store = await openSqliteStore(places.store, { clock })
  for (let turn = 0; turn < count; turn += 1) {
    const position = await store.head()
    const id = streams[position % streams.length] ?? ''
    const stream = `opportunity-${id}`
    let revision = noStream
    for await (const page of store.readStream(stream)) revision += page.length
    const events: readonly NewEvent[] = await record([
      {
        event: { type: 'OpportunityNoted', data: { text: `word ${position}` } },
        codec: aggregates.opportunity.codec,
        stream,
        revision: revision + 1,
        id: ids.next(),
        occurredAt: clock.now(),
        subjects: { record: id, contact: undefined },
      },
    ])
    const [event] = events
    await store.append({
      stream,
      expectedRevision: revision,
      events,
      metadata: {
        actor: 'user:seller',
        correlationId: event?.id ?? '',
        command: event?.commitment ?? '',
      },
    })
    const size = position + 1
    if (!signed.includes(size)) continue
    notes.set(size, signedBy(key, await store.tree.head()))
  }
}

const signedBy = ({ origin, key: signer }: AuditKey, head: { size: number; root: string }) =>
  signedCheckpoint({ ...head, origin }, { name: origin, key: signer })

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'forsat-tampering-'))
  const signer = signingKeyOf(freshSigningKey())
  if (signer === undefined) throw new Error('no key')
  key = auditKeyOf('crm.example/ledger/1', signer)
  await write(base, written, checkpointAt)
})
afterAll(() => rm(base, { recursive: true }))

/** What an attacker has: the file, its folder of keys, and whoever verifies afterwards. */
interface Scene {
  readonly folder: string
  readonly db: DatabaseSync
  /** What the auditor holds against it, and with whose key. */
  held: readonly string[]
  readonly verifiers: readonly Verifier[]
}

const unguarded =
  'DROP TRIGGER event_stays; DROP TRIGGER event_remains; DROP TRIGGER event_follows;'

/** The row at an index from 0, its envelope rewritten; no cache is. */
const rewrite = (db: DatabaseSync, index: number, changes: object, columns = ''): void => {
  const { env } = db.prepare('SELECT env FROM event WHERE pos = ?').get(index + 1) as {
    env: string
  }
  const changed = canonical({ ...(JSON.parse(env) as object), ...changes })
  db.prepare(`UPDATE event SET env = ?${columns} WHERE pos = ?`).run(changed, index + 1)
}

/** Another payload, with a commitment to it, at an index. */
const forge = (db: DatabaseSync, index: number): void => {
  const { salt } = db.prepare('SELECT salt FROM event WHERE pos = ?').get(index + 1) as {
    salt: Uint8Array
  }
  const data = '{"text":{"erased":true},"forged":1}'
  db.prepare('UPDATE event SET data = ? WHERE pos = ?').run(data, index + 1)
  rewrite(db, index, { data: dataCommitment(salt, data) })
}

/** Makes the kept tree fit whatever stands there now, leaf by leaf. */
const rebuildCaches = async ({ folder, db }: Scene): Promise<void> => {
  db.exec(`UPDATE event SET leaf = NULL; DELETE FROM audit_node;
    UPDATE audit_state SET size = 0, frontier = x'';
    INSERT OR REPLACE INTO meta VALUES ('tree', 'filling')`)
  const opened = openSqliteStore(placesIn(folder).store, { clock })
  // A log that is not even dense is not opened, but its tree was filled.
  await opened.then(
    (store) => store[Symbol.asyncDispose](),
    () => undefined,
  )
}

/** Renumbers all behind a place by one, envelopes too. */
const renumber = (db: DatabaseSync, from: number, by: 1 | -1): void => {
  const order = by === 1 ? 'DESC' : 'ASC'
  const rows = db
    .prepare(`SELECT pos, stream, rev, env FROM event WHERE pos > ? ORDER BY pos ${order}`)
    .all(from) as { pos: number; stream: string; rev: number; env: string }[]
  for (const { pos, env } of rows) {
    const moved = canonical({ ...(JSON.parse(env) as object), idx: pos + by - 1 })
    db.prepare('UPDATE event SET pos = ?, env = ? WHERE pos = ?').run(pos + by, moved, pos)
    db.prepare('UPDATE event_sealed SET pos = ? WHERE pos = ?').run(pos + by, pos)
  }
}

/** Gives the revisions of a stream behind a place another number, in rows and envelopes. */
const renumberStream = (db: DatabaseSync, stream: string, behind: number, by: 1 | -1): void => {
  const order = by === 1 ? 'DESC' : 'ASC'
  const rows = db
    .prepare(`SELECT pos, rev FROM event WHERE stream = ? AND pos > ? ORDER BY rev ${order}`)
    .all(stream, behind) as { pos: number; rev: number }[]
  for (const { pos, rev } of rows) rewrite(db, pos - 1, { rev: rev + by }, `, rev = ${rev + by}`)
}

const rowAt = (db: DatabaseSync, index: number) =>
  db.prepare('SELECT stream, rev FROM event WHERE pos = ?').get(index + 1) as {
    stream: string
    rev: number
  }

/** Signs what stands there, as somebody does who has the key. */
const resign = async ({ folder }: Scene): Promise<string> => {
  await using store = await openSqliteStore(placesIn(folder).store, { clock, readOnly: true })
  return signedBy(key, await store.tree.head())
}

const erase = `DELETE FROM event_sealed WHERE pos = 71`

/** The stream that stands at index 70, whose subject is the record itself. */
const subjectAt70 = (db: DatabaseSync) => rowAt(db, 70).stream.replace('opportunity-', '')

const cases: Readonly<Record<string, (scene: Scene) => Promise<void> | void>> = {
  'nothing touched': () => {},
  'payload column edited': ({ db }) => {
    db.exec(`UPDATE event SET data = '{"text":"forged"}' WHERE pos = 71`)
  },
  'payload and its commitment edited': ({ db }) => forge(db, 70),
  'payload, commitment and leaf cache edited': async (scene) => {
    forge(scene.db, 70)
    await rebuildCaches(scene)
  },
  'actor rewritten in the envelope': async (scene) => {
    rewrite(scene.db, 150, { actor: 'user:other' }, `, actor = 'user:other'`)
    await rebuildCaches(scene)
  },
  'index column changed to hide a move': ({ db }) => {
    db.exec(`UPDATE event SET actor = 'user:other' WHERE pos = 31`)
  },
  'row deleted': ({ db }) => {
    db.exec('DELETE FROM event WHERE pos = 90')
  },
  'row deleted and all later rows renumbered': async (scene) => {
    const { db } = scene
    const { stream } = rowAt(db, 90)
    db.exec('DELETE FROM event_sealed WHERE pos = 91; DELETE FROM event WHERE pos = 91')
    renumberStream(db, stream, 91, -1)
    renumber(db, 91, -1)
    await rebuildCaches(scene)
  },
  'row inserted and later rows renumbered': async (scene) => {
    const { db } = scene
    const { stream, rev } = rowAt(db, 90)
    renumberStream(db, stream, 91, 1)
    renumber(db, 91, 1)
    db.exec(`INSERT INTO event SELECT 92, '01J8Z00000000000000000000X', stream, rev + 1, type, company,
      occurred, recorded, actor, on_behalf_of, corr, cause, 0, data, salt, env, NULL
      FROM event WHERE pos = 91`)
    const inserted = { id: '01J8Z00000000000000000000X', idx: 91, rev: rev + 1, pii: undefined }
    const { env } = db.prepare('SELECT env FROM event WHERE pos = 92').get() as { env: string }
    const text = canonical(
      JSON.parse(JSON.stringify({ ...(JSON.parse(env) as object), ...inserted })),
    )
    db.prepare('UPDATE event SET env = ? WHERE pos = 92').run(text)
    await rebuildCaches(scene)
  },
  'two rows of different streams swapped and renumbered': async (scene) => {
    const { db } = scene
    for (const [from, to] of [
      [91, 9999],
      [92, 91],
      [9999, 92],
    ] as const) {
      db.exec(`UPDATE event SET pos = ${to} WHERE pos = ${from};
        UPDATE event_sealed SET pos = ${to} WHERE pos = ${from}`)
    }
    rewrite(db, 90, { idx: 90 })
    rewrite(db, 91, { idx: 91 })
    await rebuildCaches(scene)
  },
  'tail cut': ({ db }) => {
    db.exec('DELETE FROM event WHERE pos > 150; DELETE FROM event_sealed WHERE pos > 150')
  },
  'old backup put back and new business done': async (scene) => {
    scene.db.exec(`DELETE FROM event WHERE pos > 128; DELETE FROM event_sealed WHERE pos > 128`)
    await rebuildCaches(scene)
    await write(scene.folder, 102)
  },
  'events after the newest held checkpoint rewritten': async (scene) => {
    await write(scene.folder, 10)
    rewrite(scene.db, 205, { actor: 'user:other' }, `, actor = 'user:other'`)
    await rebuildCaches(scene)
  },
  'history rewritten and re-signed with the stolen log key, auditor keeps old checkpoints': async (
    scene,
  ) => {
    forge(scene.db, 70)
    await rebuildCaches(scene)
    await write(scene.folder, 5)
    scene.held = [...scene.held, await resign(scene)]
  },
  'same, but the auditor also lost every old checkpoint': async (scene) => {
    forge(scene.db, 70)
    await rebuildCaches(scene)
    scene.held = [await resign(scene)]
  },
  'checkpoint file forged without the key': (scene) => {
    scene.held = scene.held.map((note) => note.replace(/\n200\n/, '\n199\n'))
  },
  'duplicate event id': ({ db }) => {
    const { id } = db.prepare('SELECT id FROM event WHERE pos = 5').get() as { id: string }
    db.exec(`CREATE TABLE forged AS SELECT * FROM event; DROP TABLE event;
      ALTER TABLE forged RENAME TO event; UPDATE event SET leaf = NULL`)
    rewrite(db, 199, { id }, `, id = '${id}', sealed = 0`)
    rewrite(db, 199, { pii: [] })
    db.exec('DELETE FROM event_sealed WHERE pos = 200')
  },
  'recorded time set back': async (scene) => {
    const earlier = '2026-01-04T00:00:00.000Z'
    rewrite(scene.db, 120, { recorded: earlier }, `, recorded = '${earlier}'`)
    await rebuildCaches(scene)
  },
  'personal data wiped, no erasure event': ({ db }) => {
    db.exec(erase)
  },
  'subject key destroyed, no erasure event': async ({ folder, db }) => {
    const subject = subjectAt70(db)
    const file = `${subject}.sales.key`
    await rm(join(placesIn(folder).keys, 'subjects', subject.slice(-1), file))
  },
  'sealed part of one row copied over another': ({ db }) => {
    db.exec(`DELETE FROM event_sealed WHERE pos = 71;
      INSERT INTO event_sealed SELECT 71, subject, purpose, key_id, iv, ct, tag, commitment
        FROM event_sealed WHERE pos = 63`)
  },
  'plain payload wiped': ({ db }) => {
    db.exec(`UPDATE event SET data = '' WHERE pos = 72`)
  },
  'envelope text re-spaced': ({ db }) => {
    db.exec(`UPDATE event SET env = replace(env, ',"', ', "') WHERE pos = 11`)
  },
  'lawful erasure: key and sealed bytes destroyed, erasure event appended': async ({
    folder,
    db,
  }) => {
    const subject = subjectAt70(db)
    await appendErasure(folder, subject)
    db.exec(`DELETE FROM event_sealed WHERE subject = '${subject}'`)
    const file = `${subject}.sales.key`
    await rm(join(placesIn(folder).keys, 'subjects', subject.slice(-1), file))
  },
  'fork: two checkpoints of one size with different roots': (scene) => {
    const root = hashIn('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=') ?? ''
    scene.held = [...scene.held, signedBy(key, { size: written, root })]
  },
  'subject key rotated and the row sealed again': async (scene) => {
    await resealed(scene)
  },
}

const appendErasure = async (folder: string, subject: string): Promise<void> => {
  await using store = await openSqliteStore(placesIn(folder).store, { clock })
  const data = canonical({ subjects: [subject], purposes: ['sales'], ground: 'asked for' })
  const salt = new Uint8Array(32).fill(7)
  const event: NewEvent = {
    id: ids.next(),
    type: 'PersonalDataErased.v1',
    occurredAt: clock.now(),
    data,
    salt,
    commitment: dataCommitment(salt, data),
    sealed: [],
  }
  await store.append({
    stream: `contact-${ids.next()}`,
    expectedRevision: noStream,
    events: [event],
    metadata: { actor: 'user:manager', correlationId: event.id, command: event.commitment },
  })
}

/** Opens every box of a subject and seals it under a fresh key, as a change of keys does. */
const resealed = async ({ folder, db }: Scene): Promise<void> => {
  const subject = subjectAt70(db)
  const file = join(placesIn(folder).keys, 'subjects', subject.slice(-1), `${subject}.sales.key`)
  const { key: before } = JSON.parse(await readFile(file, 'utf8')) as { key: string }
  const after = randomBytes(32)
  const boxes = db
    .prepare(
      `SELECT s.*, e.stream, e.rev, e.id FROM event_sealed s JOIN event e ON e.pos = s.pos
       WHERE s.subject = ?`,
    )
    .all(subject) as Record<'pos' | 'rev', number>[] &
    Record<'stream' | 'id' | 'purpose', string>[] &
    Record<'iv' | 'ct' | 'tag', Uint8Array>[]
  for (const { pos, rev, stream, id, purpose, iv, ct, tag } of boxes) {
    const context = Buffer.from(JSON.stringify([stream, rev, id, subject, purpose]))
    const opening = createDecipheriv('aes-256-gcm', Buffer.from(before, 'base64url'), iv)
    opening.setAAD(context).setAuthTag(tag)
    const inside = Buffer.concat([opening.update(ct), opening.final()])
    const nonce = randomBytes(12)
    const sealing = createCipheriv('aes-256-gcm', after, nonce)
    sealing.setAAD(context)
    const sealed = Buffer.concat([sealing.update(inside), sealing.final()])
    db.prepare(
      `UPDATE event_sealed SET key_id = 'next', iv = ?, ct = ?, tag = ? WHERE pos = ? AND subject = ?`,
    ).run(nonce, sealed, sealing.getAuthTag(), pos, subject)
  }
  await writeFile(file, JSON.stringify({ v: 1, id: 'next', key: after.toString('base64url') }))
}

/** A copy of the log, meddled with, and what an auditor says of it. */
const judged = async (
  act: (scene: Scene) => Promise<void> | void,
  depth: 'fast' | 'full' = 'full',
): Promise<Verdict> => {
  const folder = await mkdtemp(join(tmpdir(), 'forsat-tampered-'))
  try {
    await cp(base, folder, { recursive: true })
    const verifier = verifierOf(key.verifierKey)
    if (verifier === undefined) throw new Error('no key')
    const held = [...notes.values()]
    const db = new DatabaseSync(placesIn(folder).store)
    const scene: Scene = { folder, db, held, verifiers: [verifier] }
    try {
      db.exec(unguarded)
      await act(scene)
    } finally {
      db.close()
    }
    const { verifiers, held: checkpoints } = scene
    return await verifyStore(placesIn(folder), { depth, checkpoints, verifiers, clock })
  } finally {
    await rm(folder, { recursive: true })
  }
}

interface MatrixRow {
  readonly case: string
  readonly attackerEffort: string
  readonly expected: readonly string[]
  readonly firstIndexOrRange?: number | string | null
  readonly allCodes?: readonly string[]
}

test.each(matrix as readonly MatrixRow[])('$case: $expected', async (row) => {
  const { case: name, expected, allCodes } = row
  const { verdict, findings } = await judged(cases[name] ?? unknown(name))
  const codes = new Set(findings.map(({ code }) => code))
  const isIntact = expected[0] === 'intact'
  expect(verdict).toBe(isIntact ? 'sound' : 'tampered')
  for (const code of isIntact ? [] : expected) expect([...codes]).toContain(code)
  expect([...codes].filter((code) => allCodes?.includes(code) === false)).toEqual([])
  expect(placesOfFindings(findings)).toEqual(expect.arrayContaining(placesWanted(row)))
})

/** Where a row of the matrix says that something is found: an index, or between two sizes. */
const placesWanted = ({ attackerEffort, firstIndexOrRange: place }: MatrixRow): string[] => {
  const isKnown =
    typeof place === 'number' ? attackerEffort === 'one row' : /^\d+\D+\d+$/.test(place ?? '')
  return isKnown ? [String(place)] : []
}

const placesOfFindings = (findings: Verdict['findings']): readonly string[] =>
  findings.flatMap(({ code, index, range }) => [
    ...(index === undefined ? [] : [String(index)]),
    ...(range === undefined ? [] : [range.join(code === 'LOG_SHRUNK' ? '<' : '..')]),
  ])

const unknown = (name: string) => () => {
  throw new Error(`nobody knows how to do this: ${name}`)
}

test.each([
  ['a row is gone', 'row deleted', 'INDEX_GAP'],
  ['a row is another', 'payload and its commitment edited', 'LEAF_CACHE_MISMATCH'],
  ['the log is shorter', 'tail cut', 'LOG_SHRUNK'],
])('hashes alone tell that %s', async (_what, name, code) => {
  const { verdict, findings } = await judged(cases[name] ?? unknown(name), 'fast')
  expect(verdict).toBe('tampered')
  expect(findings.map((each) => each.code)).toContain(code)
})

test('cut to any length it is shorter than what was signed, or its tail is', async () => {
  for (const length of [0, 1, 127, 128, 199]) {
    const { findings } = await judged(({ db }) => {
      db.exec(
        `DELETE FROM event WHERE pos > ${length}; DELETE FROM event_sealed WHERE pos > ${length}`,
      )
    })
    expect(findings.map(({ code }) => code)).toContain('LOG_SHRUNK')
  }
  const tailed = await judged(async ({ folder }) => {
    await write(folder, 5)
  })
  expect(tailed).toMatchObject({ verdict: 'sound', unsignedTail: 5 })
})

test('without a checkpoint, or without keys, nobody can tell', async () => {
  const alone = await judged((scene) => {
    scene.held = []
  })
  expect(alone).toMatchObject({ verdict: 'undecided', undecided: ['noCheckpoint'] })
  const locked = await judged(async ({ folder }) => {
    await rm(join(placesIn(folder).keys, 'subjects'), { recursive: true })
  })
  expect(locked).toMatchObject({
    verdict: 'undecided',
    undecided: ['noKeys'],
    sealed: { all: written, opened: 0, locked: written },
  })
})

test('whoever flips a column of any row is found out', async () => {
  const columns: readonly (readonly [string, string])[] = [
    ['id', `'01J8Z00000000000000000000Z'`],
    ['stream', `'opportunity-01J8Z00000000000000000000Z'`],
    ['rev', 'rev + 100'],
    ['type', `'OpportunityWon.v1'`],
    ['company', `'01J8Z00000000000000000000Z'`],
    ['occurred', `'2020-01-01T00:00:00.000Z'`],
    ['recorded', `'2030-01-01T00:00:00.000Z'`],
    ['actor', `'user:other'`],
    ['corr', `'other'`],
    ['cause', `'other'`],
    ['sealed', 'sealed + 1'],
    ['data', `'{}'`],
    ['salt', 'zeroblob(32)'],
    ['env', `replace(env, '"v":1', '"v":2')`],
  ]
  for (const [index, [column, value]] of columns.entries()) {
    const place = 7 + index * 13
    const { verdict, findings } = await judged(({ db }) => {
      db.exec(`UPDATE event SET ${column} = ${value} WHERE pos = ${place}`)
    })
    expect([column, verdict]).toEqual([column, 'tampered'])
    expect(findings.map((each) => each.index)).toContain(place - 1)
  }
})

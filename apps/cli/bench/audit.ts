/**
 * The audit of a log: verifying it beside hashing the same bytes, and proving one event of many.
 *
 * @module
 */
import { hash } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { mintedIds, systemClock } from '@forsat/application'
import { aggregates } from '@forsat/domain'
import { noStream, recorder } from '@forsat/event-store'
import { memoryKeys } from '@forsat/event-store/memory'
import { openSqliteStore } from '@forsat/event-store/sqlite'
import { contest, perSecond, type Row } from './measure.ts'

const clock = systemClock()
const ids = mintedIds(clock)
const events = recorder({ keys: memoryKeys(), codecs: () => aggregates.opportunity.codec })

const count = 100_000
const together = 50

/** A log of many events, in streams of fifty. */
const grow = async (path: string): Promise<void> => {
  await using store = await openSqliteStore(path, { clock })
  for (let written = 0; written < count; written += together) {
    const id = ids.next()
    const stream = `opportunity-${id}`
    const recorded = await events.record(
      Array.from({ length: together }, (_each, revision) => ({
        event: { type: 'OpportunityStaged', data: { stageId: ids.next() } },
        codec: aggregates.opportunity.codec,
        stream,
        revision,
        id: ids.next(),
        occurredAt: clock.now(),
        subjects: { record: id, contact: undefined },
      })),
    )
    await store.append({
      stream,
      expectedRevision: noStream,
      events: recorded,
      metadata: { company: id, actor: 'user:bench', correlationId: id, command: 'c'.repeat(43) },
    })
  }
}

/** What a tree hashes: a leaf for each envelope, and as many pairs of hashes but one. */
const bytesOf = (path: string): readonly Uint8Array[] => {
  const log = new DatabaseSync(path, { readOnly: true })
  const rows = log.prepare('SELECT env FROM event ORDER BY pos').all()
  log.close()
  const leaves = rows.map(({ env }) => Buffer.from(`\0${String(env)}`))
  return [...leaves, ...leaves.slice(1).map(() => Buffer.alloc(65, 1))]
}

export const auditRows = async (folder: string): Promise<readonly Row[]> => {
  const path = join(folder, 'audit.db')
  await grow(path)
  const bytes = bytesOf(path)
  await using store = await openSqliteStore(path, { clock, readOnly: true })
  const head = await store.tree.head()
  const verify = await contest({
    row: 'verify-fast',
    unit: 'events/s',
    aim: 0.5,
    note: 'beside one-shot SHA-256 of the same bytes, in memory',
    ours: () =>
      perSecond(count, async () => {
        const { findings } = await store.verify({ depth: 'fast', heads: [head] })
        if (findings.length > 0) throw new Error('the log is not sound')
      }),
    ceiling: () =>
      perSecond(count, () => {
        for (const each of bytes) hash('sha256', each, 'latin1')
      }),
  })
  const proofs = 200
  const near = bytes.slice(0, 256)
  const pairs = bytes.slice(-256)
  const prove = await contest({
    row: 'inclusion-proof',
    unit: 'proofs/s',
    aim: 0.25,
    note: `of one event of ${count}; bare: hashing 256 envelopes and as many pairs, in memory`,
    ours: () =>
      perSecond(proofs, async () => {
        for (let each = 0; each < proofs; each += 1) {
          await store.tree.inclusion((each * 7919) % count, count)
        }
      }),
    ceiling: () =>
      perSecond(proofs, () => {
        for (let each = 0; each < proofs; each += 1) {
          for (const leaf of near) hash('sha256', leaf, 'latin1')
          for (const pair of pairs) hash('sha256', pair, 'latin1')
        }
      }),
  })
  return [verify, prove]
}

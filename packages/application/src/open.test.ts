/**
 * Files that cannot be written: whoever opens them is told so in a sentence, and nothing is changed.
 */
import { chmodSync, chownSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StoreUnreachable } from '@forsat/event-store'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openForsat } from './open.ts'
import { setUp } from './set-up.ts'

let folder: string
let store: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forsat-read-only-'))
  store = `sqlite:${join(folder, 'forsat.db')}`
  await using forsat = await openForsat({ store })
  await setUp(forsat)
})
afterEach(() => rm(folder, { recursive: true }))

/** The folder and all that is in it; what SQLite puts beside a file is as writable as that. */
const everything = (): readonly string[] =>
  ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })].map((each) =>
    join(folder, each),
  )

/** Somebody whom file modes mean something to: for root they mean nothing. */
const nobody = 65_534

/** Opens the store as somebody who owns its files, and may do with them what their modes say. */
const openedByItsOwner = async (): Promise<void> => {
  const isRoot = process.getuid?.() === 0
  if (isRoot) {
    for (const path of everything()) chownSync(path, nobody, nobody)
    process.seteuid?.(nobody)
  }
  try {
    await using _forsat = await openForsat({ store })
  } finally {
    if (isRoot) process.seteuid?.(0)
  }
}

describe.skipIf(process.getuid === undefined)('a store', () => {
  test('whose files can be written is opened', async () => {
    await expect(openedByItsOwner()).resolves.toBeUndefined()
  })

  test.each([
    ['whose log can only be read', 'forsat.db', 0o444, 'can be read, but not written to'],
    ['whose log cannot even be read', 'forsat.db', 0o000, 'cannot be opened'],
    ['whose read models can only be read', 'forsat.read.db', 0o444, 'cannot hold read models'],
    ['whose folder takes no files', '.', 0o555, 'can be read, but not written to'],
  ])('%s is not', async (_what, name, mode, sentence) => {
    const path = join(folder, name)
    chmodSync(path, mode)
    try {
      await expect(openedByItsOwner()).rejects.toThrow(sentence)
      await expect(openedByItsOwner()).rejects.toThrow(StoreUnreachable)
    } finally {
      for (const each of everything()) chmodSync(each, 0o755)
    }
    await openedByItsOwner()
  })
})

import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { keyFiles } from './key-files.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forsat-keys-'))
})
afterEach(() => rm(folder, { recursive: true }))

const names = Array.from({ length: 100 }, (_, index) => ({
  subject: `01J0000000000000000000${String(index).padStart(4, '0')}`,
  purpose: 'sales',
}))
const [first] = names as [(typeof names)[0]]

const files = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((each) => each.isFile())

describe('a key of personal data', () => {
  test('is made once and found again by its id, also after a restart', async () => {
    const [key] = await keyFiles(folder).ensure([first])
    const later = keyFiles(folder)
    expect(await later.ensure([first])).toEqual([key])
    expect(later.find(first, key?.id ?? '')).toEqual(key)
    expect(key?.key).toHaveLength(32)
  })

  test('is one key, whoever asks first', async () => {
    const asked = await Promise.all(Array.from({ length: 8 }, () => keyFiles(folder).ensure(names)))
    expect(new Set(asked.map((keys) => JSON.stringify(keys.map(({ id }) => id)))).size).toBe(1)
    expect(await files()).toHaveLength(names.length)
  })

  test('is readable by its owner alone, and kept as a file of its own', async () => {
    await keyFiles(folder).ensure([first])
    const [file] = await files()
    const path = join(file?.parentPath ?? '', file?.name ?? '')
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ v: 1 })
  })

  test('opens nothing under another id, or when its file is gone', async () => {
    const [key] = await keyFiles(folder).ensure([first])
    expect(keyFiles(folder).find(first, 'another')).toBeUndefined()
    await rm(join(folder, 'subjects'), { recursive: true })
    expect(keyFiles(folder).find(first, key?.id ?? '')).toBeUndefined()
  })
})

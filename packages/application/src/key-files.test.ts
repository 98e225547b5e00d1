import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
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

  test('is gone for good once it is destroyed, and followed by another', async () => {
    const keys = keyFiles(folder)
    const other = keyFiles(folder)
    const [key] = await keys.ensure([first])
    await other.ensure([first])
    const standing = await other.standing([first, names[1] ?? first])
    expect(standing).toEqual([{ ...first, keyId: key?.id }])

    const ids = standing.map(({ keyId }) => keyId)
    await keys.destroy(names, ids)
    expect(keys.find(first, key?.id ?? '')).toBeUndefined()
    expect(await files()).toEqual([])
    // Whoever has it in mind still is told, and forgets it.
    await other.destroy(names, ids)
    expect(other.find(first, key?.id ?? '')).toBeUndefined()
    const [next] = await keys.ensure([first])
    expect(next?.id).not.toBe(key?.id)
    await keys.destroy(names, ids)
    expect(keys.find(first, next?.id ?? '')).toEqual(next)
  })

  test('leaves no copy behind, where somebody was cut off while making it', async () => {
    const keys = keyFiles(folder)
    const [key] = await keys.ensure([first])
    const [file] = await files()
    const path = join(file?.parentPath ?? '', file?.name ?? '')
    await writeFile(`${path}.torn`, await readFile(path))
    await keys.destroy([first], [key?.id ?? ''])
    expect(await files()).toEqual([])
  })

  test('that is put aside seals and opens nothing, until somebody asks for just that', async () => {
    const keys = keyFiles(folder)
    const [key] = await keys.ensure([first])
    const ids = [key?.id ?? '']
    await keys.setAside([first], ids)
    await keys.setAside([first], ids)
    expect(keys.find(first, key?.id ?? '')).toBeUndefined()
    expect(keyFiles(folder).aside(first, key?.id ?? '')).toEqual(key)
    expect(await keys.ensure([first])).not.toEqual([key])
    await keys.destroy([first], ids)
    expect(keys.aside(first, key?.id ?? '')).toBeUndefined()
  })

  test('opens nothing under another id, or when its file is gone', async () => {
    const [key] = await keyFiles(folder).ensure([first])
    expect(keyFiles(folder).find(first, 'another')).toBeUndefined()
    await rm(join(folder, 'subjects'), { recursive: true })
    expect(keyFiles(folder).find(first, key?.id ?? '')).toBeUndefined()
  })
})

/**
 * A copy of the keys of personal data: one file that its owner alone can read. Each key stands under
 * the path that it has in the folder, so writing them back is all there is to a restore.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { open, readdir, readFile } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import type { Desk } from './session.ts'
import { Stop } from './shell.ts'

export const backUpKeys = async (
  folder: string,
  file: string,
  { shell, texts }: Desk,
): Promise<{ readonly target: string; readonly count: number }> => {
  if (!existsSync(folder)) throw new Stop(1, texts.keys.noFolder(folder))
  const { exists, unwritable } = texts.backup
  const target = resolve(shell.cwd, file)
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.key'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
  const keys: [string, unknown][] = []
  for (const path of paths) {
    const name = relative(folder, path).split(sep).join('/')
    keys.push([name, JSON.parse(await readFile(path, 'utf8'))])
  }
  // Never over another file: it may be the only copy of other keys.
  const copy = await open(target, 'wx', 0o600).catch(() => {
    throw new Stop(1, existsSync(target) ? exists(file) : unwritable(file))
  })
  try {
    await copy.writeFile(`${JSON.stringify({ v: 1, keys: Object.fromEntries(keys) }, null, 1)}\n`)
    await copy.sync()
  } finally {
    await copy.close()
  }
  return { target, count: keys.length }
}

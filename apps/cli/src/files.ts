/**
 * Files that a command is given or writes, by the caller's own names.
 *
 * @module
 */
import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Desk } from './session.ts'
import { Stop } from './shell.ts'
import { auditTexts } from './texts/audit.ts'

export const textOf = async ({ shell, language }: Desk, file: string): Promise<string> => {
  try {
    return await readFile(resolve(shell.cwd, file), 'utf8')
  } catch {
    throw new Stop(1, auditTexts[language].unreadable(file))
  }
}

/** Into a file, or to the output where none is named. */
export const written = async (
  { shell, language }: Desk,
  file: string | undefined,
  text: string,
): Promise<void> => {
  if (file === undefined) {
    shell.out(text)
    return
  }
  await writeFile(resolve(shell.cwd, file), text).catch(() => {
    throw new Stop(1, auditTexts[language].unwritable(file))
  })
}

import { readFile } from 'node:fs/promises'
import { ImportMap } from './import/map.ts'
import type { Desk } from './session.ts'
import { Stop } from './shell.ts'

/** The map of a file; one that is none ends the command, with the place of every mistake. */
export const readMap = async (path: string, name: string, { texts }: Desk): Promise<ImportMap> => {
  const { mapMissing, mapMalformed, mapInvalid } = texts.import
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Stop(2, mapMissing(name))
  })
  const parsed = ImportMap.safeParse(
    jsonOf(text, (detail) => new Stop(2, mapMalformed(name, detail))),
  )
  if (parsed.success) return parsed.data
  const mistakes = parsed.error.issues.map(
    ({ path: at, message }) => `  /${at.map(String).join('/')} ${message}`,
  )
  throw new Stop(2, [mapInvalid(name), ...mistakes].join('\n'))
}

const jsonOf = (text: string, malformed: (detail: string) => Stop): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown
  } catch (error) {
    throw malformed(error instanceof Error ? error.message : '')
  }
}

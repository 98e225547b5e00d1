/**
 * Keys of personal data as files: one file a key, apart from the events, readable by their owner
 * alone, and durable before anything sealed with them is stored.
 *
 * @module
 */
import {
  closeSync,
  existsSync,
  fstatSync,
  fsync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import {
  StoreUnreachable,
  type SubjectKey,
  type SubjectKeyName,
  type SubjectKeys,
} from '@forsat/event-store'
import { base64url, fromBase64url, randomBytes } from '@forsat/ledger'
import * as z from 'zod'

const KeyFile = z.strictObject({
  v: z.literal(1),
  id: z.string().min(1),
  key: z.base64url().length(43),
})

/** Files written at a time: enough to share the disk's flushes, few enough to spare handles. */
const parallel = 32

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : '')

// Names and a few bytes are written at once: handing each call to a thread costs more than the call.
// What waits for the disk is handed over.
const flushed = promisify(fsync)

const read = (path: string): SubjectKey | undefined => {
  // Most that are asked for are missing, and an error is dear.
  if (!existsSync(path)) return undefined
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
  const { id, key } = KeyFile.parse(JSON.parse(text))
  return { id, key: new Uint8Array(fromBase64url(key)) }
}

/** Makes a renaming or a new name in a folder survive a power cut; not every system can. */
const flushFolder = async (path: string): Promise<void> => {
  const folder = openedFolder(path)
  if (folder === undefined) return
  try {
    await flushed(folder)
  } catch (error) {
    if (!['EPERM', 'EINVAL', 'EISDIR'].includes(String(codeOf(error)))) throw error
  } finally {
    closeSync(folder)
  }
}

const openedFolder = (path: string): number | undefined => {
  try {
    return openSync(path, 'r')
  } catch {
    return undefined
  }
}

/** Writes a key whole or not at all; where another process was faster, its key stands. */
const make = async (path: string): Promise<SubjectKey> => {
  const made = { id: base64url(randomBytes(9)), key: randomBytes(32) }
  const text = JSON.stringify({ v: 1, id: made.id, key: base64url(made.key) })
  const aside = `${path}.${base64url(randomBytes(6))}`
  const file = openSync(aside, 'wx', 0o600)
  try {
    writeFileSync(file, `${text}\n`)
    await flushed(file)
    linkSync(aside, path)
    return made
  } catch (error) {
    const theirs = codeOf(error) === 'EEXIST' ? read(path) : undefined
    if (theirs === undefined) throw error
    return theirs
  } finally {
    closeSync(file)
    unlinkSync(aside)
  }
}

/** Another process may be reading it, so it goes whole before it is overwritten. */
const takeAway = (path: string): void => {
  try {
    renameSync(path, `${path}.gone`)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
}

/** Overwrites a file and takes it away; that it is gone already is as good. */
const shred = async (path: string): Promise<void> => {
  let file: number
  try {
    file = openSync(path, 'r+')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  try {
    writeFileSync(file, randomBytes(fstatSync(file).size))
    await flushed(file)
    unlinkSync(path)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  } finally {
    closeSync(file)
  }
}

/** What a disk says that takes nothing more, or has no room for as much at once. */
const diskCodes: ReadonlySet<unknown> = new Set([
  'ENOSPC',
  'EDQUOT',
  'EROFS',
  'EIO',
  'EFBIG',
  'EMFILE',
  'ENFILE',
])

/** A disk that takes no key is the store's disk, as far as whoever waits is concerned. */
const unlessDisk = (error: unknown, folder: string): unknown => {
  const code = codeOf(error)
  return diskCodes.has(code)
    ? new StoreUnreachable(`${folder} takes no keys (${String(code)}).`, error)
    : error
}

/** The secret under `folder` that customers' links are made with; made when it is first needed. */
export const linkSecretIn = (folder: string): (() => Promise<Uint8Array>) => {
  const path = join(folder, 'link.key')
  let known: SubjectKey | undefined
  return async () => {
    known ??= read(path)
    if (known === undefined) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const made = await make(path)
      await flushFolder(folder)
      known = made
    }
    return known.key
  }
}

/** What is left beside the path of a key where somebody was cut off while making it. */
const tornOf = (path: string): readonly string[] =>
  filesIn(dirname(path)).filter((file) => file.startsWith(`${path}.`))

const filesIn = (folder: string): readonly string[] =>
  existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : []

const foldersOf = (paths: readonly string[]): readonly string[] => [
  ...new Set(paths.map((path) => dirname(path))),
]

/** Keys under `folder`; the folder is made with its first key. */
export const keyFiles = (folder: string): SubjectKeys => {
  const known = new Map<string, SubjectKey>()
  const folders = new Set<string>()
  const pathOf = ({ subject, purpose }: SubjectKeyName) =>
    join(folder, 'subjects', subject.slice(-1), `${subject}.${purpose}.key`)
  const asidePathOf = (path: string, id: string) => `${path.slice(0, -'key'.length)}${id}.aside`

  const current = (path: string): SubjectKey | undefined => {
    const kept = known.get(path)
    if (kept !== undefined) return kept
    const key = read(path)
    if (key !== undefined) known.set(path, key)
    return key
  }

  const makeFolder = async (path: string): Promise<void> => {
    if (folders.has(path)) return
    await mkdir(path, { recursive: true, mode: 0o700 })
    folders.add(path)
  }

  const makeMissing = async (paths: readonly string[]): Promise<void> => {
    const touched = [...new Set(paths.map((path) => dirname(path)))]
    await Promise.all(touched.map(makeFolder))
    const queue = [...paths]
    const made: (readonly [string, SubjectKey])[] = []
    const worker = async () => {
      for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
        made.push([path, await make(path)])
      }
    }
    try {
      await Promise.all(Array.from({ length: Math.min(parallel, paths.length) }, worker))
      await Promise.all(touched.map(flushFolder))
    } catch (error) {
      // Somebody may have removed the folders: the next to ask makes them again.
      folders.clear()
      throw unlessDisk(error, folder)
    }
    // Only what is durable may seal anything.
    for (const [path, key] of made) known.set(path, key)
  }

  // Keys asked for together are made together, so that they share the flushing of their folders.
  let wanted = new Set<string>()
  let making: Promise<void> | undefined
  const gathered = (missing: readonly string[]): Promise<void> => {
    for (const path of missing) wanted.add(path)
    making ??= setImmediate().then(() => {
      const paths = [...wanted]
      wanted = new Set()
      making = undefined
      return makeMissing(paths)
    })
    return making
  }

  /** The path of a name, whose key is in use no more if it has one of these ids. */
  const forgotten = (name: SubjectKeyName, ids: readonly string[]): string => {
    const path = pathOf(name)
    if (ids.includes(known.get(path)?.id ?? '')) known.delete(path)
    return path
  }

  /** Of these keys the files of those that were put aside. */
  const asideIn = (paths: readonly string[], ids: readonly string[]): readonly string[] => {
    const listed = new Set(foldersOf(paths).flatMap((each) => filesIn(each)))
    return paths.flatMap((path) =>
      ids.map((id) => asidePathOf(path, id)).filter((aside) => listed.has(aside)),
    )
  }

  return {
    ensure: async (names) => {
      const paths = names.map(pathOf)
      // A key that nobody has read here is almost always one that nobody has made: that it is there
      // already is found out when it is made.
      const missing = paths.filter((path) => !known.has(path))
      if (missing.length > 0) await gathered(missing)
      return paths.map((path) => {
        const key = current(path)
        if (key === undefined) throw new Error(`the key file ${path} was made and is gone`)
        return key
      })
    },
    find: (name, keyId) => {
      const key = current(pathOf(name))
      return key?.id === keyId ? key : undefined
    },
    present: () => existsSync(folder),
    standing: async (names) =>
      names.flatMap((name) => {
        const key = read(pathOf(name))
        return key === undefined ? [] : [{ ...name, keyId: key.id }]
      }),
    destroy: async (names, ids) => {
      const paths = names.map((name) => forgotten(name, ids))
      for (const path of paths) {
        const key = read(path)
        if (key !== undefined && ids.includes(key.id)) {
          for (const torn of tornOf(path)) await shred(torn)
          takeAway(path)
        }
        await shred(`${path}.gone`)
      }
      for (const path of asideIn(paths, ids)) await shred(path)
      for (const each of foldersOf(paths)) await flushFolder(each)
    },
    setAside: async (names, ids) => {
      const paths = names.map((name) => forgotten(name, ids))
      for (const path of paths) {
        const key = read(path)
        if (key !== undefined && ids.includes(key.id)) renameSync(path, asidePathOf(path, key.id))
      }
      for (const each of foldersOf(paths)) await flushFolder(each)
    },
    aside: (name, keyId) => read(asidePathOf(pathOf(name), keyId)),
  }
}

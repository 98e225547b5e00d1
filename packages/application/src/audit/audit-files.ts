/**
 * What signs the log, outside the log: the key, the name it signs under, and the newest checkpoint
 * that was signed. That one is the anchor: a log that it does not fit is not the one that was left.
 *
 * @module
 */
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import {
  base64url,
  freshSigningKey,
  randomBytes,
  type SigningKey,
  signingKeyOf,
  verifierKey,
} from '@forsat/ledger'

/** Who signs, under which name. */
export interface AuditKey {
  /** Whose tree it is; the name of the key, too. */
  readonly origin: string
  readonly key: SigningKey
  /** What others check with: one line, to be published out of the operator's reach. */
  readonly verifierKey: string
}

export interface AuditFiles {
  /** `undefined` before a key was made. */
  key(): Promise<AuditKey | undefined>
  /** Takes a key, as PKCS#8 in PEM, in the place of any other. */
  use(pem: string, origin: string): Promise<AuditKey>
  /** Signs under another name from now on. */
  rename(origin: string): Promise<void>
  /** The newest checkpoint that was signed. */
  anchor(): Promise<string | undefined>
  keepAnchor(note: string): Promise<void>
}

export const auditKeyOf = (origin: string, key: SigningKey): AuditKey => ({
  origin,
  key,
  verifierKey: verifierKey({ name: origin, kind: 'log', publicKey: key.publicKey }),
})

/** A fresh key, in the place of any other. */
export const makeAuditKey = (files: AuditFiles, origin: string): Promise<AuditKey> =>
  files.use(freshSigningKey(), origin)

/** Beside the other keys of a store. */
export const auditFilesIn = (folder: string): AuditFiles => {
  const paths = {
    key: join(folder, 'audit.pem'),
    origin: join(folder, 'audit.origin'),
    anchor: join(folder, 'audit.checkpoint'),
  }
  return {
    key: async () => {
      const [pem, origin] = [await textIn(paths.key), await textIn(paths.origin)]
      const key = pem === undefined ? undefined : signingKeyOf(pem)
      if (pem !== undefined && key === undefined) throw new Error(`${paths.key} holds no key`)
      return key && origin ? auditKeyOf(origin.trim(), key) : undefined
    },
    use: async (pem, origin) => {
      // The name first: a key without one signs nothing.
      await replace(paths.origin, `${origin}\n`)
      await replace(paths.key, pem)
      return keyIn(pem, origin)
    },
    rename: (origin) => replace(paths.origin, `${origin}\n`),
    anchor: () => textIn(paths.anchor),
    keepAnchor: (note) => replace(paths.anchor, note),
  }
}

/** For a store in memory: a key that lives as long. */
export const auditInMemory = (): AuditFiles => {
  let key = keyIn(freshSigningKey(), 'forsat/memory/1')
  let anchor: string | undefined
  return {
    key: async () => key,
    use: async (pem, origin) => {
      key = keyIn(pem, origin)
      return key
    },
    rename: async (origin) => {
      key = auditKeyOf(origin, key.key)
    },
    anchor: async () => anchor,
    keepAnchor: async (note) => {
      anchor = note
    },
  }
}

const keyIn = (pem: string, origin: string): AuditKey => {
  const key = signingKeyOf(pem)
  if (key === undefined) throw new Error('this is no signing key')
  return auditKeyOf(origin, key)
}

const textIn = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Whole or not at all, and on the disk before anybody sees it. */
const replace = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const aside = `${path}.${base64url(randomBytes(6))}`
  const file = await open(aside, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(aside, path)
}

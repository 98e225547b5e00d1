/**
 * What is done to the signing of a log, each told in the log itself: a backup was put back, a key was
 * changed. Both need a second person.
 *
 * @module
 */
import {
  freshSigningKey,
  signedCheckpoint,
  signedToo,
  signingKeyOf,
  type TreeHead,
} from '@forsat/ledger'
import * as E from 'fp-ts/lib/Either.js'
import type { Context } from '../context.ts'
import type { Forsat } from '../forsat.ts'
import { commonLedger } from '../ledger/use-cases.ts'
import type { Refusal } from '../refusal.ts'
import { type AuditFiles, type AuditKey, auditKeyOf } from './audit-files.ts'

interface Means {
  readonly forsat: Pick<Forsat, 'execute' | 'store'>
  readonly files: AuditFiles
}

export interface Renewed {
  /** The checkpoint that others go on from. */
  readonly note: string
  readonly verifierKey: string
}

const keyMissing = E.left({ type: 'AuditKeyMissing' as const })

/** Goes on with a log that is not the one signed last, under another name than that one had. */
export const declareRestore = async (
  { forsat, files }: Means,
  { reason, approvedBy }: { readonly reason: string; readonly approvedBy: string },
  context: Context,
): Promise<E.Either<Refusal, Renewed>> => {
  const [key, previousCheckpoint] = [await files.key(), await files.anchor()]
  if (key === undefined || previousCheckpoint === undefined) return keyMissing
  const origin = following(key.origin)
  const { size: keptSize } = await headOf(forsat)
  const data = { id: commonLedger, previousCheckpoint, keptSize, origin, reason, approvedBy }
  const declared = await forsat.execute({ type: 'DeclareRestore', data }, context)
  if (E.isLeft(declared)) return declared
  await files.rename(origin)
  const renamed = auditKeyOf(origin, key.key)
  const note = signedBy(renamed, await headOf(forsat))
  await files.keepAnchor(note)
  return E.right({ note, verifierKey: renamed.verifierKey })
}

/** Signs with another key from now on; the first checkpoint is signed by both. */
export const rotateAuditKey = async (
  { forsat, files }: Means,
  { reason, approvedBy }: { readonly reason?: string | undefined; readonly approvedBy: string },
  context: Context,
): Promise<E.Either<Refusal, Renewed>> => {
  const before = await files.key()
  const pem = freshSigningKey()
  const fresh = signingKeyOf(pem)
  if (before === undefined || fresh === undefined) return keyMissing
  const after = auditKeyOf(before.origin, fresh)
  const data = {
    id: commonLedger,
    from: before.verifierKey,
    to: after.verifierKey,
    approvedBy,
    ...(reason === undefined ? {} : { reason }),
  }
  const rotated = await forsat.execute({ type: 'RotateAuditKey', data }, context)
  if (E.isLeft(rotated)) return rotated
  const note = signedToo(signedBy(before, await headOf(forsat)), {
    name: after.origin,
    key: after.key,
  })
  await files.use(pem, after.origin)
  await files.keepAnchor(note)
  return E.right({ note, verifierKey: after.verifierKey })
}

const headOf = async ({ store }: Pick<Forsat, 'store'>): Promise<TreeHead> => {
  if (store.tree === undefined) throw new Error('the log of this store has no tree')
  return await store.tree.head()
}

const signedBy = ({ origin, key }: AuditKey, head: TreeHead): string =>
  signedCheckpoint({ ...head, origin }, { name: origin, key })

/** The name with its last number raised: `forsat/1` is followed by `forsat/2`. */
const following = (origin: string): string => {
  const [, name = origin, number = '1'] = /^(.*)\/(\d{1,9})$/.exec(origin) ?? []
  return `${name}/${Number(number) + 1}`
}

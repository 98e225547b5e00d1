export { type BundledEvent, type BundleFile, bundleFiles } from './bundle/bundle.ts'
export { tarEnd, tarFile } from './bundle/tar.ts'
export { canonical } from './canonical.ts'
export {
  type Checkpoint,
  checkpointIn,
  hashIn,
  hashText,
  openCheckpoint,
  signedCheckpoint,
  type VerifiedCheckpoint,
} from './checkpoint.ts'
export {
  dataCommitment,
  personalCommitment,
  saltBytes,
  stateDigest,
  statesDigest,
} from './commitment.ts'
export {
  base64url,
  freshSigningKey,
  fromBase64url,
  randomBytes,
  type SigningKey,
  sha256,
  signingKeyOf,
  utf8,
} from './crypto.ts'
export { type Envelope, envelopeText, type PersonalCommitment } from './envelope.ts'
export { cloudEvents } from './export/cloud-events.ts'
export { type Column, csvOf } from './export/csv.ts'
export { eventTable } from './export/event-table.ts'
export type { Exported, ExportFormat, RevealedPart } from './export/exported.ts'
export { jsonLines } from './export/json-lines.ts'
export { ocel } from './export/ocel.ts'
export { Frontier, type FrontierState } from './frontier.ts'
export {
  consistencyProof,
  emptyRoot,
  type Hash,
  hashBytes,
  hashOfBytes,
  inclusionProof,
  leafHash,
  nodeHash,
  rootAt,
  type Subtrees,
  type TreeHead,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts'
export { cosigned, type Signer, signedToo, type Verifier, verifierKey, verifierOf } from './note.ts'
export { consistencyIn, consistencyText, inclusionIn, inclusionText } from './proof.ts'
export { type BoxPlace, type Fields, open, opened, type SealedBox, seal } from './sealing.ts'

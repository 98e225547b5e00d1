/**
 * A bundle is a log, or a part of it, to be checked far from the program that wrote it: events, the
 * leaves of the whole tree, signed checkpoints, sums of all files, and a verifier that anybody can read.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { canonical } from '../canonical.ts'
import { hashText } from '../checkpoint.ts'
import { base64url } from '../crypto.ts'
import type { Exported } from '../export/exported.ts'
import { jsonLine } from '../export/json-lines.ts'
import { Frontier } from '../frontier.ts'
import { hashBytes, leafHash } from '../merkle.ts'
import { readme } from './readme.ts'

export interface BundleFile {
  readonly path: string
  readonly content: string
}

/** An event of the log; of one that was not asked for only its leaf is told. */
export type BundledEvent = Pick<Exported, 'envelope'> & { readonly shown?: Exported | undefined }

export interface BundleSource {
  /** Every event of the log from the first on, in pages. */
  readonly events: AsyncIterable<readonly BundledEvent[]>
  /** What was asked for; nothing for the whole log. */
  readonly filter: object
  /** Signed notes over this log, the oldest first. */
  readonly checkpoints: readonly string[]
  /** The program that checks it, as its text. */
  readonly verifier: string
  /** What they can be checked with; who doubts the bundle has it from elsewhere. */
  readonly verifierKey?: string | undefined
}

/** Files are cut behind so much, so that a large log is never in memory as a whole. */
const partLength = 4 * 1024 * 1024

/** The files of a bundle in their order; the manifest, which names all others, is the last one. */
export async function* bundleFiles(source: BundleSource): AsyncGenerator<BundleFile> {
  const { filter, checkpoints, verifier, verifierKey } = source
  const files: { readonly path: string; readonly bytes: number; readonly sha256: string }[] = []
  const listed = (file: BundleFile): BundleFile => {
    const sha256 = createHash('sha256').update(file.content, 'utf8').digest('hex')
    files.push({ path: file.path, bytes: Buffer.byteLength(file.content, 'utf8'), sha256 })
    return file
  }
  yield listed({ path: 'README.txt', content: readme })
  yield listed({ path: 'verify.mjs', content: verifier })
  for (const [index, content] of checkpoints.entries()) {
    yield listed({ path: `checkpoints/${numbered(index)}.txt`, content })
  }

  const tree = new Frontier()
  const shown = parts('events', 'jsonl')
  const leaves = parts('leaves', 'txt')
  let count = 0
  for await (const page of source.events) {
    for (const { envelope, shown: event } of page) {
      const leaf = leafHash(envelope)
      tree.add(leaf)
      for (const file of leaves.add(`${base64url(hashBytes(leaf))}\n`)) yield listed(file)
      if (event === undefined) continue
      count += 1
      for (const file of shown.add(jsonLine(event))) yield listed(file)
    }
  }
  for (const file of [...shown.end(), ...leaves.end()]) yield listed(file)
  const manifest = {
    format: 'forsat-bundle/1',
    tree: { size: tree.size, root: hashText(tree.root()) },
    events: count,
    filter,
    files,
    ...(verifierKey === undefined ? {} : { verifierKey }),
  }
  yield { path: 'manifest.json', content: `${canonical(manifest)}\n` }
}

const numbered = (index: number): string => String(index).padStart(6, '0')

/** Text cut into files at the ends of lines. */
const parts = (folder: string, ending: string) => {
  let index = 0
  let text = ''
  const cut = (): BundleFile[] => {
    const file = { path: `${folder}/${numbered(index)}.${ending}`, content: text }
    index += 1
    text = ''
    return [file]
  }
  return {
    add: (line: string): BundleFile[] => {
      text += line
      return text.length < partLength ? [] : cut()
    },
    end: (): BundleFile[] => (text === '' ? [] : cut()),
  }
}

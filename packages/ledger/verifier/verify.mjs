#!/usr/bin/env node
/**
 * Verifies a bundle of a Forsat log, with nothing but Node and what an auditor brings along:
 *
 *     node verify.mjs [FOLDER] --key VERIFIER-KEY [--checkpoint FILE]… [--json]
 *     node verify.mjs --proof FILE --key VERIFIER-KEY
 *
 * The key and older checkpoints must come from elsewhere than the bundle: who could change the bundle
 * could change what lies in it. This file shares no line with the program that wrote the log; what it
 * checks is written down in README.txt beside it.
 *
 * Exit code: 0 sound, 1 wrong usage or unreadable, 2 evidence of tampering, 3 nobody can tell, for no
 * checkpoint by a known key covers the events.
 *
 * @module
 */
import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

// ---- Hashes: SHA-256, and the tree of RFC 6962 ----

const sha256 = (...parts) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

const leafOf = (text) => sha256(Buffer.of(0), Buffer.from(text, 'utf8'))
const nodeOf = (left, right) => sha256(Buffer.of(1), left, right)
const isEqual = (a, b) => Buffer.compare(a, b) === 0

/** The roots that a tree has had at each of these sizes, of leaves in their order. */
const rootsAt = (leaves, sizes) => {
  const wanted = new Set(sizes)
  const roots = new Map()
  // Complete subtrees from left to right; one of height h stands for 2^h leaves.
  const subtrees = []
  const root = () =>
    subtrees.length === 0
      ? sha256('')
      : subtrees.reduceRight((right, { hash }) => (right ? nodeOf(hash, right) : hash), undefined)
  for (let size = 0; ; size += 1) {
    if (wanted.has(size)) roots.set(size, root())
    if (size === leaves.length) return roots
    let next = { height: 0, hash: leaves[size] }
    while (subtrees.at(-1)?.height === next.height) {
      next = { height: next.height + 1, hash: nodeOf(subtrees.pop().hash, next.hash) }
    }
    subtrees.push(next)
  }
}

/** Whether a path leads from a leaf to the root of a tree of `size` (RFC 9162, 2.1.3.2). */
const isIncluded = (leaf, index, size, path, root) => {
  if (index >= size) return false
  let [place, last, hash] = [BigInt(index), BigInt(size) - 1n, leaf]
  for (const sibling of path) {
    if (last === 0n) return false
    if ((place & 1n) === 1n || place === last) {
      hash = nodeOf(sibling, hash)
      while ((place & 1n) === 0n && place !== 0n) [place, last] = [place >> 1n, last >> 1n]
    } else {
      hash = nodeOf(hash, sibling)
    }
    ;[place, last] = [place >> 1n, last >> 1n]
  }
  return last === 0n && isEqual(hash, root)
}

/** Whether the later tree holds the earlier one unchanged (RFC 9162, 2.1.4.2). */
const isConsistent = (earlier, later, path) => {
  if (earlier.size === 0 || earlier.size > later.size) return false
  if (earlier.size === later.size) return path.length === 0 && isEqual(earlier.root, later.root)
  let [place, last] = [BigInt(earlier.size) - 1n, BigInt(later.size) - 1n]
  while ((place & 1n) === 1n) [place, last] = [place >> 1n, last >> 1n]
  const [first, ...rest] = place === 0n ? [earlier.root, ...path] : path
  if (first === undefined) return false
  let [before, after] = [first, first]
  for (const sibling of rest) {
    if (last === 0n) return false
    if ((place & 1n) === 1n || place === last) {
      before = nodeOf(sibling, before)
      after = nodeOf(sibling, after)
      while ((place & 1n) === 0n && place !== 0n) [place, last] = [place >> 1n, last >> 1n]
    } else {
      after = nodeOf(after, sibling)
    }
    ;[place, last] = [place >> 1n, last >> 1n]
  }
  return last === 0n && isEqual(before, earlier.root) && isEqual(after, later.root)
}

// ---- Canonical JSON (RFC 8785), of values that JSON.parse made ----

const canonical = (value) => {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('a text is not well formed')
    return JSON.stringify(value)
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const keys = Object.keys(value).toSorted()
  return `{${keys.map((key) => `${canonical(key)}:${canonical(value[key])}`).join(',')}}`
}

// ---- Commitments: a salted hash of what is not shown ----

const committedTo = (form, salt, text) =>
  sha256(`${form}\0`, Buffer.from(salt, 'base64url'), Buffer.from(text, 'utf8')).toString(
    'base64url',
  )

// ---- Checkpoints: signed notes (C2SP) over origin, size and root ----

/** A key as it is published: `name+id+base64`. Type 1 signs as the log, type 4 as a witness. */
const keyIn = (text) => {
  const [, name, id, base64] =
    /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text.trim()) ?? []
  const bytes = Buffer.from(base64 ?? '', 'base64')
  if (name === undefined || bytes.length !== 33) return undefined
  if (sha256(`${name}\n`, bytes).subarray(0, 4).toString('hex') !== id) return undefined
  const prefix = Buffer.from('302a300506032b6570032100', 'hex')
  const key = createPublicKey({
    key: Buffer.concat([prefix, bytes.subarray(1)]),
    format: 'der',
    type: 'spki',
  })
  return { name, id, type: bytes[0], key }
}

const keysIn = (texts) =>
  texts.map((text) => {
    const key = keyIn(text)
    if (key === undefined) throw new Error(`${text} is no verifier key`)
    return key
  })

/** What a note says, if a known key signed it as the log and no known key's line is wrong. */
const checkpointIn = (note, keys) => {
  const end = note.lastIndexOf('\n\n')
  const text = note.slice(0, end + 1)
  const lines = note.slice(end + 2).split('\n')
  if (end < 0 || lines.pop() !== '' || lines.length === 0) return undefined
  let isSigned = false
  for (const line of lines) {
    const [, name, base64] = /^— (\S+) (\S+)$/.exec(line) ?? []
    if (name === undefined) return undefined
    const bytes = Buffer.from(base64, 'base64')
    const id = bytes.subarray(0, 4).toString('hex')
    const known = keys.find((each) => each.name === name && each.id === id)
    if (known === undefined) continue
    const isWitness = known.type === 4
    const signature = bytes.subarray(isWitness ? 12 : 4)
    const time = isWitness && bytes.length === 76 ? bytes.readBigUInt64BE(4) : 0n
    const signed = isWitness ? `cosignature/v1\ntime ${time}\n${text}` : text
    if (!verifySignature(null, Buffer.from(signed, 'utf8'), known.key, signature)) return undefined
    isSigned ||= known.type === 1
  }
  const [origin, size, root, rest, ...more] = text.split('\n')
  const hash = Buffer.from(root ?? '', 'base64')
  const isWhole = origin !== '' && /^(0|[1-9]\d{0,15})$/.test(size ?? '') && hash.length === 32
  if (!isSigned || !isWhole || rest !== '' || more.length > 0) return undefined
  return { origin, size: Number(size), root: hash }
}

// ---- A bundle ----

const textIn = (folder, path) => readFileSync(join(folder, path), 'utf8')
const linesIn = (folder, paths) =>
  paths.flatMap((path) => textIn(folder, path).split('\n').slice(0, -1))

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted()

/** Every file is as the manifest says, and there is no other. */
const checkFiles = (folder, manifest, tell) => {
  const listed = new Map(manifest.files.map((file) => [file.path, file]))
  const present = filesIn(folder).filter((path) => path !== 'manifest.json')
  for (const path of present) {
    const bytes = readFileSync(join(folder, path))
    const { sha256: sum } = listed.get(path) ?? {}
    if (sha256(bytes).toString('hex') !== sum) tell('MANIFEST_MISMATCH', undefined, path)
  }
  for (const path of listed.keys()) {
    if (!present.includes(path)) tell('MANIFEST_MISMATCH', undefined, `${path} is missing`)
  }
}

/** An event against its leaf, its commitments, and what stands before it. */
const checkEvent = (line, leaves, seen, tell) => {
  const { data, envelope, salt, revealed = [] } = JSON.parse(line)
  const { idx, id, stream, rev, recorded } = envelope
  if (canonical(JSON.parse(line)) !== line) tell('ENVELOPE_NOT_CANONICAL', idx, id)
  const leaf = leaves[idx]
  if (leaf === undefined || !isEqual(leafOf(canonical(envelope)), leaf)) {
    tell('LEAF_CACHE_MISMATCH', idx, 'the event is not the leaf that stands in its place')
  }
  if (data === undefined || data === null || salt === '') {
    tell('PAYLOAD_MISSING', idx, id)
  } else if (committedTo('ledger/data/v1', salt, canonical(data)) !== envelope.data) {
    tell('COMMITMENT_MISMATCH', idx, 'the data is not what was committed to')
  }
  for (const { subject, purpose, fields, salt: inner } of revealed) {
    const part = (envelope.pii ?? []).find(({ s, p }) => s === subject && p === purpose)
    if (part?.c !== committedTo('ledger/pii/v1', inner, canonical(fields))) {
      tell('SEAL_BROKEN', idx, `what was opened of ${subject} is not what was sealed`)
    }
  }
  if (idx <= seen.idx) tell('INDEX_GAP', idx, 'events are not in the order of their places')
  if (seen.isWhole && idx !== seen.idx + 1) tell('INDEX_GAP', idx, `${seen.idx + 1} is missing`)
  if (recorded < seen.recorded) tell('TIME_WENT_BACK', idx, `${recorded} follows ${seen.recorded}`)
  if (seen.ids.has(id)) tell('DUPLICATE_ID', idx, id)
  const before = seen.revisions.get(stream)
  if (before === undefined ? seen.isWhole && rev !== 0 : rev !== before + 1) {
    tell('REVISION_GAP', idx, `${stream} has no revision before ${rev}`)
  }
  seen.idx = idx
  seen.recorded = recorded
  seen.ids.add(id)
  seen.revisions.set(stream, rev)
}

/** Each checkpoint against the tree of the leaves; answers the sizes that hold. */
const checkCheckpoints = (notes, keys, leaves, tell) => {
  const known = []
  for (const { note, from } of notes) {
    const checkpoint = checkpointIn(note, keys)
    if (checkpoint === undefined) {
      if (keys.length > 0) tell('BAD_CHECKPOINT', undefined, `${from} is not signed by a known key`)
      continue
    }
    const twin = known.find(
      ({ origin, size, root }) =>
        origin === checkpoint.origin && size === checkpoint.size && !isEqual(root, checkpoint.root),
    )
    if (twin !== undefined) {
      tell('FORK_PROVEN', undefined, `two signed histories of ${checkpoint.size} events`)
    }
    known.push(checkpoint)
  }
  const sizes = known.map(({ size }) => size)
  const roots = rootsAt(leaves, sizes)
  let sound = 0
  for (const { size, root } of known.toSorted((a, b) => a.size - b.size)) {
    if (size > leaves.length) {
      tell('LOG_SHRUNK', leaves.length, `${size} events were signed, ${leaves.length} are left`)
    } else if (isEqual(roots.get(size), root)) {
      sound = size
    } else {
      tell(
        'ROOT_MISMATCH',
        sound,
        `something from ${sound} to before ${size} is not as it was signed`,
      )
    }
  }
  return { count: known.length, sound }
}

/** `keys` are verifier keys as they are published, `checkpoints` notes from elsewhere: `{note, from}`. */
export const verifyBundle = (folder, { keys: published = [], checkpoints = [] } = {}) => {
  const keys = keysIn(published)
  const findings = []
  const tell = (code, index, detail) => findings.push({ code, index, detail })
  const manifest = JSON.parse(textIn(folder, 'manifest.json'))
  if (manifest.format !== 'forsat-bundle/1') throw new Error('this is no bundle that is known here')
  checkFiles(folder, manifest, tell)
  const paths = manifest.files
    .map(({ path }) => path)
    .filter((path) => filesIn(folder).includes(path))
  const under = (start) => paths.filter((path) => path.startsWith(start)).toSorted()

  const leaves = linesIn(folder, under('leaves/')).map((line) => Buffer.from(line, 'base64url'))
  if (leaves.length !== manifest.tree.size) {
    tell('LOG_SHRUNK', leaves.length, `${manifest.tree.size} leaves were written`)
  }
  const root = rootsAt(leaves, [leaves.length]).get(leaves.length)
  if (root.toString('base64') !== manifest.tree.root) {
    tell('ROOT_MISMATCH', 0, 'the leaves do not make the root of the manifest')
  }
  const isWhole = Object.keys(manifest.filter).length === 0
  const seen = { idx: -1, recorded: '', ids: new Set(), revisions: new Map(), isWhole }
  const events = linesIn(folder, under('events/'))
  // Of chosen streams each is told from somewhere in its middle on.
  for (const line of events) checkEvent(line, leaves, seen, tell)
  if (isWhole && events.length !== leaves.length) {
    tell('INDEX_GAP', events.length, `${leaves.length} leaves stand for ${events.length} events`)
  }
  const own = under('checkpoints/').map((path) => ({ note: textIn(folder, path), from: path }))
  const { count, sound } = checkCheckpoints([...own, ...checkpoints], keys, leaves, tell)
  return { findings, events: events.length, size: leaves.length, checkpoints: count, sound }
}

/** What the program ends with. */
export const exitOf = ({ findings, checkpoints }) => {
  if (findings.length > 0) return 2
  return checkpoints === 0 ? 3 : 0
}

// ---- A proof by itself ----

export const verifyProof = (text, { keys: published = [], checkpoints = [] } = {}) => {
  const keys = keysIn(published)
  const end = text.indexOf('\n\n')
  const [first, ...lines] = text.slice(0, end).split('\n')
  const checkpoint = checkpointIn(text.slice(end + 2), keys)
  if (checkpoint === undefined) return 'BAD_CHECKPOINT'
  const hashes = (list) => list.map((line) => Buffer.from(line, 'base64'))
  if (first === 'c2sp.org/tlog-proof@v1') {
    const extra = lines[0]?.startsWith('extra ') ? lines.shift().slice(6) : undefined
    const [, index] = /^index (\d+)$/.exec(lines.shift() ?? '') ?? []
    if (extra === undefined || index === undefined) return 'BAD_PROOF'
    const leaf = sha256(Buffer.of(0), Buffer.from(extra, 'base64'))
    const { size, root } = checkpoint
    return isIncluded(leaf, Number(index), size, hashes(lines), root) ? undefined : 'BAD_PROOF'
  }
  const [, old] = /^old (\d+)$/.exec(first ?? '') ?? []
  const earlier = checkpoints
    .map(({ note }) => checkpointIn(note, keys))
    .find((each) => each?.size === Number(old))
  if (old === undefined || earlier === undefined) return 'BAD_PROOF'
  return isConsistent(earlier, checkpoint, hashes(lines)) ? undefined : 'BAD_PROOF'
}

// ---- On the command line ----

const main = () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      key: { type: 'string', multiple: true, default: [] },
      checkpoint: { type: 'string', multiple: true, default: [] },
      proof: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  const keys = values.key
  const checkpoints = values.checkpoint.map((from) => ({ note: readFileSync(from, 'utf8'), from }))
  if (values.proof !== undefined) {
    const fault = verifyProof(readFileSync(values.proof, 'utf8'), { keys, checkpoints })
    console.log(fault ?? 'sound')
    return fault === undefined ? 0 : 2
  }
  const report = verifyBundle(positionals[0] ?? '.', { keys, checkpoints })
  const { findings, events, size, sound } = report
  if (values.json) console.log(JSON.stringify(report))
  else {
    for (const { code, index, detail } of findings) console.log(`${code} ${index ?? ''} ${detail}`)
    console.log(`${events} events read, ${size} leaves, ${sound} of them signed by a known key`)
    if (sound < size) console.log(`UNSIGNED_TAIL ${size - sound}`)
  }
  return exitOf(report)
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    process.exitCode = main()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}

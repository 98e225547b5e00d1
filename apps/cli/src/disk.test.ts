/**
 * A disk that takes no more: who writes is told to come again, who reads is answered, and once there is
 * room everything goes on as if nothing had been.
 */
import { type ChildProcess, execFileSync, spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addressOf, ended, startedIn } from './testing/processes.ts'

let folder: string
let running: ChildProcess[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forsat-disk-'))
  running = []
})
afterEach(async () => {
  for (const child of running) child.kill('SIGKILL')
  await rm(folder, { recursive: true, maxRetries: 5 })
})

interface Disk {
  /** What is said to a shell before the server takes its place. */
  readonly shell: readonly string[]
  readonly makeRoom: (server: ChildProcess) => void
  /** Whether this machine lets us. */
  readonly isToBeHad: boolean
}

const does = (program: string, ...args: readonly string[]): boolean =>
  spawnSync(program, args, { stdio: 'ignore' }).status === 0
const mayLimit = does('prlimit', '--version')
const mayMount = does(
  'unshare',
  '--user',
  '--map-root-user',
  '--mount',
  'mount',
  '-t',
  'tmpfs',
  'none',
  '/mnt',
)

/** No file may grow beyond a mebibyte. */
const smallFiles: Disk = {
  shell: ['sh', '-c', 'ulimit -S -f 2048; exec "$0" "$@"'],
  makeRoom: ({ pid }) => {
    execFileSync('prlimit', ['--pid', String(pid), '--fsize=unlimited'])
  },
  isToBeHad: mayLimit,
}

/** A disk of its own, of whose four mebibytes so many are full. */
const full = (size: string) => [
  'unshare',
  '--user',
  '--map-root-user',
  '--mount',
  'sh',
  '-c',
  `mount -t tmpfs -o size=4m none data && head -c ${size} /dev/zero > data/filler; exec "$0" "$@"`,
]

const smallDisk: Disk = {
  shell: full('2m'),
  makeRoom: ({ pid }) => rmSync(join('/proc', String(pid), 'cwd', 'data', 'filler')),
  isToBeHad: mayMount,
}

describe.each([
  ['of a size of its own', smallDisk],
  ['for files that have grown too large', smallFiles],
])('a disk that is full %s', (_how, { shell, makeRoom, isToBeHad }) => {
  test.skipIf(!isToBeHad)('keeps nobody waiting, and is forgotten once there is room', async () => {
    await mkdir(join(folder, 'data'))
    const serving = ['serve', '--no-auth', '--port', '0', '--language', 'en']
    const server = startedIn(folder, {}, serving, shell)
    running.push(server)
    const base = await addressOf(server)
    const titleOf = (index: number) => `Desks ${index} ${'x'.repeat(150)}`
    const open = async (index: number) => {
      const answer = await fetch(`${base}/v1/opportunities`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': `open-${index}` },
        body: JSON.stringify({ title: titleOf(index) }),
      })
      const body = (await answer.json()) as { readonly id: string; readonly code?: string }
      return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body }
    }

    const made: string[] = []
    let answer = await open(0)
    while (answer.status === 201) {
      made.push(answer.body.id)
      answer = await open(made.length)
    }
    expect(answer).toMatchObject({ status: 503, retryAfter: '1', body: { code: 'NotReady' } })
    expect(made.length).toBeGreaterThan(3)
    const read = await fetch(`${base}/v1/opportunities/${made.at(-1)}`)
    expect(read.status).toBe(200)
    expect((await fetch(`${base}/healthz`)).status).toBe(200)

    makeRoom(server)
    const again = await open(made.length)
    expect(again).toMatchObject({ status: 201 })
    expect(await open(0)).toMatchObject({ status: 201, body: { id: made[0] } })
    while ((await fetch(`${base}/readyz`)).status !== 200) await pause(50)
    const listed = await fetch(`${base}/v1/opportunities?count=true&limit=1`)
    expect(await listed.json()).toMatchObject({ total: made.length + 1 })
    server.kill('SIGTERM')
    expect(await ended(server)).toMatchObject({ code: 0 })
  })
})

test.skipIf(!mayMount)('a server that has no room to begin with says so, and ends', async () => {
  await mkdir(join(folder, 'data'))
  const server = startedIn(folder, {}, ['serve', '--no-auth', '--port', '0'], full('3m'))
  running.push(server)
  const { code, err } = await ended(server)
  expect(err).toMatch(/^[^\n]+(?:is full|takes no keys|cannot hold read models)[^\n]*\n$/)
  expect(code).toBe(3)
})

/**
 * The programs that are killed: the server and the commands of the command line, over one store, under
 * a clock that goes on from day to day.
 *
 * @internal
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../main.ts', import.meta.url))

export interface Ended {
  /** `null` where it was killed. */
  readonly code: number | null
  readonly said: string
}

export interface Running {
  readonly kill: () => void
  readonly ended: Promise<Ended>
  readonly hasEnded: () => boolean
}

export interface Server extends Running {
  readonly base: string
}

/** How long a server may take to begin to serve, on a machine that has much else to do. */
const patienceMs = 300_000

export interface Programs {
  readonly run: (args: readonly string[], now: string) => Running
  /** Fails where it does not come to serve. */
  readonly serve: (now: string) => Promise<Server>
  readonly killAll: () => Promise<void>
}

export const programsIn = (folder: string, compiled: string): Programs => {
  const all = new Set<Running>()

  const started = (args: readonly string[], now: string) => {
    const { FORSAT_STORE: _store, PORT: _port, HOST: _host, ...env } = process.env
    const child = spawn(process.execPath, ['--conditions=@forsat/source', program, ...args], {
      cwd: folder,
      env: {
        ...env,
        FORSAT_CWD: folder,
        FORSAT_STORE: `sqlite:${join(folder, 'forsat.db')}`,
        FORSAT_TEST_CLOCK: now,
        NODE_COMPILE_CACHE: compiled,
        LANG: 'C',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const running = runningOf(child)
    all.add(running)
    void running.ended.then(() => all.delete(running))
    return { child, running }
  }

  return {
    run: (args, now) => started(args, now).running,
    serve: async (now) => {
      const { child, running } = started(['serve', '--no-auth', '--port', '0', '--json'], now)
      const url = await Promise.race([addressIn(child), running.ended, pause(patienceMs)])
      if (typeof url === 'string') return { ...running, base: `${url}/v1` }
      running.kill()
      throw new Error(`the server did not come to serve: ${JSON.stringify(await running.ended)}`)
    },
    killAll: async () => {
      const last = [...all]
      for (const { kill } of last) kill()
      await Promise.all(last.map(({ ended }) => ended))
    },
  }
}

const runningOf = (child: ChildProcess): Running => {
  let over = false
  const said = child.stderr === null ? Promise.resolve('') : text(child.stderr)
  const ended = once(child, 'close').then(async ([code]): Promise<Ended> => {
    over = true
    return { code: code as number | null, said: await said }
  })
  return { kill: () => child.kill('SIGKILL'), ended, hasEnded: () => over }
}

/** Where a server says that it listens; what it says further is let go by. */
const addressIn = async (child: ChildProcess): Promise<string> => {
  const { promise, resolve } = Promise.withResolvers<string>()
  let said = ''
  child.stdout?.on('data', (part: Buffer) => {
    said += String(part)
    const [, url] = /"url":\s*"([^"]+)"/.exec(said) ?? []
    if (url !== undefined) resolve(url)
  })
  return promise
}

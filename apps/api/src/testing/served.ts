/**
 * A server for tests: the real thing, listening, over a real store, under a clock that moves only when
 * it is told to.
 *
 * @internal
 * @module
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import {
  auditFilesIn,
  type Forsat,
  type Mailer,
  makeAuditKey,
  mintedIds,
  openForsat,
  setUp,
  testClock,
} from '@forsat/application'
import { placeForTests } from '@forsat/event-store/eventstoredb/testing'
import type { FastifyInstance } from 'fastify'
import { type AppOptions, createApp } from '../app.ts'
import type { Need } from '../caller.ts'

export interface Answer<Body> {
  readonly status: number
  readonly headers: Headers
  readonly body: Body
}

type Headers_ = Readonly<Record<string, string>>

/** A record, as far as every one is alike. */
export interface Made {
  readonly id: string
  readonly revision: number
}

/** A route as the server itself knows it. */
export interface KnownRoute {
  readonly method: string
  readonly url: string
  readonly need: Need | undefined
}

export interface Served extends AsyncDisposable {
  readonly forsat: Forsat
  /** The folder of the store and everything beside it. */
  readonly folder: string
  /** All that there are, in the order in which they were made. */
  readonly routes: readonly KnownRoute[]
  readonly base: string
  readonly companyId: string
  readonly userId: string
  call<Body = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Headers_,
  ): Promise<Answer<Body>>
  /** The body of a GET that must be answered. */
  read<Body>(path: string): Promise<Body>
  /** What a command answered that must be taken. */
  done<Body = Made>(method: string, path: string, body?: unknown, headers?: Headers_): Promise<Body>
  at(now: string): Promise<void>
  /** Ends, and starts again on the same files. */
  restart(): Promise<void>
  /** Ends, loses its read models, and starts again on the same log. */
  restartWithoutReadModels(): Promise<void>
}

type Chosen =
  | 'auth'
  | 'requestsPerMinute'
  | 'visitorLimits'
  | 'publicUrl'
  | 'logging'
  | 'webRoot'
  | 'patience'
type Options = Partial<Pick<AppOptions, Chosen>> & {
  readonly start?: string
  readonly language?: 'fa' | 'en'
  /** By default no mail can be sent. */
  readonly mailer?: Mailer
}

/** What is made, with the routes that its server is given: as it is told of them, not as a list says. */
const withRoutes = async <Running>(
  make: () => Promise<Running>,
): Promise<Running & { readonly routes: readonly KnownRoute[] }> => {
  const routes: KnownRoute[] = []
  const listen = (message: unknown) => {
    const { fastify } = message as { readonly fastify: FastifyInstance }
    fastify.addHook('onRoute', ({ method, url, schema }) => {
      for (const each of [method].flat()) {
        routes.push({ method: each, url, need: schema?.['x-role'] })
      }
    })
  }
  subscribe('fastify.initialization', listen)
  try {
    return { ...(await make()), routes }
  } finally {
    unsubscribe('fastify.initialization', listen)
  }
}

export const serve = async ({
  start = '2026-03-01T08:00:00.000Z',
  language = 'fa',
  auth = 'none',
  mailer,
  ...others
}: Options = {}): Promise<Served> => {
  const folder = await mkdtemp(join(tmpdir(), 'forsat-api-'))
  const clock = testClock(start)
  await makeAuditKey(auditFilesIn(join(folder, 'forsat.keys')), 'forsat/test/1')
  const ids = mintedIds(clock)
  const open = async () => withRoutes(opened)
  const opened = async () => {
    const forsat = await openForsat({
      ...(await placeForTests(folder, clock)),
      clock,
      ids,
      mail: mailer && { mailer, origin: () => others.publicUrl ?? running.base },
    })
    const app = await createApp({ forsat, auth, testClock: clock, checkAnswers: true, ...others })
    await app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.address() as AddressInfo
    return { forsat, app, base: `http://127.0.0.1:${port}` }
  }
  const close = async () => {
    await running.app.close()
    await running.forsat[Symbol.asyncDispose]()
  }
  let running = await open()
  const { companyId, userId } = await setUp(running.forsat, { language })

  const call = async <Body>(
    method: string,
    path: string,
    body?: unknown,
    headers: Headers_ = {},
  ): Promise<Answer<Body>> => {
    const answer = await fetch(`${running.base}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: bodyText(body) }),
    })
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.includes('json') === true
    return {
      status: answer.status,
      headers: answer.headers,
      body: (isJson ? JSON.parse(text) : text) as Body,
    }
  }
  const done = async <Body>(method: string, path: string, body?: unknown, headers?: Headers_) => {
    const answer = await call<Body>(method, path, body, headers)
    if (answer.status < 300) return answer.body
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  }

  return {
    get forsat() {
      return running.forsat
    },
    get base() {
      return running.base
    },
    get routes() {
      return running.routes
    },
    folder,
    companyId,
    userId,
    call,
    done,
    read: (path) => done('GET', path),
    at: (now) => done('PUT', '/v1/test/clock', { now }),
    restart: async () => {
      await close()
      running = await open()
      await running.forsat.settle(undefined, readingMs)
    },
    restartWithoutReadModels: async () => {
      await close()
      for (const end of ['', '-wal', '-shm']) {
        await rm(join(folder, `forsat.read.db${end}`), { force: true })
      }
      running = await open()
      await running.forsat.settle(undefined, readingMs)
    },
    [Symbol.asyncDispose]: async () => {
      await close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** How long read models may take over a whole log, on a machine that has much else to do. */
const readingMs = 60_000

/** Waits for what goes on by itself, as long as the test may take. */
export const until = async <Body>(
  ask: () => Promise<Body>,
  isSo: (body: Body) => boolean,
): Promise<Body> => {
  for (;;) {
    const body = await ask()
    if (isSo(body)) return body
    await setTimeout(10)
  }
}

const bodyText = (body: unknown): string | Uint8Array<ArrayBuffer> =>
  body instanceof Uint8Array
    ? Uint8Array.from(body)
    : typeof body === 'string'
      ? body
      : JSON.stringify(body)

/**
 * Every route of the server, with every role of two companies, for what is their own, what is the
 * others' and what nobody has. A route without a row in the table fails here.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Need } from './caller.ts'
import {
  type Company,
  type Named,
  nothing,
  type Path,
  pathOfNothing,
  type RoleName,
  roleNames,
  twoCompanies,
} from './testing/company-records.ts'
import { letterBox } from './testing/letter-box.ts'
import { bodyFor, filled, pathFor, type Row, rows } from './testing/route-rows.ts'
import { type Served, serve } from './testing/served.ts'

let server: Served
let companies: readonly (readonly [own: Company, others: Company])[]
beforeAll(async () => {
  server = await serve({ auth: 'keys', mailer: letterBox() })
  const { here, there } = await twoCompanies(server)
  companies = [
    [here, there],
    [there, here],
  ]
})
afterAll(() => server[Symbol.asyncDispose]())

/** Who may, as the documents promise it; not as the code has it. */
const allowed: Readonly<Record<Exclude<Need, 'public'>, readonly RoleName[]>> = {
  read: ['admin', 'manager', 'sales', 'analyst', 'auditor'],
  sell: ['admin', 'manager', 'sales'],
  manage: ['admin', 'manager'],
  administer: ['admin'],
}
const mayCall = ({ need }: Row, role: RoleName): boolean =>
  need === 'public' || need === 'nobody' || allowed[need].includes(role)

const standing = new Map<string, Path>()
/** A record that stays as it is: it is only read, or out of reach. */
const standingFor = async (row: Row, company: Company): Promise<Path> => {
  const key = `${company.named.word} ${row.at}`
  const path = standing.get(key) ?? (await pathFor(row, company))
  standing.set(key, path)
  return path
}

interface Asked {
  readonly method: string
  readonly url: string
  readonly body?: object | undefined
  /** The revision that is claimed to have been seen. */
  readonly seen?: string
}
interface Heard {
  readonly status: number
  readonly text: string
  /** What it comes to once ids are left out. */
  readonly shape: unknown
}

const ulids = /[0-7][0-9A-HJKMNP-TV-Z]{25}/g
/** Of an answer only these differ from one call to the next, whatever is asked. */
const ofTheMoment = /^(?:date|content-length|etag|location|forsat-position|x-ratelimit-)/

const ask = async ({ method, url, body, seen }: Asked, key: string): Promise<Heard> => {
  const headers = {
    authorization: `Bearer ${key}`,
    ...(seen === undefined ? {} : { 'if-match': seen }),
  }
  const answer = await server.call(method, url, body, headers)
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
  const names = [...answer.headers.keys()].filter((name) => !ofTheMoment.test(name)).toSorted()
  const { status } = answer
  return { status, text, shape: { status, names, body: text.replaceAll(ulids, '*') } }
}

/** What tells of a company: its word, its ids, its numbers. Three letters alone may stand in any id. */
const secretsOf = ({ quote, ...named }: Named): readonly string[] => [
  ...Object.values(named),
  JSON.stringify(quote),
]

/** What must not stand in an answer to the other company, but for what was asked with. */
const expectNothingOf = (others: Named, asked: Asked, heard: Heard): void => {
  const said = `${decodeURIComponent(asked.url)} ${JSON.stringify(asked.body ?? {})}`
  const secrets = secretsOf(others).filter((each) => !said.includes(each))
  const found = secrets.filter((each) => heard.text.includes(each))
  expect.soft(found, `${asked.method} ${asked.url}: ${heard.text.slice(0, 2000)}`).toEqual([])
}

/** Somebody else's is answered as what is not there: in everything but what was asked with. */
const expectSame = async (
  foreign: Asked,
  unknown: Asked,
  { word }: Named,
  key: string,
): Promise<Heard> => {
  const [theirs, nobodys] = [await ask(foreign, key), await ask(unknown, key)]
  const words = new RegExp(`${word}|${nothing.word}`, 'g')
  const leveled = (shape: unknown): unknown =>
    JSON.parse(JSON.stringify(shape).replaceAll(words, '~'))
  expect
    .soft(leveled(theirs.shape), `${foreign.method} ${foreign.url}`)
    .toEqual(leveled(nobodys.shape))
  return theirs
}

const ownRoutes = () => server.routes.filter(({ method }) => method !== 'HEAD')

/** All rows, those last that leave nothing behind them. */
const walked = Object.entries(rows)
  .toSorted(([, a], [, b]) => Number(a.endsAll ?? 0) - Number(b.endsAll ?? 0))
  .map(([route, row]) => {
    const [method = '', url = ''] = route.split(' ')
    return { route, method, url, row }
  })

describe('the table', () => {
  test('has one row for each route that there is, and none besides', () => {
    const there = ownRoutes().map(({ method, url }) => `${method} ${url}`)
    expect(Object.keys(rows).toSorted()).toEqual([...new Set(there)].toSorted())
  })

  test('says of each route whose it is, as the route itself does', () => {
    for (const { method, url, need = 'nobody' } of ownRoutes()) {
      expect.soft(rows[`${method} ${url}`]?.need, `${method} ${url}`).toBe(need)
    }
  })

  test('knows HEAD as the GET that it is', () => {
    const heads = server.routes.filter(
      ({ method, url }) => method === 'HEAD' && url.startsWith('/v1'),
    )
    expect(heads.length).toBeGreaterThan(0)
    for (const { url } of heads) expect.soft(rows).toHaveProperty([`GET ${url}`])
  })
})

describe.each([
  ['the first company', 0],
  ['the second company', 1],
])('in %s', (_name, side) => {
  const sides = () => companies[side] as readonly [Company, Company]

  test.each(roleNames)('%s may do what the role allows, with what is their own', async (role) => {
    const [own, others] = sides()
    for (const { route, method, url, row } of walked) {
      if (row.isEndless) continue
      const may = mayCall(row, role)
      const pathOf = method === 'GET' ? standingFor : pathFor
      const path = may ? await pathOf(row, own) : pathOfNothing
      const asked = {
        method,
        url: filled(url, path),
        body: may ? await bodyFor(row, own) : row.body?.(own.named),
      }
      for (const query of row.queries?.(own.named) ?? ['']) {
        const one = { ...asked, url: query === '' ? asked.url : `${asked.url}?${query}` }
        const heard = await ask(one, own.keys[role])
        const where = `${role}: ${route} ${query} ${heard.text.slice(0, 500)}`
        expect.soft(heard.status, where).toBe(may ? (row.status ?? 200) : 403)
        expectNothingOf(others.named, one, heard)
      }
    }
  })

  test.each(roleNames)(
    '%s is told no more of what is others’ than of what is not there',
    async (role) => {
      const [own, others] = sides()
      const key = own.keys[role]
      for (const { route, method, url, row } of walked) {
        if (row.at === undefined || row.isFree || row.need === 'public') continue
        const body = row.body?.(own.named)
        const foreign = { method, url: filled(url, await standingFor(row, others)), body }
        const unknown = { method, url: filled(url, pathOfNothing), body }
        const heard = await expectSame(foreign, unknown, others.named, key)
        expect.soft(heard.status, `${role}: ${route}`).toBe(mayCall(row, role) ? 404 : 403)
        if (method === 'GET' || !mayCall(row, role)) continue
        const seen = '"99"'
        await expectSame({ ...foreign, seen }, { ...unknown, seen }, others.named, key)
      }
    },
  )

  test('nobody reaches a part of what is others’ through what is their own', async () => {
    const [own, others] = sides()
    for (const { route, method, url, row } of walked) {
      const [, last] = /:id\/.*:(\w+Id)/.exec(route) ?? []
      if (last === undefined) continue
      const path = await pathFor(row, own)
      const theirs = (await standingFor(row, others))[last] ?? ''
      const nobodys = pathOfNothing[last] ?? ''
      const body = row.body?.(own.named)
      const foreign = { method, url: filled(url, { ...path, [last]: theirs }), body }
      const unknown = { method, url: filled(url, { ...path, [last]: nobodys }), body }
      const heard = await expectSame(foreign, unknown, others.named, own.keys.admin)
      expect.soft(heard.status, route).toBe(row.unknownPart ?? 404)
    }
  })

  test('nobody names what is others’ in a request', async () => {
    const [own, others] = sides()
    for (const { route, method, url, row } of walked) {
      for (const name of row.names ?? []) {
        const path = await standingFor(row, own)
        const asking = (named: Named) => ({
          method,
          url: filled(url, path),
          body: row.body?.({ ...own.named, [name]: named[name] }),
        })
        const foreign = asking(others.named)
        const heard = await expectSame(foreign, asking(nothing), others.named, own.keys.admin)
        const isTold = heard.status >= 400 || heard.text.includes('"ok":false')
        expect.soft(isTold, `${route} takes ${name}: ${heard.text.slice(0, 300)}`).toBe(true)
        expectNothingOf(others.named, foreign, heard)
      }
    }
  })

  test('no filter finds what is others’', async () => {
    expect.hasAssertions()
    const [own, others] = sides()
    for (const { method, url, row } of walked) {
      const unknown = row.queries?.(nothing) ?? []
      for (const [index, query] of (row.queries?.(others.named) ?? []).entries()) {
        const asked = { method, url: `${url}?${query}` }
        const none = { method, url: `${url}?${unknown[index]}` }
        const heard = await expectSame(asked, none, others.named, own.keys.admin)
        expectNothingOf(others.named, asked, heard)
      }
    }
  })

  test('the whole log is read without a word of others', async () => {
    expect.hasAssertions()
    const [own, others] = sides()
    for (let after: string | undefined = '0'; after !== undefined; ) {
      const asked = { method: 'GET', url: `/v1/events?limit=200&after=${after}` }
      const heard = await ask(asked, own.keys.auditor)
      expectNothingOf(others.named, asked, heard)
      after = (JSON.parse(heard.text) as { readonly next?: string }).next
    }
  })

  test('the live feed tells of their own and of nobody else', async () => {
    const [own, others] = sides()
    const left = new AbortController()
    const feed = await fetch(`${server.base}/v1/events/live?after=0`, {
      headers: { authorization: `Bearer ${own.keys.analyst}` },
      signal: left.signal,
    })
    const { id: theirs = '' } = await others.make.sent()
    const { id: mine = '' } = await own.make.sent()
    let heard = ''
    const decoder = new TextDecoder()
    for await (const chunk of feed.body ?? []) {
      heard += decoder.decode(chunk, { stream: true })
      if (heard.includes(mine)) break
    }
    left.abort()
    for (const secret of [theirs, ...secretsOf(others.named)]) {
      expect.soft(heard.includes(secret), secret).toBe(false)
    }
  })
})

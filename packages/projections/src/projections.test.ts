import { afterEach, describe, expect, test } from 'vitest'
import { createProjections, type Projections } from './projections.ts'
import { acme, idOf, on, rials, sampleLog } from './sample-log.ts'

const opened: Projections[] = []
afterEach(async () => {
  for (const each of opened.splice(0)) await each[Symbol.asyncDispose]()
})

describe('read models', () => {
  test('answer what was told', async () => {
    const log = sampleLog()
    const id = idOf('A', 1)
    await log.ask(id, {
      type: 'OpenOpportunity',
      data: {
        title: 'Desks',
        emailPresent: false,
        phonePresent: false,
        expectedRevenue: rials(100),
        ...on('2026-01-10'),
      },
    })
    const p = await createProjections({ ...log, path: ':memory:' })
    opened.push(p)
    expect(await p.waitFor(1, { timeoutMs: 2000 })).toBe(true)
    expect(await p.query.opportunities.get(id, { company: acme })).toMatchObject({ title: 'Desks' })
    console.log(
      await p.query.opportunities.list({ company: acme }),
      await p.status(),
      await p.digest(),
    )
    console.log(
      JSON.stringify(
        await p.query.reports.winRate({ company: acme }, { groupBy: ['month'] }),
        null,
        1,
      ),
    )
    console.log(await p.rebuild())
    console.log(await p.status(), await p.digest(), p.sql('select name from sqlite_schema'))
  })
})

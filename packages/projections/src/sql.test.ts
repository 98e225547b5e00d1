import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type SampleCompany, sampleCompany } from './sample-company.ts'
import { SqlRefused } from './sql.ts'

let company: SampleCompany
beforeEach(async () => {
  company = await sampleCompany()
})
afterEach(() => company[Symbol.asyncDispose]())

describe('SQL over the read models', () => {
  test('answers questions and changes nothing', async () => {
    await company.opens(1)
    await company.upToDate()
    expect(
      company.projections.sql('SELECT outcome, count(*) AS n FROM opportunity GROUP BY 1'),
    ).toEqual({
      columns: ['outcome', 'n'],
      rows: [['open', 1]],
    })
    for (const query of [
      'DELETE FROM opportunity_g1',
      'PRAGMA user_version = 7',
      `ATTACH 'x' AS y`,
      'WITH gone AS (SELECT 1) DELETE FROM opportunity_g1',
      'SELECT nothing FROM nowhere',
      'SELECT 1; SELECT 2',
    ]) {
      expect(() => company.projections.sql(query)).toThrow(SqlRefused)
    }
    for (const query of [
      'SELECT count(*) FROM opportunity',
      'SELECT count(*) FROM opportunity; -- all /* of */ them\n',
    ]) {
      expect(company.projections.sql(query).rows).toEqual([[1]])
    }
  })
})

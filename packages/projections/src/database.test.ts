import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { openForWriting, prepared, readAtOnce, transaction } from './database.ts'

const twoConnections = () => {
  const folder = mkdtempSync(join(tmpdir(), 'forsat-database-'))
  const [mine, theirs] = [
    openForWriting(join(folder, 'r.db')),
    openForWriting(join(folder, 'r.db')),
  ]
  onTestFinished(() => {
    mine.close()
    theirs.close()
    rmSync(folder, { recursive: true })
  })
  mine.exec('CREATE TABLE offer (id TEXT PRIMARY KEY) STRICT')
  const offers = () => {
    readAtOnce(mine)
    return prepared(mine, 'SELECT id FROM offer ORDER BY id')
      .all()
      .map(({ id }) => id)
  }
  return { mine, theirs, offers }
}

test('all that is asked in one turn is answered from one state, whoever writes meanwhile', async () => {
  const { theirs, offers } = twoConnections()
  expect(offers()).toEqual([])
  theirs.exec(`INSERT INTO offer VALUES ('a')`)
  expect(offers()).toEqual([])
  await turn()
  expect(offers()).toEqual(['a'])
})

test('what this process writes is seen at once, also by who asked before in the same turn', async () => {
  const { mine, offers } = twoConnections()
  expect(offers()).toEqual([])
  await transaction(mine, () => mine.exec(`INSERT INTO offer VALUES ('b')`))
  expect(offers()).toEqual(['b'])
})

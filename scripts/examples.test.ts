import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Block, blocksOf, pages, root } from './pages.ts'

const compiled = join(root, 'node_modules', '.cache', 'compiled')
const conditions = '--conditions=@forsat/source'

/** Runs a program to its end. */
const run = async (program: string, args: readonly string[], cwd = root, env = {}) => {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, NODE_COMPILE_CACHE: compiled, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ])
  return { status, said: stdout + stderr }
}
const well = { status: 0, said: '' }

describe('the examples in TypeScript', () => {
  const folder = join(root, 'test-results', 'examples')
  const examples = pages.flatMap((page) =>
    blocksOf(page)
      .filter(({ language }) => language === 'ts')
      .map(({ body }, index) => ({
        name: `${page.path.replaceAll('/', '-').replace('.md', '')}-${index + 1}.ts`,
        body,
      })),
  )

  beforeAll(() => {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    for (const { name, body } of examples) writeFileSync(join(folder, name), body)
    const settings = {
      extends: '../../tsconfig.test.json',
      compilerOptions: {
        composite: false,
        declarationMap: false,
        incremental: true,
        tsBuildInfoFile: '../../node_modules/.tmp/examples.tsbuildinfo',
        rootDir: '../..',
      },
      include: ['*.ts'],
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings))
  })

  test('compile', async () => {
    const compiler = 'node_modules/typescript/bin/tsc'
    expect(await run(process.execPath, [compiler, '--project', folder])).toEqual(well)
  })

  test.each(examples)('$name runs', async ({ name }) => {
    const ran = await run(process.execPath, [conditions, join(folder, name)])
    expect(ran, ran.said).toMatchObject({ status: 0 })
  })
})

// What stands before a page's own commands: they run on the sources, on a port that is free.
const prelude = `
set -euo pipefail
export FORSAT_CWD="$PWD" FORSAT_STORE=sqlite:./data/forsat.db
forsat() { "$NODE" ${conditions} "$ROOT/apps/cli/src/main.ts" "$@"; }
servers=()
trap 'kill "\${servers[@]}" 2>/dev/null || true' EXIT
serve() {
  "$NODE" ${conditions} "$ROOT/apps/cli/src/main.ts" serve --port 0 "$@" >server.log 2>&1 &
  servers+=($!)
  for _ in $(seq 300); do
    PORT=$(grep -om1 '127.0.0.1:[0-9]*' server.log | cut -d: -f2) && return
    sleep 0.1
  done
  cat server.log
  exit 1
}
npm() {
  case "$*" in
    'run -s forsat -- serve'*) serve "\${@:6}" ;;
    'run -s forsat -- '*) forsat "\${@:5}" ;;
    start*) serve ;;
  esac
}
pnpm() { :; }
node() { [[ $1 == apps/* ]] || "$NODE" "$@"; }
curl() { command curl "\${@//127.0.0.1:3000/127.0.0.1:$PORT}"; }
`
const withKey = `
KEY=$(forsat keys create --role admin --name docs --json | node -p 'JSON.parse(require("fs").readFileSync(0)).key')
`

/** A page's commands, behind what it takes for granted: a key, a server that is running. */
const scriptOf = (blocks: readonly Block[]): string => {
  const walk = blocks.flatMap(({ language, body }) => (language === 'sh' ? [body] : [])).join('\n')
  const asks = walk.includes('http://') && !/npm start|-- serve/.test(walk)
  return [prelude, walk.includes('$KEY') ? withKey : '', asks ? 'serve' : '', walk].join('\n')
}

describe('the examples on the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'forsat-docs-'))
  const data = join(folder, 'data')
  const walks = pages
    .map((page) => ({ path: page.path, blocks: blocksOf(page) }))
    .filter(({ blocks }) => blocks.some(({ language }) => language === 'sh'))

  // The public data, but only its first rows: the pages show how, not how many.
  beforeAll(async () => {
    const source = join(folder, 'source')
    cpSync(join(root, 'apps/cli/data/maven-crm'), source, { recursive: true })
    const sales = join(source, 'sales_pipeline.csv')
    const rows = readFileSync(sales, 'utf8').split('\r\n')
    writeFileSync(sales, rows.slice(0, 300).join('\r\n'))
    const args = ['import', sales, '--map', join(source, 'map.json')]
    const store = ['--store', `sqlite:${data}/forsat.db`]
    const imported = await run(process.execPath, [
      conditions,
      'apps/cli/src/main.ts',
      ...args,
      ...store,
    ])
    expect(imported, imported.said).toMatchObject({ status: 0 })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  // Each in a folder of its own, and most of its time is that of programs which start and end.
  test.concurrent.each(walks)(
    '$path can be walked through',
    async ({ path, blocks }) => {
      const place = join(folder, path.replaceAll('/', '-'))
      cpSync(data, join(place, 'data'), { recursive: true })
      for (const { file, body } of blocks) {
        if (file !== undefined) writeFileSync(join(place, file), body)
      }
      writeFileSync(join(place, 'walk.sh'), scriptOf(blocks))
      const walked = await run('bash', ['walk.sh'], place, { ROOT: root, NODE: process.execPath })
      expect(walked, walked.said).toMatchObject({ status: 0 })
      expect(walked.said).not.toMatch(/"status":(?:400|401|404|5\d\d)/)
    },
    120_000,
  )
})

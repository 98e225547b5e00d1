// Runs every check, whatever the ones before it said, and closes with one line that counts them:
//   node scripts/check.mjs
// Each check counts as one; the tests count as many as there are.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const env = {
  ...process.env,
  PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
  // Functions out of a cache of compiled code are counted less exactly when coverage is taken.
  NODE_COMPILE_CACHE: '',
}

/** `proof`, where given, must stand in the output: a check that looked at nothing has not passed. */
const checks = [
  { name: 'types', command: 'tsc --build' },
  { name: 'format', command: 'biome ci --error-on-warnings --colors=off .' },
  { name: 'lint', command: 'oxlint --type-aware --deny-warnings' },
  { name: 'directions', command: 'depcruise packages apps', proof: /\([1-9]\d* modules/ },
  { name: 'dead code', command: 'knip' },
  { name: 'reference', command: 'node --conditions=@forsat/source scripts/reference.ts --check' },
  { name: 'size', command: 'pnpm run size' },
]

const running = new Set()
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of running) child.kill(signal)
    process.exit(1)
  })
}

/** Runs a command line; answers with its exit code and, unless it went to the screen, its output. */
function run(command, { onScreen = false } = {}) {
  const { promise, resolve } = Promise.withResolvers()
  const coloured = onScreen && process.stdout.isTTY
  const child = spawn(process.platform === 'win32' ? command : `exec ${command}`, {
    cwd: root,
    env: coloured ? env : { ...env, NO_COLOR: '1' },
    shell: true,
    stdio: onScreen ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  const output = []
  child.stdout?.on('data', (chunk) => output.push(chunk))
  child.stderr?.on('data', (chunk) => output.push(chunk))
  child.on('close', (code) => {
    running.delete(child)
    resolve({ code: code ?? 1, output: Buffer.concat(output).toString() })
  })
  return promise
}

async function passes({ name, command, proof = /^/ }) {
  const start = performance.now()
  const { code, output } = await run(command)
  const passed = code === 0 && proof.test(output)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${passed ? '✔' : '✘'} ${name} (${seconds} s)`)
  if (!passed) console.log(`\n$ ${command}\n${output.trim()}\n`)
  return passed
}

/** How many tests passed, failed and were skipped; a file that could not be loaded is one failed. */
function count({ testResults }) {
  const states = testResults.flatMap(({ status, assertionResults }) => {
    const inside = assertionResults.map((each) => each.status)
    return status === 'failed' && !inside.includes('failed') ? [...inside, 'failed'] : inside
  })
  const passed = states.filter((each) => each === 'passed').length
  const failed = states.filter((each) => each === 'failed').length
  return { passed, failed, skipped: states.length - passed - failed }
}

async function tests() {
  const folder = mkdtempSync(join(tmpdir(), 'forsat-check-'))
  const report = join(folder, 'tests.json')
  try {
    const { code } = await run(
      `vitest run --coverage --reporter=default --reporter=json --outputFile.json=${report}`,
      { onScreen: true },
    )
    const counted = count(JSON.parse(readFileSync(report, 'utf8')))
    // An error outside a test, or coverage below its limit, fails the run without failing a test.
    return code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted
  } catch {
    console.log('✘ tests: the run ended before it could report')
    return { passed: 0, failed: 1, skipped: 0 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const results = []
for (const check of checks) results.push(await passes(check))
const counted = await tests()

const passed = results.filter(Boolean).length + counted.passed
const failed = results.filter((each) => !each).length + counted.failed
process.exitCode = failed === 0 ? 0 : 1
console.log(`${passed} passed, ${failed} failed, ${counted.skipped} skipped`)

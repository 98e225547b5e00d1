/**
 * Kills servers and commands at any moment of many sales, and tells what is wrong with what they leave:
 *
 *     pnpm kills [STEPS] [--seed N]
 *
 * The seed decides what is asked, whom it strikes and after how long; what the machine makes of that
 * time it cannot decide, so a fault may take a few runs with one seed to come back.
 *
 * @module
 */
import { parseArgs } from 'node:util'
import { killing } from '../src/testing/kills/kills.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' } },
})
const steps = Number(positionals[0] ?? 500)
const seed = Number(values.seed ?? Date.now() % 1_000_000_000)

console.log(`Seed ${seed}.`)
const { kills, answered, faults } = await killing({ steps, seed, report: console.log })
for (const fault of faults) console.log(`\nSeed ${seed}: ${fault}`)
console.log(`${kills} kills over ${answered} answers from seed ${seed}: ${faults.length} faults.`)
process.exitCode = faults.length === 0 ? 0 : 1

/**
 * What an event costs as the log grows: each size in a process of its own, so that its memory is its own.
 *
 * @module
 */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Grown } from './grown.ts'

const sizes = [10_000, 100_000, 1_000_000]
const program = fileURLToPath(new URL('grown.ts', import.meta.url))

const grownTo = (events: number): Grown => {
  const args = ['--conditions=@forsat/source', program, String(events)]
  const stdio = ['ignore', 'pipe', 'inherit'] as const
  return JSON.parse(
    execFileSync(process.execPath, args, { encoding: 'utf8', stdio: [...stdio] }),
  ) as Grown
}

/** Prints the costs side by side, and answers them. */
export const growth = (): readonly Grown[] => {
  const grown: Grown[] = []
  for (const size of sizes) {
    console.error(`${size.toLocaleString('en')} events …`)
    grown.push(grownTo(size))
  }
  const rows = Object.keys(grown[0]?.costs ?? {}).map((row) => {
    const costs = grown.map((each) => each.costs[row] ?? Number.NaN)
    const shown = Object.fromEntries(
      grown.map(({ events }, index) => [events.toLocaleString('en'), costs[index]?.toPrecision(3)]),
    )
    const last = (costs.at(-1) ?? Number.NaN) / Math.min(...costs)
    return [row, { ...shown, 'last / least': last.toFixed(2) }] as const
  })
  console.table(Object.fromEntries(rows))
  for (const { events, memoryMiB } of grown) {
    console.log(`${events.toLocaleString('en')} events: ${memoryMiB} MiB at most.`)
  }
  return grown
}

#!/usr/bin/env node
/**
 * The process of the command line: alone in touching `process`.
 *
 * @module
 */
import process from 'node:process'
import { run } from './program.ts'
import type { Shell } from './shell.ts'

const stopping = new AbortController()
const stop = () => stopping.abort()

// Whoever reads the output may have seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

const shell: Shell = {
  env: process.env,
  cwd: process.env['FORSAT_CWD'] ?? process.cwd(),
  home: process.cwd(),
  out: (text) => {
    process.stdout.write(text)
  },
  err: (text) => {
    process.stderr.write(text)
  },
  watched: process.stderr.isTTY,
  width: process.stdout.isTTY ? process.stdout.columns : undefined,
  stopped: () => {
    // A second signal ends the program at once, as it would without us.
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
    return stopping.signal
  },
}

process.exitCode = await run(process.argv.slice(2), shell)

// Puts another Node program in this one's place; plain JavaScript for any Node >= 18.
import { spawn } from 'node:child_process'
import process from 'node:process'

/** Runs Node with these arguments on the same screen, passes signals on, and ends as it ends. */
export function handOver(node, args, options) {
  const child = spawn(node, args, { ...options, stdio: 'inherit' })
  // A terminal sends its Ctrl-C to the child as well; twice would cut a graceful end short.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('error', ({ message }) => {
    console.error(message)
    process.exit(1)
  })
  child.on('exit', (code) => process.exit(code ?? 1))
}

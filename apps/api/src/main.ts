/**
 * The process: opens the store that the environment names, serves it, and ends in order. Callers need
 * an API key; `forsat keys create` makes one.
 *
 * @module
 */
import { fileURLToPath } from 'node:url'
import { openForsat, setUp } from '@forsat/application'
import { createApp } from './app.ts'
import { configOf } from './config.ts'

/** Out of reach: the store, or the port. */
const unreachable = 3

const serve = async (): Promise<void> => {
  const { host, port, level, ...places } = configOf(process.env)
  await using forsat = await openForsat({
    ...places,
    report: (message) => process.stderr.write(`${message}\n`),
  })
  await setUp(forsat)
  const app = await createApp({
    forsat,
    auth: 'keys',
    webRoot: fileURLToPath(new URL('../../web/dist', import.meta.url)),
    logging: { level },
  })
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  await app.listen({ host, port })
  await stopped
  await app.close()
}

try {
  await serve()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = unreachable
}

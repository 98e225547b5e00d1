/**
 * The process: opens the store that the environment names, serves it, and ends in order. Callers need
 * an API key; `forsat keys create` makes one.
 *
 * @module
 */
import { fileURLToPath } from 'node:url'
import { openForsat, StoreUnknown, setUp, startSweep } from '@forsat/application'
import { StoreDamaged, StoreUnreachable } from '@forsat/event-store'
import { createApp } from './app.ts'
import { configOf, EnvironmentWrong } from './config.ts'

const wrongUsage = 2
const outOfReach = 3

const serve = async (): Promise<void> => {
  const { host, port, level, publicUrl, mailer, ...places } = configOf(process.env)
  const origin = () => publicUrl ?? `http://${host}:${port}`
  const report = (message: string) => process.stderr.write(`${message}\n`)
  await using forsat = await openForsat({ ...places, report, mail: mailer && { mailer, origin } })
  await setUp(forsat)
  const app = await createApp({
    forsat,
    auth: 'keys',
    publicUrl,
    webRoot: fileURLToPath(new URL('../../web/dist', import.meta.url)),
    logging: { level },
  })
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  await app.listen({ host, port })
  await using _sweep = startSweep(forsat, report)
  await stopped
  await app.close()
}

/** What a person can mend, as a sentence and an exit code; everything else is a defect. */
const mendable = (error: unknown): readonly [sentence: string, exitCode: number] | undefined => {
  if (error instanceof EnvironmentWrong || error instanceof StoreUnknown) {
    return [error.message, wrongUsage]
  }
  if (error instanceof StoreUnreachable || error instanceof StoreDamaged) {
    return [error.message, outOfReach]
  }
  if (error instanceof Error && 'code' in error && 'port' in error) {
    const why = error.code === 'EADDRINUSE' ? 'is taken' : `cannot be had (${String(error.code)})`
    return [`The port ${String(error.port)} ${why}; PORT names another one.`, outOfReach]
  }
  return undefined
}

try {
  await serve()
} catch (error) {
  const told = mendable(error)
  if (told === undefined) throw error
  const [sentence, exitCode] = told
  process.stderr.write(`${sentence}\n`)
  process.exitCode = exitCode
}

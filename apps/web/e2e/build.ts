import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { browserPath } from './browser.ts'

/** Builds the page once for all tests that open it. */
export const setup = async (): Promise<void> => {
  if (browserPath === undefined) return
  await build({ root: fileURLToPath(new URL('..', import.meta.url)), logLevel: 'warn' })
}

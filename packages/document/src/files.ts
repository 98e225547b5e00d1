/**
 * Where the files lie that documents are made with: our own beside the sources, which are published
 * with what is built of them, and those of the font.
 *
 * @module
 */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

export const ownFile = (name: string): URL => new URL(`../src/${name}`, import.meta.url)

export const fontFile = (name: string): string =>
  join(dirname(require.resolve('vazirmatn/package.json')), 'fonts', name)

/**
 * The pages of the documentation, and what is fenced in them.
 *
 * @module
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

export interface Page {
  /** From the root of the repository. */
  readonly path: string
  readonly text: string
}

export const pages: readonly Page[] = ['README.md', ...globSync('docs/**/*.md', { cwd: root })]
  .toSorted()
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

export interface Block {
  readonly language: string
  /** The file that the block is the text of, where it names one. */
  readonly file: string | undefined
  readonly body: string
}

export const blocksOf = ({ text }: Page): readonly Block[] =>
  [...text.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', file, body = '']) => ({ language, file, body }),
  )

export const withoutBlocks = (text: string): string => text.replaceAll(/^```[\s\S]*?^```$/gm, '')

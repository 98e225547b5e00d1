import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { companyCodec, Policies } from '@forsat/domain'
import { describe, expect, test } from 'vitest'
import { pages, root, withoutBlocks } from './pages.ts'

/** The anchors of a page's headings, as they are made where Markdown is shown. */
const anchorsOf = (text: string): readonly string[] =>
  [...withoutBlocks(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )

/** Where a page leads within the repository. */
const linksOf = (text: string): readonly string[] =>
  [...withoutBlocks(text).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, to = '']) => to)

const leadsNowhere = (path: string) => (link: string) => {
  const [file = '', anchor] = link.split('#')
  const target = file === '' ? join(root, path) : join(root, dirname(path), file)
  if (!existsSync(target)) return true
  return anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).includes(anchor)
}

/** The variables that the programs read from the environment. */
const variables = new Set(
  globSync('{apps,packages}/*/src/**/*.ts', { cwd: root })
    .filter((path) => !path.endsWith('.test.ts'))
    .flatMap((path) => [
      ...readFileSync(join(root, path), 'utf8').matchAll(/\benv\['(\w+)'\]|\b(FORSAT_[A-Z_]+)\b/g),
    ])
    .map(([, read, named]) => read ?? named ?? '')
    // The folder that the caller stands in is handed on from one of our programs to the next.
    .filter((name) => name !== 'FORSAT_CWD'),
)

describe('the docs', () => {
  test.each(pages)('$path links to what is there', ({ path, text }) => {
    expect(linksOf(text).filter(leadsNowhere(path))).toEqual([])
  })

  test('the map has every page', () => {
    const map = pages.find(({ path }) => path === 'docs/README.md')?.text ?? ''
    const missing = pages
      .map(({ path }) => relative('docs', path))
      .filter((path) => !path.startsWith('..') && path !== 'README.md')
      .filter((path) => !map.includes(`(${path})`))
    expect(missing).toEqual([])
  })

  test('the page of settings has every variable, setting and policy', () => {
    const page = pages.find(({ path }) => path === 'docs/reference/settings.md')?.text ?? ''
    const settings = Object.keys(companyCodec.schemas.CompanyCreated.shape)
    const missing = [...variables, ...settings, ...Object.keys(Policies.shape)].filter(
      (name) => !page.includes(`\`${name}\``),
    )
    expect(missing).toEqual([])
  })
})

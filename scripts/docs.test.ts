import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const pages = ['README.md', ...globSync('docs/**/*.md', { cwd: root })].map((path) => ({
  path,
  text: readFileSync(join(root, path), 'utf8'),
}))

/** The fenced blocks of a page in one language. */
const blocks = (text: string, language: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, body = '']) => body,
  )

const withoutBlocks = (text: string) => text.replaceAll(/^```[\s\S]*?^```$/gm, '')

/** The anchors of a page's headings, as they are made where Markdown is shown. */
const anchors = (text: string): readonly string[] =>
  [...withoutBlocks(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )

describe('the docs', () => {
  test.each(pages)('$path links to what is there', ({ path, text }) => {
    const links = [...withoutBlocks(text).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(
      ([, target = '']) => target,
    )
    const dead = links.filter((link) => {
      const [file = '', anchor] = link.split('#')
      const target = file === '' ? join(root, path) : join(root, dirname(path), file)
      if (!existsSync(target)) return true
      return anchor !== undefined && !anchors(readFileSync(target, 'utf8')).includes(anchor)
    })
    expect(dead).toEqual([])
  })

  test('every page is on the map', () => {
    const map = pages.find(({ path }) => path === 'docs/README.md')?.text ?? ''
    const missing = pages
      .map(({ path }) => relative('docs', path))
      .filter(
        (path) => !path.startsWith('..') && path !== 'README.md' && !map.includes(`(${path})`),
      )
    expect(missing).toEqual([])
  })
})

describe('the examples in TypeScript', () => {
  const folder = join(root, 'test-results', 'examples')
  const examples = pages.flatMap(({ path, text }) =>
    blocks(text, 'ts').map((body, index) => ({
      name: `${path.replaceAll('/', '-').replace('.md', '')}-${index + 1}.ts`,
      body,
    })),
  )
  const run = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: root,
      encoding: 'utf8',
    })
    return { status, said: status === 0 ? '' : stdout + stderr }
  }
  const well = { status: 0, said: '' }

  beforeAll(() => {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    for (const { name, body } of examples) writeFileSync(join(folder, name), body)
    const settings = {
      extends: '../../tsconfig.test.json',
      compilerOptions: {
        composite: false,
        declarationMap: false,
        incremental: false,
        tsBuildInfoFile: null,
        rootDir: '../..',
      },
      include: ['*.ts'],
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings))
  })

  test('compile', () => {
    expect(run('node_modules/typescript/bin/tsc', '--project', folder)).toEqual(well)
  })

  test.each(examples)('$name runs', ({ name }) => {
    expect(run('--conditions=@forsat/source', join(folder, name))).toEqual(well)
  })
})

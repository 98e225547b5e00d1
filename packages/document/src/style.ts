/**
 * The style of the printed HTML, with the font in it, and the policy that allows this style alone.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fontFile, ownFile } from './files.ts'
import { type Language, texts } from './texts.ts'

export interface Style {
  readonly css: string
  /** A content security policy: no script, nothing from anywhere, no other style. */
  readonly policy: string
}

const known = new Map<Language, Style>()

/** Read when it is first needed: few commands print. */
export const styleOf = (language: Language): Style => {
  const style = known.get(language) ?? made(language)
  known.set(language, style)
  return style
}

const made = (language: Language): Style => {
  const font = readFileSync(fontFile('webfonts/Vazirmatn[wght].woff2')).toString('base64')
  const face = `@font-face{font-family:Vazirmatn;font-weight:100 900;src:url(data:font/woff2;base64,${font}) format("woff2")}`
  const css = [face, pageNumbers(language), readFileSync(ownFile('sheet.css'), 'utf8')].join('\n')
  const digest = createHash('sha256').update(css).digest('base64')
  return {
    css,
    policy: `default-src 'none'; style-src 'sha256-${digest}'; font-src data:; img-src data:`,
  }
}

/** At the foot of each page, where a browser knows how. */
const pageNumbers = (language: Language): string => {
  const { before, between } = texts[language].page
  const digits = language === 'fa' ? 'persian' : 'decimal'
  const content = `"${before}" counter(page, ${digits}) "${between}" counter(pages, ${digits})`
  return `@page{@bottom-center{content:${content};font:8pt Vazirmatn,sans-serif;color:#666}}`
}

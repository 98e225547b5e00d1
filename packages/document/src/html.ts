/**
 * A quotation as HTML made for print: one file with its style and its font, and no script.
 *
 * @module
 */
import type { DocumentFacts } from './facts.ts'
import { html, type Markup, verbatim } from './markup.ts'
import type { Block } from './parties.ts'
import type { Run } from './run.ts'
import { type Labelled, type Sheet, type Sum, sheetOf } from './sheet.ts'
import { styleOf } from './style.ts'
import type { Column, Entry } from './table.ts'

export const quotationHtml = (facts: DocumentFacts): string => {
  const sheet = sheetOf(facts)
  const { language, direction, title } = sheet
  const { css, policy } = styleOf(language)
  return html`<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex, nofollow">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${verbatim(css)}</style>
</head>
<body>
${bodyOf(sheet)}
</body>
</html>
`.markup
}

const bodyOf = (sheet: Sheet): Markup => {
  const { mark, subject, offers } = sheet
  return html`${mark === undefined ? undefined : html`<p class="watermark" aria-hidden="true">${mark}</p>`}
<main${mark === undefined ? undefined : html` class="marked"`}>
<header>
<h1>${written(sheet.heading)}${mark === undefined ? undefined : html` <small>${mark}</small>`}</h1>
${listed(sheet.about, 'about')}
</header>
<section class="blocks">${sheet.blocks.map(blockOf)}</section>
${subject === undefined ? undefined : html`<p class="subject"><b>${subject.label}:</b> ${written(subject.value)}</p>`}
${tableOf(sheet, sheet.entries)}
<section class="sums">
<table>${sheet.sums.map(sumOf)}</table>
<p><b>${sheet.totalInWords.label}:</b> ${written(sheet.totalInWords.value)}</p>
${sheet.remarks.map((remark) => html`<p class="soft">${remark}</p>`)}
</section>
${
  offers === undefined
    ? undefined
    : html`<section class="offers"><h2>${offers.title}</h2><p class="soft">${offers.note}</p>
${tableOf(sheet, offers.entries)}</section>`
}
${listed(sheet.terms, 'terms')}
</main>`
}

/** What others typed is set apart, so that it turns nothing round but itself. */
const written = (run: Run): readonly Markup[] =>
  run.map((part) => {
    if (typeof part === 'string') return html`${part}`
    return part.ltr ? html`<bdi dir="ltr">${part.said}</bdi>` : html`<bdi>${part.said}</bdi>`
  })

const listed = (rows: readonly Labelled[], name: string): Markup | undefined =>
  rows.length === 0
    ? undefined
    : html`<dl class="${name}">${rows.map(
        ({ label, value }) => html`<div><dt>${label}</dt><dd>${written(value)}</dd></div>`,
      )}</dl>`

const blockOf = ({ title, name, lines }: Block): Markup => html`
<div><h2>${title}</h2>${name && html`<p><b>${written(name)}</b></p>`}${lines.map(
  (line) => html`<p>${written(line)}</p>`,
)}</div>`

const tableOf = (
  { columns }: Sheet,
  entries: readonly Entry[],
): Markup => html`<table class="lines">
<thead><tr>${columns.map(headOf)}</tr></thead>
<tbody>
${entries.map((entry) => rowOf(entry, columns))}</tbody>
</table>`

const headOf = ({ title, unit, kind }: Column): Markup =>
  html`<th scope="col" class="${kind}">${title}${unit && html`<small>${unit}</small>`}</th>`

const rowOf = (entry: Entry, columns: readonly Column[]): Markup =>
  entry.kind === 'item'
    ? html`<tr>${entry.cells.map(
        (cell, index) => html`<td class="${columns[index]?.kind}">${written(cell)}</td>`,
      )}</tr>
`
    : html`<tr class="${entry.kind}"><td colspan="${String(columns.length)}">${written(entry.text)}</td></tr>
`

const sumOf = ({ label, value, weight }: Sum): Markup => html`
<tr class="${weight}"><th scope="row">${label}</th><td>${value}</td></tr>`

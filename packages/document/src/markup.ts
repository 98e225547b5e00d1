/**
 * HTML in which whatever is put between our own tags is text, and nothing but text.
 *
 * @module
 */

/** HTML that was made here. */
export interface Markup {
  readonly markup: string
}

type Content = string | Markup | undefined | readonly Content[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign)

const written = (content: Content): string => {
  if (content === undefined) return ''
  if (typeof content === 'string') return escaped(content)
  return 'markup' in content ? content.markup : content.map(written).join('')
}

/** @example html`<p>${name}</p>` */
export const html = (strings: TemplateStringsArray, ...contents: readonly Content[]): Markup => ({
  markup: strings.map((own, index) => own + written(contents[index])).join(''),
})

/** What was checked to be no text: a style of our own. */
export const verbatim = (markup: string): Markup => ({ markup })

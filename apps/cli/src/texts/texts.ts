/**
 * All texts for people, by language; a missing one does not compile.
 *
 * @module
 */
import type { Language } from '../formats.ts'
import { en, type Texts } from './en.ts'
import { fa } from './fa.ts'

export type { Texts } from './en.ts'

export const texts: Readonly<Record<Language, Texts>> = { en, fa }

/** The language asked for by the arguments, else that of the caller's locale. */
export const languageOf = (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Language => {
  const at = args.indexOf('--lang')
  const asked = at === -1 ? args.find((arg) => arg.startsWith('--lang='))?.slice(7) : args[at + 1]
  if (asked === 'fa' || asked === 'en') return asked
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''
  return locale.startsWith('fa') ? 'fa' : 'en'
}

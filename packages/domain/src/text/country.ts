/**
 * Countries and languages by code, whether a code or a name in Persian or English was typed.
 *
 * @module
 */
import { compareKey } from './compare-key.ts'

/** ISO 3166-1, officially assigned. */
const countries =
  `AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
  BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG
  EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR
  HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR
  LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG
  NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE
  SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA
  UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW`.split(/\s+/)

/** Names in daily use that are not the ones of Unicode's list. */
const otherCountryNames = {
  IR: ['Islamic Republic of Iran', 'Iran, Islamic Republic of', 'جمهوری اسلامی ایران'],
  US: ['USA', 'U.S.A.', 'United States of America', 'America', 'آمریکا', 'امریکا'],
  GB: ['Great Britain', 'England', 'انگلیس', 'انگلستان'],
  AE: ['امارات'],
  KR: ['Republic of Korea', 'Korea, Republic of'],
  RU: ['Russian Federation'],
  CZ: ['Czech Republic'],
  TR: ['Turkey', 'Turkiye'],
}

const letters = Array.from('abcdefghijklmnopqrstuvwxyz')

/** All codes of two letters and some of three; those that Unicode does not name fall out later. */
const languages = letters
  .flatMap((first) => letters.map((second) => first + second))
  .concat('ckb', 'fil', 'yue', 'lrc', 'mzn', 'glk', 'azb', 'bal')

const otherLanguageNames = { fa: ['Farsi', 'پارسی'], az: ['ترکی آذربایجانی'] }

type Kind = 'region' | 'language'

/** Compare keys of names, to codes. Unicode's own names come last, so they win. */
const namesOf = (
  type: Kind,
  codes: readonly string[],
  others: Readonly<Record<string, readonly string[]>>,
): ReadonlyMap<string, string> => {
  const lists = (['short', 'long'] as const).flatMap((style) =>
    ['fa', 'en'].map((locale) => new Intl.DisplayNames(locale, { type, style, fallback: 'none' })),
  )
  const names = [
    ...Object.entries(others).flatMap(([code, own]) => own.map((name) => [name, code] as const)),
    ...lists.flatMap((list) => codes.map((code) => [list.of(code), code] as const)),
  ]
  return new Map(
    names.flatMap(([name, code]) => (name === undefined ? [] : [[compareKey(name), code]])),
  )
}

/** Made when it is first asked for: most processes never do. */
const lazily = <Value>(make: () => Value): (() => Value) => {
  let made: Value | undefined
  return () => (made ??= make())
}

const countryNames = lazily(() => namesOf('region', countries, otherCountryNames))
const languageNames = lazily(() => {
  // A retired code has the name of its successor, and would take it away.
  const current = languages.filter((code) => Intl.getCanonicalLocales(code).includes(code))
  return namesOf('language', current, otherLanguageNames)
})

/**
 * The code of a country in ISO 3166-1; `undefined` for what is none.
 *
 * @example countryCode('ایران') // 'IR'
 */
export const countryCode = (text: string): string | undefined => {
  const code = text.trim().toUpperCase()
  return countries.includes(code) ? code : countryNames().get(compareKey(text))
}

/**
 * The tag of a language in BCP 47; `undefined` for what is none.
 *
 * @example languageTag('Persian') // 'fa'
 */
export const languageTag = (text: string): string | undefined =>
  languageNames().get(compareKey(text)) ?? canonicalTag(text.trim())

const canonicalTag = (text: string): string | undefined => {
  try {
    const [tag = ''] = Intl.getCanonicalLocales(text)
    const { language } = new Intl.Locale(tag)
    const known = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(language)
    return known === undefined ? undefined : tag
  } catch {
    return undefined
  }
}

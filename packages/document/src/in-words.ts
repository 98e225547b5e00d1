/**
 * Numbers in words, as they stand on paper beside the figures so that nobody adds a digit.
 *
 * @module
 */
import type { Language } from './texts.ts'

/**
 * An amount in words, without its unit: the whole part, then the digits after the point as a fraction,
 * where any of them says something.
 *
 * @example inWords('33.84', 'en') // 'thirty-three and 84/100'
 */
export const inWords = (amount: string, language: Language): string => {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? []
  const { minus, spelled, withFraction } = tongues[language]
  const words = spelled(BigInt(whole))
  const said = /[1-9]/.test(fraction) ? withFraction(words, fraction) : words
  return sign === '' ? said : `${minus} ${said}`
}

interface Tongue {
  readonly minus: string
  readonly spelled: (number: bigint) => string
  readonly withFraction: (words: string, fraction: string) => string
}

/** From 0 to 999, and how many thousands of thousands they are. */
interface Group {
  readonly size: number
  readonly power: number
}

/** The thousands of a number, the highest first; those that are nothing are not named. */
const groupsOf = (number: bigint): readonly Group[] => {
  const groups: Group[] = []
  for (let [left, power] = [number, 0]; left > 0n; left /= 1000n, power += 1) {
    const size = Number(left % 1000n)
    if (size > 0) groups.unshift({ size, power })
  }
  return groups
}

const wordsIn = (text: string): readonly string[] => text.split(' ')

const fa = {
  below20: wordsIn(
    'صفر یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده',
  ),
  tens: wordsIn('- - بیست سی چهل پنجاه شصت هفتاد هشتاد نود'),
  hundreds: wordsIn('- یکصد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد'),
  powers: wordsIn(
    '- هزار میلیون میلیارد تریلیون کوادریلیون کوینتیلیون سکستیلیون سپتیلیون اکتیلیون نونیلیون دسیلیون',
  ),
  parts: wordsIn('- دهم صدم هزارم ده‌هزارم صدهزارم میلیونم'),
}

const en = {
  below20: wordsIn(
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
  ),
  tens: wordsIn('- - twenty thirty forty fifty sixty seventy eighty ninety'),
  powers: wordsIn(
    '- thousand million billion trillion quadrillion quintillion sextillion septillion octillion nonillion decillion',
  ),
}

const persianGroup = ({ size, power }: Group): string => {
  const [hundreds, rest] = [Math.floor(size / 100), size % 100]
  const parts = [hundreds > 0 ? fa.hundreds[hundreds] : undefined, ...persianTens(rest)]
  const words = parts.filter((part) => part !== undefined).join(' و ')
  return power === 0 ? words : `${words} ${fa.powers[power] ?? ''}`
}

const persianTens = (rest: number): readonly (string | undefined)[] => {
  if (rest === 0) return []
  if (rest < 20) return [fa.below20[rest]]
  const ones = rest % 10
  return [fa.tens[Math.floor(rest / 10)], ones === 0 ? undefined : fa.below20[ones]]
}

const englishGroup = ({ size, power }: Group): string => {
  const [hundreds, rest] = [Math.floor(size / 100), size % 100]
  const parts = [
    hundreds > 0 ? `${en.below20[hundreds]} hundred` : undefined,
    rest > 0 ? englishTens(rest) : undefined,
  ]
  const words = parts.filter((part) => part !== undefined).join(' and ')
  return power === 0 ? words : `${words} ${en.powers[power] ?? ''}`
}

const englishTens = (rest: number): string | undefined => {
  if (rest < 20) return en.below20[rest]
  const [tens, ones] = [en.tens[Math.floor(rest / 10)], rest % 10]
  return ones === 0 ? tens : `${tens}-${en.below20[ones]}`
}

const tongues: Readonly<Record<Language, Tongue>> = {
  fa: {
    minus: 'منفی',
    spelled: (number) => groupsOf(number).map(persianGroup).join(' و ') || 'صفر',
    withFraction: (words, fraction) =>
      `${words} ممیز ${tongues.fa.spelled(BigInt(fraction))} ${fa.parts[fraction.length] ?? ''}`,
  },
  en: {
    minus: 'minus',
    spelled: (number) => {
      const groups = groupsOf(number)
      const last = groups.at(-1)
      // 1,001 is one thousand and one, but 1,100 is one thousand, one hundred.
      const isSmall = groups.length > 1 && last?.power === 0 && last.size < 100
      const words = groups.map(englishGroup)
      const [before, after] = isSmall ? [words.slice(0, -1), words.slice(-1)] : [words, []]
      return [before.join(', '), ...after].join(' and ') || 'zero'
    },
    withFraction: (words, fraction) => `${words} and ${fraction}/1${'0'.repeat(fraction.length)}`,
  },
}

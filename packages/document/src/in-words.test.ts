import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { inWords } from './in-words.ts'

/** Words and what they say, counted on from one number in equal steps. */
const counted = (words: string, from: number, step: number) =>
  words.split(' ').map((word, index) => [word, BigInt(from + index * step)] as const)

const values = new Map<string, bigint>([
  ...counted('صفر یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده', 0, 1),
  ...counted('شانزده هفده هجده نوزده', 16, 1),
  ...counted('بیست سی چهل پنجاه شصت هفتاد هشتاد نود', 20, 10),
  ...counted('یکصد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد', 100, 100),
  ...counted('zero one two three four five six seven eight nine ten eleven twelve', 0, 1),
  ...counted('thirteen fourteen fifteen sixteen seventeen eighteen nineteen', 13, 1),
  ...counted('twenty thirty forty fifty sixty seventy eighty ninety', 20, 10),
])
const powers = new Map<string, number>(
  [
    'هزار میلیون میلیارد تریلیون کوادریلیون کوینتیلیون سکستیلیون سپتیلیون اکتیلیون نونیلیون دسیلیون',
    'thousand million billion trillion quadrillion quintillion sextillion septillion octillion nonillion decillion',
  ].flatMap((names) => names.split(' ').map((name, index) => [name, index + 1] as const)),
)

/** The other way round, by tables of its own: no two numbers are said alike. */
const readBack = (words: string): bigint => {
  let [total, group] = [0n, 0n]
  for (const word of words.split(/[ ,-]+/)) {
    const power = powers.get(word)
    const value = values.get(word)
    if (word === 'و' || word === 'and') continue
    if (word === 'hundred') group *= 100n
    else if (power !== undefined) [total, group] = [total + group * 1000n ** BigInt(power), 0n]
    else if (value !== undefined) group += value
    else throw new Error(`nobody knows ${word}`)
  }
  return total + group
}

const whole = fc.oneof(
  fc.bigInt({ min: 0n, max: 10n ** 36n - 1n }),
  fc.bigInt({ min: 0n, max: 2000n }),
  fc
    .tuple(fc.bigInt({ min: 0n, max: 999n }), fc.nat({ max: 33 }))
    .map(([digits, zeros]) => digits * 10n ** BigInt(zeros)),
)

describe('an amount in words', () => {
  test.each([
    ['0', 'صفر', 'zero'],
    ['19', 'نوزده', 'nineteen'],
    ['1001', 'یک هزار و یک', 'one thousand and one'],
    ['1100', 'یک هزار و یکصد', 'one thousand, one hundred'],
    [
      '2637687569',
      'دو میلیارد و ششصد و سی و هفت میلیون و ششصد و هشتاد و هفت هزار و پانصد و شصت و نه',
      'two billion, six hundred and thirty-seven million, six hundred and eighty-seven thousand, five hundred and sixty-nine',
    ],
    ['1000000000000', 'یک تریلیون', 'one trillion'],
    [`1${'0'.repeat(30)}`, 'یک نونیلیون', 'one nonillion'],
    ['33.84', 'سی و سه ممیز هشتاد و چهار صدم', 'thirty-three and 84/100'],
    ['33.00', 'سی و سه', 'thirty-three'],
    ['0.5', 'صفر ممیز پنج دهم', 'zero and 5/10'],
    ['1.005', 'یک ممیز پنج هزارم', 'one and 005/1000'],
    ['-12', 'منفی دوازده', 'minus twelve'],
  ])('of %s is as people write it', (amount, persian, english) => {
    expect(inWords(amount, 'fa')).toBe(persian)
    expect(inWords(amount, 'en')).toBe(english)
  })

  test.prop([whole])('read back is the amount', (number) => {
    expect(readBack(inWords(String(number), 'fa'))).toBe(number)
    expect(readBack(inWords(String(number), 'en'))).toBe(number)
  })

  test.prop([whole, fc.nat({ max: 98 }).map((cents) => cents + 1)])(
    'read back is the amount to its last digit',
    (number, cents) => {
      const amount = `${number}.${String(cents).padStart(2, '0')}`
      const [before = '', after = ''] = inWords(amount, 'fa').split(' ممیز ')
      expect(readBack(before)).toBe(number)
      expect(readBack(after.replace(/ صدم$/, ''))).toBe(BigInt(cents))
      expect(inWords(amount, 'en')).toBe(
        `${inWords(String(number), 'en')} and ${String(cents).padStart(2, '0')}/100`,
      )
    },
  )
})

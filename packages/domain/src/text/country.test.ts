import { describe, expect, test } from 'vitest'
import { countryCode, languageTag } from './country.ts'

describe('a country', () => {
  test.for([
    ['IR', 'IR'],
    ['ir', 'IR'],
    ['ایران', 'IR'],
    ['ايران', 'IR'],
    ['Iran', 'IR'],
    ['germany', 'DE'],
    ['آلمان', 'DE'],
    ['کره جنوبی', 'KR'],
    ['Turkey', 'TR'],
    ['Türkiye', 'TR'],
    ['USA', 'US'],
    ['آمریکا', 'US'],
    ['UK', 'GB'],
  ] as const)('typed as %s is %s', ([text, code]) => {
    expect(countryCode(text)).toBe(code)
  })

  test.for(['', 'XX', 'ZZ', 'EU', 'SU', 'Korea', 'Atlantis', '98'])('is none: "%s"', (text) => {
    expect(countryCode(text)).toBeUndefined()
  })
})

describe('a language', () => {
  test.for([
    ['fa', 'fa'],
    ['FA-ir', 'fa-IR'],
    ['Persian', 'fa'],
    ['Farsi', 'fa'],
    ['فارسی', 'fa'],
    ['انگلیسی', 'en'],
    ['English', 'en'],
    ['Hebrew', 'he'],
    ['عربی', 'ar'],
    ['zh-hant', 'zh-Hant'],
  ] as const)('typed as %s is %s', ([text, tag]) => {
    expect(languageTag(text)).toBe(tag)
  })

  test.for(['', 'xx', 'qqq', 'Klingon-ish', 'fa_IR!', '12'])('is none: "%s"', (text) => {
    expect(languageTag(text)).toBeUndefined()
  })
})

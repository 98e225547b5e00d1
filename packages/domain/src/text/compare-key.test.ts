import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { asciiDigits, compareKey, phoneKey } from './compare-key.ts'

/** Letters, digits and marks that people mix up, among others. */
const typed = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...Array.from('يیىئكکهةۀەھآاأإووؤ ۱٢3\u200C\u0640\u064B\u0654\u0653\u00A0ﻻﷲÀßİ'),
      ),
      fc.string({ unit: 'grapheme', maxLength: 2 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))

describe('a compare key', () => {
  test('joins Arabic and Persian letters, which NFKC alone keeps apart (O25 b, e, g)', () => {
    expect(compareKey('شركت يكتا')).toBe(compareKey('شرکت یکتا'))
    expect('يكتا'.normalize('NFKC')).not.toBe('یکتا'.normalize('NFKC'))
  })

  test('does without the non-joiner, doubled and outer spaces (O25 b, f)', () => {
    expect(compareKey('فروشگاه گل\u200Cها')).toBe(compareKey('فروشگاه  گلها '))
    expect(compareKey('فروشگاه\u00A0گلها')).toBe(compareKey('فروشگاه\tگلها'))
  })

  test('does without vowel marks, hamza marks and stretching', () => {
    expect(compareKey('مُحَمَّد')).toBe(compareKey('محمد'))
    expect(compareKey('خانۀ')).toBe(compareKey('خانه'))
    expect(compareKey('خانهٔ')).toBe(compareKey('خانه'))
    expect(compareKey('ســـلام')).toBe(compareKey('سلام'))
    expect(compareKey('مسئول')).toBe(compareKey('مسیول'))
  })

  test('joins capitals, widths and digits', () => {
    expect(compareKey('ALBORZ Co. ۱۴۰۴')).toBe(compareKey('alborz co. ١٤٠٤'))
    expect(compareKey('Ａｌｂｏｒｚ')).toBe('alborz')
  })

  test('keeps different names apart', () => {
    expect(compareKey('آرش')).not.toBe(compareKey('ارش'))
    expect(compareKey('گل ها')).not.toBe(compareKey('گلها'))
    expect(compareKey('Müller')).not.toBe(compareKey('Muller'))
  })

  test.prop([typed])('of a key is the key itself', (text) => {
    expect(compareKey(compareKey(text))).toBe(compareKey(text))
  })

  test.prop([typed])('is the same for every Unicode form of a text', (text) => {
    for (const form of ['NFC', 'NFD', 'NFKC']) {
      expect(compareKey(text.normalize(form))).toBe(compareKey(text))
    }
  })

  test.prop([typed])('has no space at its ends and no two side by side', (text) => {
    expect(compareKey(text)).not.toMatch(/^\s|\s$|\s\s/)
  })
})

describe('ASCII digits', () => {
  test('stand for Persian and Arabic-Indic ones (O25 c)', () => {
    expect(asciiDigits('۰۲۱۱۲۳۴۵۶۷۸')).toBe('02112345678')
    expect(asciiDigits('٠٢١٨٧٦٥٤٣٢١')).toBe('02187654321')
  })

  test.prop([fc.nat()])('are those of the number that Intl wrote', (number) => {
    for (const locale of ['fa-u-nu-arabext', 'ar-u-nu-arab']) {
      expect(asciiDigits(number.toLocaleString(locale, { useGrouping: false }))).toBe(`${number}`)
    }
  })
})

describe('a phone number', () => {
  test('is one, with or without the country, zeros and signs', () => {
    const ways = ['+98 (21) 1234-5678', '00982112345678', '۰۲۱۱۲۳۴۵۶۷۸', '021 12 34 56 78']
    expect(new Set(ways.map(phoneKey))).toEqual(new Set(['2112345678']))
  })

  test('is another in another town', () => {
    expect(phoneKey('02112345678')).not.toBe(phoneKey('03112345678'))
  })

  test('has no key without digits', () => {
    expect(phoneKey('ندارد')).toBe('')
  })
})

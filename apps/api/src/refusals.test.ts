import { describe, expect, test } from 'vitest'
import { codes, languageOf, sentence, turnedDown } from './refusals.ts'

describe('a sentence', () => {
  test('is there for every code in both languages, with the same facts', () => {
    for (const code of codes) {
      const { en, fa, status } = turnedDown(code)
      expect(en).toMatch(/^[A-Z].*\.$|\}$/)
      expect(fa).toMatch(/[\u0600-\u06FF]/)
      const facts = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).toSorted()
      expect(facts(en)).toEqual(facts(fa))
      expect(status).toBeGreaterThanOrEqual(400)
    }
  })

  test('tells the facts of the refusal', () => {
    expect(sentence({ type: 'LostReasonInUse', count: 3 }, 'en')).toBe(
      'Losses name this reason, 3 of them: archive it instead.',
    )
  })

  test('is about any rule, also one that is new', () => {
    expect(turnedDown('SomethingNew').status).toBe(409)
    expect(sentence({ type: 'toString' }, 'en')).toBe('A rule stands in the way.')
  })
})

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['fa', 'fa'],
  ['fa-IR,fa;q=0.9,en;q=0.8', 'fa'],
  ['en-GB, fa;q=0.9', 'en'],
  ['de, fa;q=0.2', 'fa'],
  ['fa;q=0, de', 'en'],
  ['far, *', 'en'],
])('who accepts %j reads %s', (header, language) => {
  expect(languageOf(header)).toBe(language)
})

import { describe, expect, it } from 'vitest'
import { MailText, wordsWith } from './mail-text.ts'

const own = {
  subject: 'Our offer {number}',
  text: 'Dear {customer},\nit is valid until {validUntil}.\n{link}\n{seller}',
}
const facts = {
  number: 'Q-1',
  seller: 'Aftab',
  customer: 'Sara',
  validUntil: '11 February',
  link: 'https://example.com/q/T',
}

describe('the words of a mail', () => {
  it('may be a company’s own', () => {
    expect(MailText.safeParse(own).success).toBe(true)
  })

  it.for([
    ['without the link', { text: 'Dear {customer}' }],
    ['with the link in the subject', { subject: '{link}' }],
    ['with what nothing stands for', { text: '{link} {total}' }],
    ['with a brace that closes nothing', { subject: 'Offer }' }],
    ['without a subject', { subject: ' ' }],
    ['with a subject of two lines', { subject: 'Offer\nBcc: all@example.com' }],
  ] as const)('may not be %s', ([, part]) => {
    expect(MailText.safeParse({ ...own, ...part }).success).toBe(false)
  })

  it('name what the mail is about', () => {
    expect(wordsWith(own.subject, facts)).toBe('Our offer Q-1')
    expect(wordsWith(own.text, facts)).toBe(
      'Dear Sara,\nit is valid until 11 February.\nhttps://example.com/q/T\nAftab',
    )
  })

  it('say nothing of what there is not', () => {
    const { validUntil: _, ...endless } = facts
    expect(wordsWith(own.text, endless)).toBe('Dear Sara,\nhttps://example.com/q/T\nAftab')
  })

  it('take a name for a name, whatever it looks like', () => {
    expect(wordsWith('{customer} {seller}', { ...facts, customer: '{seller} $&' })).toBe(
      '{seller} $& Aftab',
    )
  })
})

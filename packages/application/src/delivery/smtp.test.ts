import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Mail, Posted } from './mailer.ts'
import { certificate, type Manner, type Postbox, postbox } from './postbox.ts'
import { MailSettingWrong, type SmtpOptions, smtpMailer } from './smtp.ts'

const mail: Mail = {
  messageId: '<Q1.1.1@example.com>',
  from: { address: 'offers@example.com', name: 'آفتاب' },
  to: ['sara@example.com'],
  subject: 'پیش‌فاکتور Q-1',
  text: 'سارا گرامی،\nhttps://example.com/q/TOKEN',
  html: '<p>سارا گرامی</p>',
  attachments: [],
}
const from = 'Aftab <offers@example.com>'
/** Long enough for a busy machine, where a test waits for the end of it. */
const patienceMs = 1000
const going = new AbortController().signal

const posting = (options: Partial<SmtpOptions>, more: Partial<Mail> = {}): Promise<Posted> =>
  smtpMailer({ url: '', from, patienceMs, ...options }).send({ ...mail, ...more }, going)

describe('a mail server', () => {
  let box: Postbox
  beforeEach(async () => {
    box = await postbox()
  })
  afterEach(() => box[Symbol.asyncDispose]())
  const post = (more?: Partial<Mail>) => posting({ url: box.url }, more)

  test('takes a mail as it was written', async () => {
    const content = Buffer.from('%PDF-1.7')
    expect(await post({ attachments: [{ filename: 'Q-1.pdf', content }] })).toEqual({
      outcome: 'taken',
      refusedFor: [],
    })
    expect(box.received).toHaveLength(1)
    const [{ to, text } = { to: [], text: '' }] = box.received
    expect(to).toEqual(['sara@example.com'])
    for (const part of [
      'Message-ID: <Q1.1.1@example.com>',
      'From: آفتاب',
      'Subject: پیش‌فاکتور Q-1',
      mail.text,
      mail.html,
      'Content-Type: application/pdf; name=Q-1.pdf',
      '%PDF-1.7',
    ]) {
      expect(text).toContain(part)
    }
  })

  test('that takes it for some tells for whom it does not', async () => {
    const to = ['nobody@example.com', 'sara@example.com']
    expect(await post({ to })).toEqual({ outcome: 'taken', refusedFor: ['nobody@example.com'] })
    expect(box.received.map((each) => each.to)).toEqual([['sara@example.com']])
  })

  test.for<[Manner, string, number]>([
    [{ refuses: 451, at: 'receiver' }, 'deferred', 0],
    [{ refuses: 550, at: 'receiver' }, 'refused', 0],
    [{ refuses: 452, at: 'end' }, 'deferred', 1],
    [{ refuses: 554, at: 'end' }, 'refused', 1],
    ['is silent', 'unreachable', 0],
    ['hangs up at once', 'unreachable', 0],
    ['is silent at the end', 'unknown', 1],
    ['hangs up at the end', 'unknown', 1],
  ])('that %j leaves it %s', async ([manner, code, reached]) => {
    box.manner = manner
    expect(await post()).toMatchObject({ outcome: 'failed', code, detail: expect.any(String) })
    expect(box.received).toHaveLength(reached)
  })

  test('says why in its own words', async () => {
    box.manner = { refuses: 550, at: 'receiver', words: 'Mailbox full' }
    expect(await post()).toMatchObject({ detail: expect.stringContaining('Mailbox full') })
  })

  test('is given up when everything ends', async () => {
    box.manner = 'is silent at the end'
    const ending = new AbortController()
    const posted = smtpMailer({ url: box.url, from }).send(mail, ending.signal)
    await expect.poll(() => box.received.length).toBe(1)
    ending.abort()
    expect(await posted).toMatchObject({ outcome: 'failed', code: 'unknown' })
  })

  test('that nobody runs is out of reach', async () => {
    await using gone = await postbox()
    await gone[Symbol.asyncDispose]()
    expect(await posting({ url: gone.url })).toMatchObject({ code: 'unreachable' })
  })
})

describe('over TLS', () => {
  const post = (box: Postbox, search: string, options: Partial<SmtpOptions> = {}) =>
    posting({ url: `smtp://${box.login}@127.0.0.1:${box.port}${search}`, ...options })

  test('a server that is trusted takes mails of who logs in', async () => {
    await using box = await postbox({ tls: true, asksWho: true })
    const trusting = { ca: certificate }
    expect(await post(box, '?tls=required', trusting)).toMatchObject({ outcome: 'taken' })
    const stranger = `smtp://offers:wrong@127.0.0.1:${box.port}?tls=required`
    const refused = await posting({ url: stranger, ...trusting })
    expect(refused).toMatchObject({ outcome: 'failed', code: 'loginRefused' })
    expect(JSON.stringify(refused)).not.toContain('wrong')
    expect(box.received).toHaveLength(1)
  })

  test('nothing goes to a server that is not trusted, or that offers none where it must', async () => {
    await using box = await postbox({ tls: true, asksWho: true })
    expect(await post(box, '?tls=required')).toMatchObject({ code: 'unreachable' })
    await using plain = await postbox({ asksWho: true })
    expect(await post(plain, '?tls=required')).toMatchObject({ code: 'unreachable' })
    expect([...box.received, ...plain.received]).toEqual([])
  })
})

describe('the settings of mail', () => {
  test.for([
    ['smtp://mail.example.com', from],
    ['smtps://offers:p%40ss@mail.example.com:465', 'offers@example.com'],
    ['smtp://[::1]:25?tls=never', '"Aftab, Tehran" <offers@example.com>'],
  ] as const)('may be %s and %s', ([url, sender]) => {
    expect(smtpMailer({ url, from: sender }).from.address).toBe('offers@example.com')
  })

  test.for([
    ['mail.example.com', from, 'url'],
    ['https://mail.example.com', from, 'url'],
    ['smtp://', from, 'url'],
    ['smtp://s3cret@mail.example.com?tls=maybe', from, 'url'],
    ['smtp://s3cret@mail.example.com?pool=true', from, 'url'],
    ['smtp://s3cret@mail.example.com/path', from, 'url'],
    ['smtp://mail.example.com', 'Aftab', 'from'],
    ['smtp://mail.example.com', 'a@example.com, b@example.com', 'from'],
    ['smtp://mail.example.com', 'Aftab <offers@example.com> <b@example.com>', 'from'],
  ] as const)('may not be %s and %s', ([url, sender, setting]) => {
    const wrong = () => smtpMailer({ url, from: sender })
    expect(wrong).toThrow(MailSettingWrong)
    expect(wrong).toThrow(expect.objectContaining({ setting }) as Error)
    expect(wrong).not.toThrow(/s3cret/)
  })
})

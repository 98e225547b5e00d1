/**
 * Why somebody takes a lead, or why it waits, as people read it in Persian and in English.
 *
 * @module
 */
import type { Language } from '../rules/in-words.ts'
import type { Taking, Waiting } from './plan.ts'

interface Words {
  readonly preferred: (place: string, of: string) => string
  readonly ordinary: (place: string, of: string) => string
  readonly noCapacity: string
  readonly nobodyThere: string
  readonly noRuleMatched: Readonly<Record<'teams' | 'members', string>>
  readonly duplicate: (of: string) => string
  readonly tooOld: (days: string) => string
}

const words: Readonly<Record<Language, Words>> = {
  en: {
    preferred: (place, of) => `preferred, place ${place} of ${of}`,
    ordinary: (place, of) => `in turn, place ${place} of ${of}`,
    noCapacity: 'no capacity',
    nobodyThere: 'nobody there: all who take such leads are away',
    noRuleMatched: {
      teams: 'no rule matched: no team takes such a lead',
      members: 'no rule matched: no member of a team that takes it does',
    },
    duplicate: (of) => `duplicate of ${of}`,
    tooOld: (days) => `too old: ${days} days`,
  },
  fa: {
    preferred: (place, of) => `ترجیحی، جای ${place} از ${of}`,
    ordinary: (place, of) => `به نوبت، جای ${place} از ${of}`,
    noCapacity: 'ظرفیت نیست',
    nobodyThere: 'کسی نیست: همهٔ پذیرندگان چنین سرنخی غایب‌اند',
    noRuleMatched: {
      teams: 'قاعده‌ای نخورد: هیچ تیمی چنین سرنخی نمی‌پذیرد',
      members: 'قاعده‌ای نخورد: تیمی می‌پذیرد، ولی هیچ عضوی از آن نه',
    },
    duplicate: (of) => `تکراریِ ${of}`,
    tooOld: (days) => `کهنه: ${days} روز`,
  },
}

export interface Telling {
  readonly language: Language
  /** The name of a lead; by default its id. */
  readonly leadName?: (id: string) => string
}

/** @example reasonInWords({ code: 'noCapacity' }, { language: 'en' }) // 'no capacity' */
export const reasonInWords = (
  reason: Taking | Waiting,
  { language, leadName = (id) => id }: Telling,
): string => {
  const say = words[language]
  const number = (value: number) =>
    new Intl.NumberFormat(language === 'fa' ? 'fa-IR-u-nu-arabext' : 'en').format(value)
  if ('pass' in reason) return say[reason.pass](number(reason.place), number(reason.of))
  switch (reason.code) {
    case 'noCapacity':
    case 'nobodyThere':
      return say[reason.code]
    case 'noRuleMatched':
      return say.noRuleMatched[reason.by]
    case 'duplicate':
      return say.duplicate(leadName(reason.of))
    case 'tooOld':
      return say.tooOld(number(reason.ageDays))
  }
}

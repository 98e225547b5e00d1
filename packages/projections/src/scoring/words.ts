/**
 * Reasons of a score as sentences, in the languages that people read them in.
 *
 * @module
 */
import type { Factor, Score } from '@forsat/domain'

export interface Words {
  readonly fa: string
  readonly en: string
}

const variables: Readonly<Record<string, Words>> = {
  stage: { en: 'stage', fa: 'مرحله' },
  team: { en: 'team', fa: 'تیم' },
  country: { en: 'country', fa: 'کشور' },
  region: { en: 'region', fa: 'استان' },
  source: { en: 'source', fa: 'منبع' },
  language: { en: 'language', fa: 'زبان' },
  tag: { en: 'tag', fa: 'برچسب' },
  phone: { en: 'phone number', fa: 'شمارهٔ تلفن' },
  email: { en: 'mail address', fa: 'نشانی رایانامه' },
}

const presence: Readonly<Record<string, Words>> = {
  yes: { en: 'yes', fa: 'دارد' },
  no: { en: 'none', fa: 'ندارد' },
}

const number = {
  en: new Intl.NumberFormat('en'),
  fa: new Intl.NumberFormat('fa-IR-u-nu-arabext'),
}
const signed = { maximumFractionDigits: 2, signDisplay: 'always' } as const
const points = {
  en: new Intl.NumberFormat('en', signed),
  fa: new Intl.NumberFormat('fa-IR-u-nu-arabext', signed),
}
const percent = {
  en: new Intl.NumberFormat('en', { style: 'percent' }),
  fa: new Intl.NumberFormat('fa-IR-u-nu-arabext', { style: 'percent' }),
}

/** @example 'source = referral: 41 of 60 won against 38% of all, +0.9' */
export const factorWords = (factor: Factor, name: string, { outcomes }: Score): Words => {
  const { variable, won, lost } = factor
  const called = variables[variable] ?? { en: variable, fa: variable }
  const value = variable === 'phone' || variable === 'email' ? presence[factor.value] : undefined
  const rate = outcomes.won / Math.max(1, outcomes.won + outcomes.lost)
  const { en, fa } = number
  const seen = won + lost
  return {
    en: `${called.en} = ${value?.en ?? name}: ${en.format(won)} of ${en.format(seen)} won against ${percent.en.format(rate)} of all, ${points.en.format(factor.points)}`,
    fa: `${called.fa} = ${value?.fa ?? name}: ${fa.format(won)} از ${fa.format(seen)} برنده، در برابر ${percent.fa.format(rate)} از همه، ${points.fa.format(factor.points)}`,
  }
}

/** What the score as a whole rests on, and where its points begin. */
export const scoreWords = ({ outcomes: { won, lost }, enoughData, base }: Score): Words => {
  const { en, fa } = number
  const all = won + lost
  const begin = {
    en: `Before anything is known of one: ${points.en.format(base)} points.`,
    fa: `پیش از دانستن هر چیزی: ${points.fa.format(base)} امتیاز.`,
  }
  return enoughData
    ? {
        en: `Learnt from ${en.format(all)} closed opportunities, ${en.format(won)} of them won. ${begin.en}`,
        fa: `آموخته از ${fa.format(all)} فرصت بسته‌شده که ${fa.format(won)} تای آن برنده بوده است. ${begin.fa}`,
      }
    : {
        en: `Not enough data: only ${en.format(all)} opportunities count so far, ${en.format(won)} of them won. ${begin.en}`,
        fa: `دادهٔ کافی نیست: تاکنون تنها ${fa.format(all)} فرصت به شمار می‌آید که ${fa.format(won)} تای آن برنده بوده است. ${begin.fa}`,
      }
}

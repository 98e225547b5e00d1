/**
 * What a new company starts with: stages and lost reasons that most sellers know, in its language.
 * They are its own from then on, to rename, add to and put away.
 *
 * @module
 */
import type { DataOf } from '../message.ts'
import type { CompanyFields } from './company.ts'
import type { LostReasonEvent, StageEvent } from './events.ts'

type Language = CompanyFields['language']
type Stage = DataOf<StageEvent, 'StageCreated'>
type LostReason = DataOf<LostReasonEvent, 'LostReasonCreated'>

/** Room between two entries for one that is put between them later. */
const step = 10

const stageNames: Readonly<Record<Language, readonly string[]>> = {
  fa: ['جدید', 'ارزیابی‌شده', 'پیشنهاد قیمت', 'مذاکره', 'موفق'],
  en: ['New', 'Qualified', 'Proposition', 'Negotiation', 'Won'],
}

/** The usual stages in their order; the last one is where a win stands. */
export const usualStages = (language: Language): readonly Stage[] =>
  stageNames[language].map((name, index, { length }) => ({
    name,
    position: (index + 1) * step,
    won: index === length - 1,
    folded: false,
  }))

const reasonNames: Readonly<Record<Language, readonly string[]>> = {
  fa: [
    'قیمت',
    'انتخاب رقیب',
    'نبود بودجه',
    'نامناسب بودن زمان',
    'متناسب نبودن با نیاز',
    'بی‌پاسخ ماندن',
    'سایر',
  ],
  en: [
    'Price',
    'Chose a competitor',
    'No budget',
    'Bad timing',
    'Did not fit the need',
    'No response',
    'Other',
  ],
}

/** The usual lost reasons in their order; the last one, "other", says nothing without a note. */
export const usualLostReasons = (language: Language): readonly LostReason[] =>
  reasonNames[language].map((name, index, { length }) => ({
    name,
    position: (index + 1) * step,
    requiresNote: index === length - 1,
  }))

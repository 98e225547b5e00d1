/**
 * What happened, in words: events and the fields that they change.
 *
 * @module
 */
import type { Language } from '../formats.ts'

const events: Readonly<Record<string, { readonly [Tongue in Language]: string }>> = {
  LeadCaptured: { en: 'lead captured', fa: 'سرنخ ثبت شد' },
  LeadQualified: { en: 'lead qualified', fa: 'سرنخ فرصت شد' },
  OpportunityOpened: { en: 'opened', fa: 'باز شد' },
  OpportunityRevised: { en: 'revised', fa: 'ویرایش شد' },
  OpportunityStaged: { en: 'moved to a stage', fa: 'به مرحله‌ای رفت' },
  OpportunityAssigned: { en: 'assigned', fa: 'سپرده شد' },
  OpportunityUnassigned: { en: 'unassigned', fa: 'از کسی گرفته شد' },
  OpportunityNoted: { en: 'note', fa: 'یادداشت' },
  ProbabilityOverridden: { en: 'probability set by hand', fa: 'احتمال دستی شد' },
  ProbabilityAutomated: { en: 'probability left to the model', fa: 'احتمال به مدل سپرده شد' },
  OpportunityWon: { en: 'won', fa: 'برده شد' },
  OpportunityLost: { en: 'lost', fa: 'باخته شد' },
  OpportunityReopened: { en: 'reopened', fa: 'دوباره باز شد' },
  OpportunityMerged: { en: 'merged into another', fa: 'در دیگری ادغام شد' },
  OpportunityAbsorbed: { en: 'took another over', fa: 'دیگری را در خود گرفت' },
  OpportunityCorrected: { en: 'corrected', fa: 'درست شد' },
  OpportunityWithdrawn: { en: 'withdrawn', fa: 'برداشته شد' },
  ContactRegistered: { en: 'registered', fa: 'ثبت شد' },
  ContactRevised: { en: 'revised', fa: 'ویرایش شد' },
  ContactArchived: { en: 'archived', fa: 'بایگانی شد' },
  AddressAdded: { en: 'address added', fa: 'نشانی افزوده شد' },
  AddressRevised: { en: 'address revised', fa: 'نشانی ویرایش شد' },
  AddressArchived: { en: 'address archived', fa: 'نشانی بایگانی شد' },
  AddressPreferred: { en: 'address preferred', fa: 'نشانی برگزیده شد' },
}

const persianFields: Readonly<Record<string, string>> = {
  title: 'عنوان',
  name: 'نام',
  contactId: 'مخاطب',
  companyName: 'نام شرکت',
  contactName: 'نام مخاطب',
  email: 'رایانامه',
  phone: 'تلفن',
  mobile: 'تلفن همراه',
  country: 'کشور',
  region: 'استان',
  language: 'زبان',
  source: 'منبع',
  medium: 'رسانه',
  campaign: 'پویش',
  industry: 'صنعت',
  tags: 'برچسب‌ها',
  productIds: 'محصول‌ها',
  teamId: 'تیم',
  salespersonId: 'فروشنده',
  stageId: 'مرحله',
  priority: 'اولویت',
  expectedRevenue: 'درآمد مورد انتظار',
  expectedCloseOn: 'پایان مورد انتظار',
  nextStep: 'گام بعدی',
  nextStepOn: 'روز گام بعدی',
  revenue: 'درآمد',
  reasonId: 'دلیل',
  competitor: 'رقیب',
  competitorPrice: 'قیمت رقیب',
  probability: 'احتمال',
  outcome: 'سرانجام',
  kind: 'گونه',
  note: 'یادداشت',
  text: 'متن',
  parentId: 'بالادست',
  isCompany: 'شرکت است',
  externalIds: 'شناسه‌های بیرونی',
  won: 'برد',
  lost: 'باخت',
  basis: 'مبنا',
  stage: 'مرحله',
  reason: 'دلیل',
  quotationSent: 'پیشنهاد فرستاده شده بود',
  probabilityMode: 'شیوهٔ احتمال',
  mergedInto: 'ادغام در',
  attributes: 'ویژگی‌ها',
  identifiers: 'شناسه‌ها',
}

export const eventName = (type: string, language: Language): string =>
  events[type]?.[language] ?? type

/** `expectedRevenue` as words. */
export const fieldName = (name: string, language: Language): string =>
  (language === 'fa' ? persianFields[name] : undefined) ??
  name.replace(/Ids?$/, '').replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

const persianValues: Readonly<Record<string, string>> = {
  open: 'باز',
  won: 'برده',
  lost: 'باخته',
  merged: 'ادغام‌شده',
  withdrawn: 'برداشته',
  lead: 'سرنخ',
  opportunity: 'فرصت',
  manual: 'دستی',
  automatic: 'خودکار',
  true: 'آری',
  false: 'نه',
}

/** A code as a word, where there is one. */
export const valueName = (code: string, language: Language): string =>
  (language === 'fa' ? persianValues[code] : undefined) ?? code

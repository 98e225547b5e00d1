/**
 * What happened, in words: events and the fields that they change.
 *
 * @module
 */
import type { HistoryEntry } from '@forsat/projections'
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
  UserRegistered: { en: 'user registered', fa: 'کاربر ثبت شد' },
  UserDeactivated: { en: 'user deactivated', fa: 'کاربر غیرفعال شد' },
  RoleGranted: { en: 'role granted', fa: 'نقشی داده شد' },
  RoleRevoked: { en: 'role revoked', fa: 'نقشی گرفته شد' },
  ApiKeyIssued: { en: 'key issued', fa: 'کلیدی داده شد' },
  ApiKeyRevoked: { en: 'key revoked', fa: 'کلیدی باطل شد' },
  PoliciesSet: { en: 'policies set', fa: 'سیاست‌ها تعیین شد' },
  PersonalDataErased: { en: 'personal data erased', fa: 'داده‌های شخصی پاک شد' },
  ContactArchived: { en: 'archived', fa: 'بایگانی شد' },
  AddressAdded: { en: 'address added', fa: 'نشانی افزوده شد' },
  AddressRevised: { en: 'address revised', fa: 'نشانی ویرایش شد' },
  AddressArchived: { en: 'address archived', fa: 'نشانی بایگانی شد' },
  AddressPreferred: { en: 'address preferred', fa: 'نشانی برگزیده شد' },
  QuotationDrafted: { en: 'offer drafted', fa: 'پیشنهاد نوشته شد' },
  QuotationRevised: { en: 'offer revised', fa: 'پیشنهاد ویرایش شد' },
  QuotationCustomerChanged: { en: 'customer changed', fa: 'مشتری عوض شد' },
  QuotationAddressed: { en: 'addresses taken over', fa: 'نشانی‌ها تازه شد' },
  QuotationLineAdded: { en: 'line added', fa: 'سطر افزوده شد' },
  QuotationLineRevised: { en: 'line revised', fa: 'سطر ویرایش شد' },
  QuotationLineRemoved: { en: 'line removed', fa: 'سطر برداشته شد' },
  OptionOffered: { en: 'option offered', fa: 'گزینه پیشنهاد شد' },
  OptionRevised: { en: 'option revised', fa: 'گزینه ویرایش شد' },
  OptionWithdrawn: { en: 'option withdrawn', fa: 'گزینه پس گرفته شد' },
  QuotationTemplateApplied: { en: 'template applied', fa: 'الگو به کار رفت' },
  QuotationTemplateRemoved: { en: 'template taken off', fa: 'الگو برداشته شد' },
  QuotationApprovalRequested: { en: 'approval asked for', fa: 'تأیید خواسته شد' },
  QuotationApprovalGranted: { en: 'approved', fa: 'ارسالش تأیید شد' },
  QuotationApprovalRefused: { en: 'approval refused', fa: 'ارسالش تأیید نشد' },
  OptionAccepted: { en: 'option taken', fa: 'گزینه برداشته شد' },
  OptionDeclined: { en: 'option declined', fa: 'گزینه رد شد' },
  QuotationSent: { en: 'sent', fa: 'فرستاده شد' },
  QuotationExtended: { en: 'extended', fa: 'تمدید شد' },
  QuotationVersionOpened: { en: 'next version begun', fa: 'نسخهٔ بعدی آغاز شد' },
  QuotationVersionDiscarded: { en: 'version discarded', fa: 'نسخه کنار گذاشته شد' },
  QuotationLinkIssued: { en: 'link issued', fa: 'پیوند تازه داده شد' },
  QuotationLinkRevoked: { en: 'link revoked', fa: 'پیوند باطل شد' },
  QuotationAccepted: { en: 'accepted by the customer', fa: 'مشتری پذیرفت' },
  QuotationDeclined: { en: 'declined', fa: 'رد شد' },
  QuotationExpired: { en: 'expired', fa: 'منقضی شد' },
  QuotationConfirmed: { en: 'confirmed', fa: 'قطعی شد' },
  QuotationCancelled: { en: 'cancelled', fa: 'لغو شد' },
  QuotationReinstated: { en: 'reinstated', fa: 'دوباره برقرار شد' },
  QuotationReturnedToDraft: { en: 'back to draft', fa: 'به پیش‌نویس برگشت' },
  QuotationCorrected: { en: 'corrected', fa: 'درست شد' },
  DeliveryAttempted: { en: 'mail attempted', fa: 'رایانامه فرستاده شد' },
  QuotationDelivered: { en: 'mail taken by the server', fa: 'کارساز رایانامه را گرفت' },
  DeliveryFailed: { en: 'mail failed', fa: 'رایانامه نرفت' },
  DeliveryBounced: { en: 'mail came back', fa: 'رایانامه برگشت' },
  QuotationViewed: { en: 'looked at by the customer', fa: 'مشتری دید' },
  CustomerAsked: { en: 'question of the customer', fa: 'پرسش مشتری' },
  AssignmentConfigured: { en: 'assignment set up', fa: 'شیوهٔ سپردن تعیین شد' },
  AssignmentsDecided: { en: 'assignments decided', fa: 'سپردن‌ها تعیین شد' },
  AssignmentRunCompleted: { en: 'assignment run', fa: 'دور سپردن انجام شد' },
  AssignmentRulesSet: { en: 'rules of the team set', fa: 'قاعدهٔ تیم تعیین شد' },
  PeriodSealed: { en: 'period sealed', fa: 'دوره بسته شد' },
  LedgerRestored: { en: 'backup put back', fa: 'پشتیبان بازگردانده شد' },
  AuditKeyRotated: { en: 'signing key changed', fa: 'کلید امضا عوض شد' },
  ExportProduced: { en: 'data exported', fa: 'داده‌ها برون‌برد شد' },
  RetentionApplied: { en: 'old data let go', fa: 'داده‌های کهنه کنار گذاشته شد' },
  QuotationDeleted: { en: 'draft deleted', fa: 'پیش‌نویس حذف شد' },
}

const causes: Readonly<
  Record<NonNullable<HistoryEntry['cause']>['code'], { readonly [Tongue in Language]: string }>
> = {
  opportunityLost: { en: 'because the opportunity was lost', fa: 'چون فرصت باخته شد' },
  opportunityReopened: {
    en: 'because the opportunity was reopened',
    fa: 'چون فرصت دوباره باز شد',
  },
  siblingConfirmed: {
    en: 'because another quotation was confirmed',
    fa: 'چون پیشنهاد دیگری قطعی شد',
  },
  quotationConfirmed: { en: 'because a quotation was confirmed', fa: 'چون پیشنهادی قطعی شد' },
  quotationCancelled: {
    en: 'because the confirmed quotation was cancelled',
    fa: 'چون پیشنهاد قطعی‌شده لغو شد',
  },
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
  status: 'وضعیت',
  version: 'نسخه',
  number: 'شماره',
  total: 'جمع کل',
  net: 'خالص',
  currency: 'ارز',
  validUntil: 'اعتبار تا',
  customer: 'مشتری',
  invoiceAddress: 'نشانی صورت‌حساب',
  deliveryAddress: 'نشانی تحویل',
  customerReference: 'مرجع مشتری',
  subject: 'موضوع',
  order: 'سفارش',
  opportunityId: 'فرصت',
  unitPrice: 'بهای واحد',
  amount: 'مبلغ',
  description: 'شرح',
  discount: 'تخفیف',
  taxRate: 'نرخ مالیات',
  unit: 'یکا',
  pricesIncludeTax: 'بها با مالیات',
  vatRounding: 'گرد کردن مالیات',
  linkActive: 'پیوند برقرار',
  orderStatus: 'وضعیت سفارش',
  quantity: 'تعداد',
  terms: 'شرایط',
  identifiers: 'شناسه‌ها',
  delivery: 'رساندن',
  deliveryTo: 'گیرنده',
  refusedFor: 'نپذیرفته برای',
}

/** Why something happened that nobody asked for by hand. */
export const causeName = (cause: HistoryEntry['cause'], language: Language): string =>
  cause === undefined ? '' : causes[cause.code][language]

export const eventName = (type: string, language: Language): string =>
  events[type]?.[language] ?? type

/** `expectedRevenue` as words; `lines/ID/quantity` is the quantity of a line. */
export const fieldName = (name: string, language: Language): string => {
  const field = name.split('/')[2]
  if (!name.startsWith('lines/')) return plainName(name, language)
  const line = language === 'fa' ? 'سطر' : 'line'
  return field === undefined ? line : `${line}, ${plainName(field, language)}`
}

const englishFields: Readonly<Record<string, string>> = {
  deliveryTo: 'mailed to',
  refusedFor: 'not taken for',
}

const plainName = (name: string, language: Language): string =>
  (language === 'fa' ? persianFields : englishFields)[name] ??
  name.replace(/Ids?$/, '').replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

const persianValues: Readonly<Record<string, string>> = {
  open: 'باز',
  won: 'برده',
  lost: 'باخته',
  merged: 'ادغام‌شده',
  withdrawn: 'برداشته',
  draft: 'پیش‌نویس',
  sent: 'فرستاده',
  expired: 'منقضی',
  confirmed: 'قطعی',
  declined: 'ردشده',
  cancelled: 'لغوشده',
  total: 'یک‌جا',
  line: 'سطر به سطر',
  lead: 'سرنخ',
  opportunity: 'فرصت',
  manual: 'دستی',
  automatic: 'خودکار',
  queued: 'در صف',
  underWay: 'در راه',
  delivered: 'تحویل کارساز',
  failed: 'نرفته',
  bounced: 'برگشته',
  unknown: 'نامعلوم',
  unwritten: 'نوشته نشد',
  unreachable: 'کارساز در دسترس نبود',
  loginRefused: 'کارساز راه نداد',
  deferred: 'کارساز گفت بعداً',
  refused: 'کارساز نپذیرفت',
  true: 'آری',
  false: 'نه',
}

/** A code as a word, where there is one. */
export const valueName = (code: string, language: Language): string =>
  (language === 'fa' ? persianValues[code] : undefined) ?? code

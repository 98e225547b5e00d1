/**
 * Every way to be turned down over HTTP: the status of each code, and a sentence about it. Codes are
 * for programs and never change; sentences are for people, in two languages.
 *
 * @module
 */
import type { Refusal } from '@forsat/application'
import { Money } from '@forsat/domain'
import type { RebuildRefusal } from '@forsat/projections'

type HttpCode =
  | 'Unauthenticated'
  | 'Forbidden'
  | 'MethodNotAllowed'
  | 'PayloadTooLarge'
  | 'HeadersTooLarge'
  | 'RequestTimeout'
  | 'UnsupportedMediaType'
  | 'TooManyRequests'
  | 'NotReady'
  | 'VersionRequired'
  | 'InternalError'
export type Code = Refusal['type'] | HttpCode | RebuildRefusal['type']

export type Language = 'en' | 'fa'

export interface Turned extends Readonly<Record<Language, string>> {
  readonly status: number
}

const turned = (status: number, en: string, fa: string): Turned => ({ status, en, fa })

/** Sentences name facts of the refusal in braces. */
const catalogue: Readonly<Record<Code, Turned>> = {
  InvalidRequest: turned(
    400,
    'The request is not as it must be; errors say where.',
    'درخواست درست نیست؛ فهرست خطاها جای هر ایراد را می‌گوید.',
  ),
  CompanyRequired: turned(
    400,
    'Name a company in the header Forsat-Company.',
    'شرکت را در سرآیند Forsat-Company بنویسید.',
  ),
  OccurredInFuture: turned(
    400,
    'This is said to have happened after now, {now}.',
    'زمان گفته‌شده پس از اکنون ({now}) است.',
  ),
  Unauthenticated: turned(
    401,
    'Send a valid key in the header Authorization: Bearer KEY.',
    'یک کلید معتبر در سرآیند Authorization: Bearer KEY بفرستید.',
  ),
  Forbidden: turned(403, 'Your role does not allow this.', 'نقش شما اجازهٔ این کار را نمی‌دهد.'),
  NotFound: turned(404, 'There is no such thing.', 'چنین چیزی نیست.'),
  MemberUnknown: turned(404, 'This user is not in the team.', 'این کاربر عضو گروه نیست.'),
  ProjectionUnknown: turned(
    404,
    'There is no read model named {name}.',
    'مدل خواندنی به نام {name} نیست.',
  ),
  MethodNotAllowed: turned(
    405,
    'This address does not take {method}.',
    'این نشانی {method} نمی‌پذیرد.',
  ),
  RequestTimeout: turned(408, 'The request took too long to arrive.', 'درخواست دیر رسید.'),
  AlreadyExists: turned(409, 'This exists already.', 'این از پیش هست.'),
  AddressArchived: turned(409, 'This address is archived.', 'این نشانی بایگانی شده است.'),
  TeamArchived: turned(409, 'This team is archived.', 'این گروه بایگانی شده است.'),
  MemberAlreadyJoined: turned(
    409,
    'This user is in the team already.',
    'این کاربر از پیش عضو گروه است.',
  ),
  UserDeactivated: turned(409, 'This user was deactivated.', 'این کاربر غیرفعال شده است.'),
  OpportunityWon: turned(409, 'The opportunity is won.', 'این فرصت برنده شده است.'),
  OpportunityLost: turned(409, 'The opportunity is lost.', 'این فرصت باخته شده است.'),
  OpportunityMerged: turned(
    409,
    'The opportunity was merged into {into}.',
    'این فرصت در {into} ادغام شده است.',
  ),
  OpportunityNotLost: turned(409, 'The opportunity is not lost.', 'این فرصت باخته نیست.'),
  OpportunityNotWon: turned(409, 'The opportunity is not won.', 'این فرصت برنده نیست.'),
  MergedIntoItself: turned(
    409,
    'An opportunity cannot be merged into itself.',
    'یک فرصت در خودش ادغام نمی‌شود.',
  ),
  LeadNotQualified: turned(
    409,
    'This is still a lead: qualify it first.',
    'این هنوز سرنخ است: نخست تأییدش کنید.',
  ),
  LeadAlreadyQualified: turned(409, 'This is an opportunity already.', 'این از پیش فرصت است.'),
  ContactMissing: turned(
    409,
    'No contact is chosen, and no name is known to make one of.',
    'مخاطبی انتخاب نشده و نامی هم نیست که مخاطب از آن ساخته شود.',
  ),
  AddressMissing: turned(
    409,
    'Nobody knows the {kind} address of the customer: give it one, or one for everything.',
    'نشانی مشتری ({kind}) معلوم نیست: برایش نشانی بگذارید، ویژهٔ این کار یا همگانی.',
  ),
  LostReasonMissing: turned(409, 'A loss needs a reason.', 'باخت باید دلیل داشته باشد.'),
  LostReasonUnknown: turned(
    409,
    'The reason is none of this company.',
    'این دلیل از دلیل‌های این شرکت نیست.',
  ),
  LostReasonArchived: turned(
    409,
    'The reason "{reason}" is archived.',
    'دلیل «{reason}» بایگانی شده است.',
  ),
  LostReasonInUse: turned(
    409,
    'Losses name this reason, {count} of them: archive it instead.',
    '{count} باخت این دلیل را دارند: به جای حذف، بایگانی‌اش کنید.',
  ),
  LostNoteMissing: turned(
    409,
    'The reason "{reason}" needs a note.',
    'دلیل «{reason}» یادداشت می‌خواهد.',
  ),
  ProbabilityNotCertain: turned(
    409,
    'Only a win is 100 and only a loss is 0: win or lose it instead.',
    'تنها برد صد است و تنها باخت صفر: به جایش برنده یا باخته کنید.',
  ),
  OccurredTooEarly: turned(
    409,
    'This is said to have happened before {last}, which is known to come first.',
    'زمان گفته‌شده پیش از {last} است که باید پیش‌تر باشد.',
  ),
  AuditKeyMissing: turned(
    409,
    'No key was made yet to sign the log with: forsat audit keygen makes one.',
    'هنوز کلیدی برای امضای دفتر ساخته نشده است: «forsat audit keygen» آن را می‌سازد.',
  ),
  PeriodSealed: turned(
    409,
    'The period {period} is closed: nothing is said to have happened in it any more, but a correction.',
    'دورهٔ {period} بسته است: جز اصلاح، چیزی در آن ثبت نمی‌شود.',
  ),
  PeriodNotOver: turned(
    409,
    'The period {period} lasts to {to} and is closed after that.',
    'دورهٔ {period} تا {to} ادامه دارد و پس از آن بسته می‌شود.',
  ),
  FeatureOff: turned(
    409,
    'The company has {feature} switched off.',
    'این شرکت {feature} را خاموش کرده است.',
  ),
  TemplateArchived: turned(
    409,
    'The template is archived: nothing new begins from it.',
    'این قالب بایگانی شده است و چیز تازه‌ای از آن آغاز نمی‌شود.',
  ),
  TemplateTooLarge: turned(
    409,
    'The template says too much: all its words and lines may take {mostBytes} bytes.',
    'این قالب بیش از اندازه بزرگ است: همهٔ متن‌ها و قلم‌هایش {mostBytes} بایت جا دارد.',
  ),
  ExternalIdTaken: turned(
    409,
    'The id {id} of {system} stands for {by} already.',
    'شناسهٔ {id} از {system} از پیش برای {by} است.',
  ),
  QuotationNotDraft: turned(
    409,
    'Only a draft allows this, and the quotation is none.',
    'این کار تنها با پیش‌نویس شدنی است و این پیش‌فاکتور پیش‌نویس نیست.',
  ),
  QuotationNotSent: turned(
    409,
    'The quotation was never sent.',
    'این پیش‌فاکتور هنوز فرستاده نشده است.',
  ),
  QuotationExpired: turned(
    409,
    'The quotation was valid until {validUntil}.',
    'این پیش‌فاکتور تا {validUntil} اعتبار داشت.',
  ),
  QuotationSuperseded: turned(
    409,
    'Version {version} has taken its place.',
    'نسخهٔ {version} جای آن را گرفته است.',
  ),
  QuotationAlreadyConfirmed: turned(
    409,
    'The quotation is confirmed.',
    'این پیش‌فاکتور تأیید شده است.',
  ),
  QuotationAlreadyAccepted: turned(
    409,
    'The customer has accepted the quotation already.',
    'مشتری این پیش‌فاکتور را از پیش پذیرفته است.',
  ),
  QuotationCancelled: turned(409, 'The quotation is cancelled.', 'این پیش‌فاکتور لغو شده است.'),
  QuotationDeclined: turned(409, 'The quotation was declined.', 'این پیش‌فاکتور رد شده است.'),
  QuotationEmpty: turned(
    409,
    'The quotation offers nothing: it has no item.',
    'این پیش‌فاکتور هیچ قلمی ندارد.',
  ),
  QuotationChanged: turned(
    409,
    'The quotation is not as it was seen: version {version} comes to {total}.',
    'پیش‌فاکتور دیگر آن نیست که دیده شد: جمع نسخهٔ {version} اکنون {total} است.',
  ),
  ExpiryInPast: turned(
    409,
    'The quotation is valid until {validUntil} and today is {today}: give it a later day.',
    'اعتبار این پیش‌فاکتور تا {validUntil} است و امروز {today}: روز دیرتری بگذارید.',
  ),
  ExtensionTooShort: turned(
    409,
    'An offer is extended to a later day than its last one.',
    'تمدید باید تا روزی پس از واپسین روز اعتبار باشد.',
  ),
  CurrencyMismatch: turned(
    409,
    'Amounts must be in {expected}, not in {given}.',
    'مبلغ‌ها باید به {expected} باشد، نه {given}.',
  ),
  CurrencyFixed: turned(
    409,
    'The lines are priced in {currency}: take them out first.',
    'قلم‌ها به {currency} قیمت خورده‌اند: نخست برشان دارید.',
  ),
  RateMissing: turned(
    409,
    'There is no exchange rate from {base} to {quote} for {date}.',
    'برای {date} نرخ تبدیل {base} به {quote} نیست.',
  ),
  RateOfItself: turned(
    409,
    'A currency costs exactly one of itself.',
    'هر ارز درست یک واحد از خودش می‌ارزد.',
  ),
  TotalNegative: turned(
    409,
    'The total must not be below zero: it is {total}.',
    'جمع نباید منفی باشد: اکنون {total} است.',
  ),
  LineUnknown: turned(404, 'The quotation has no such line.', 'این پیش‌فاکتور چنین قلمی ندارد.'),
  TooManyLines: turned(
    409,
    'A quotation has at most {most} lines.',
    'پیش‌فاکتور بیش از {most} قلم نمی‌گیرد.',
  ),
  TemplateOfOtherCompany: turned(
    409,
    'The template belongs to another company.',
    'این الگو از آنِ شرکت دیگری است.',
  ),
  ApprovalRequired: turned(
    409,
    'The quotation goes beyond what may be sent without approval: somebody else has to grant it.',
    'این پیش‌فاکتور از سقف ارسال بی‌تأیید بالاتر است: باید کس دیگری تأییدش کند.',
  ),
  ApprovalUnchanged: turned(
    409,
    'The approval stands so already.',
    'وضعیت تأیید هم‌اکنون همین است.',
  ),
  ApprovalOwn: turned(
    409,
    'Who asks for an approval does not decide on it.',
    'کسی که تأیید خواسته است، خودش دربارهٔ آن تصمیم نمی‌گیرد.',
  ),
  NoTemplateApplied: turned(
    409,
    'No template is applied to the quotation.',
    'هیچ الگویی در این پیش‌فاکتور به کار نرفته است.',
  ),
  OptionUnknown: turned(
    409,
    'The quotation has no such option.',
    'این پیش‌فاکتور چنین گزینه‌ای ندارد.',
  ),
  TooManyOptions: turned(
    409,
    'A quotation has at most {most} options.',
    'پیش‌فاکتور بیش از {most} گزینه نمی‌گیرد.',
  ),
  OptionQuantityRefused: turned(
    409,
    'The option is not offered in this quantity.',
    'این گزینه به این تعداد عرضه نشده است.',
  ),
  VersionAlreadyOpen: turned(
    409,
    'Version {version} is a draft already: send or discard it first.',
    'نسخهٔ {version} هم‌اکنون پیش‌نویس است: نخست بفرستید یا دورش بیندازید.',
  ),
  NoVersionOpen: turned(
    409,
    'There is no draft beside the version that stands.',
    'کنار نسخهٔ معتبر پیش‌نویسی نیست.',
  ),
  OverrideNoteMissing: turned(
    409,
    'Confirming after {validUntil} needs a note that says why.',
    'تأیید پس از {validUntil} یادداشتی می‌خواهد که دلیلش را بگوید.',
  ),
  MailNotSet: turned(
    409,
    'No mail server is set here: send it by hand and pass the link on.',
    'اینجا کارساز رایانامه تنظیم نشده است: دستی بفرستید و پیوند را خودتان برسانید.',
  ),
  RecipientMissing: turned(
    409,
    'No e-mail address of the contact is known: say to whom it goes.',
    'رایانامه‌ای از مخاطب نیست: بگویید برای چه کسی فرستاده شود.',
  ),
  LinkMissing: turned(
    409,
    'There is no link that a mail could bring: make a new one first.',
    'پیوندی نیست که رایانامه ببرد: نخست پیوند تازه‌ای بسازید.',
  ),
  DeliveryUnderWay: turned(
    409,
    'A mail is on its way: what became of it is known by {until}.',
    'رایانامه‌ای در راه است: تا {until} معلوم می‌شود چه شد.',
  ),
  DeliveryOvertaken: turned(
    409,
    'Somebody else has sent this mail, or told what became of it.',
    'دیگری این رایانامه را فرستاده یا سرنوشتش را ثبت کرده است.',
  ),
  QuotationNotDelivered: turned(
    409,
    'No mail of this version is out that could come back.',
    'رایانامه‌ای از این نسخه بیرون نیست که برگردد.',
  ),
  TooManyQuestions: turned(
    409,
    'There are {most} questions about this quotation already: please call the seller.',
    'دربارهٔ این پیش‌فاکتور از پیش {most} پرسش هست: لطفاً به فروشنده زنگ بزنید.',
  ),
  RevisionConflict: turned(
    409,
    'It has changed since: it stands at revision {current}.',
    'از آن هنگام عوض شده است: اکنون در ویرایش {current} است.',
  ),
  RebuildRunning: turned(409, 'A rebuild is running already.', 'یک بازسازی هم‌اکنون در جریان است.'),
  PayloadTooLarge: turned(
    413,
    'The body is larger than {limit} bytes.',
    'بدنهٔ درخواست بزرگ‌تر از {limit} بایت است.',
  ),
  UnsupportedMediaType: turned(
    415,
    'Send application/json in UTF-8, not compressed.',
    'بدنه باید application/json در UTF-8 و بی‌فشرده‌سازی باشد.',
  ),
  IdempotencyKeyReused: turned(
    422,
    'This idempotency key was used for another request.',
    'این کلید یکتایی برای درخواست دیگری به کار رفته است.',
  ),
  VersionRequired: turned(
    428,
    'Say what you have seen: its version and total, or the revision in If-Match.',
    'بگویید چه دیده‌اید: نسخه و جمع آن، یا ویرایش را در If-Match.',
  ),
  TooManyRequests: turned(
    429,
    'Too many requests: wait as Retry-After says.',
    'درخواست‌ها زیاد است: به اندازهٔ Retry-After صبر کنید.',
  ),
  HeadersTooLarge: turned(431, 'The head of the request is too large.', 'سرآیندها بزرگ‌اند.'),
  InternalError: turned(
    500,
    'Something went wrong here. The log tells what, under {request}.',
    'اینجا ایرادی پیش آمد. شرحش در گزارش سرور است، زیر {request}.',
  ),
  RebuildFailed: turned(
    500,
    'The rebuild came to nothing, the old read models stay in use: {reason}',
    'بازسازی نشد و مدل‌های پیشین به کار می‌مانند: {reason}',
  ),
  NotReady: turned(
    503,
    'Not ready yet: try again soon.',
    'هنوز آماده نیست: کمی بعد دوباره بپرسید.',
  ),
}

/** A rule that a later package brought and this page does not know stands in the way like any other. */
const unknownRule = turned(409, 'A rule stands in the way.', 'قاعده‌ای مانع این کار است.')

export const turnedDown = (code: string): Turned =>
  Object.hasOwn(catalogue, code) ? catalogue[code as Code] : unknownRule

export const codes = Object.keys(catalogue) as readonly Code[]

const textOf = (fact: unknown): string => {
  const { data: money } = Money.safeParse(fact)
  if (money !== undefined) return `${money.amount} ${money.currency}`
  return typeof fact === 'string' || typeof fact === 'number' ? String(fact) : ''
}

/** The sentence about a refusal, with its facts put in. */
export const sentence = (
  refusal: { readonly type: string; readonly [fact: string]: unknown },
  language: Language,
): string =>
  turnedDown(refusal.type)[language].replaceAll(/\{(\w+)\}/g, (_, fact: string) =>
    textOf(refusal[fact]),
  )

/** The first language of the two that the caller would rather read; English if neither. */
export const languageOf = (acceptLanguage: string | undefined): Language => {
  const preferred = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const quality = parameters.map((each) => each.trim()).find((each) => each.startsWith('q='))
      return { tag, quality: quality === undefined ? 1 : Number(quality.slice(2)) }
    })
    .filter(({ tag, quality }) => /^(?:en|fa)(?:-|$)/.test(tag) && quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
  return preferred[0]?.tag.startsWith('fa') === true ? 'fa' : 'en'
}

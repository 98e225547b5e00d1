/**
 * Every way to be turned down over HTTP: the status of each code, and a sentence about it. Codes are
 * for programs and never change; sentences are for people, in two languages.
 *
 * @module
 */
import type { Refusal } from '@forsat/application'
import type { RebuildRefusal } from '@forsat/projections'

type HttpCode =
  | 'ContactMissing'
  | 'Unauthenticated'
  | 'Forbidden'
  | 'MethodNotAllowed'
  | 'PayloadTooLarge'
  | 'HeadersTooLarge'
  | 'RequestTimeout'
  | 'UnsupportedMediaType'
  | 'TooManyRequests'
  | 'NotReady'
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
    'The lead names neither a person nor a company.',
    'این سرنخ نه نام شخص دارد و نه نام شرکت.',
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
  FeatureOff: turned(
    409,
    'The company has {feature} switched off.',
    'این شرکت {feature} را خاموش کرده است.',
  ),
  ExternalIdTaken: turned(
    409,
    'The id {id} of {system} stands for {by} already.',
    'شناسهٔ {id} از {system} از پیش برای {by} است.',
  ),
  QuotationNotDraft: turned(
    409,
    'The quotation {quotationId} was sent.',
    'پیش‌فاکتور {quotationId} فرستاده شده است.',
  ),
  QuotationAlreadyConfirmed: turned(
    409,
    'The quotation {quotationId} is confirmed.',
    'پیش‌فاکتور {quotationId} تأیید شده است.',
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

const textOf = (fact: unknown): string =>
  typeof fact === 'string' || typeof fact === 'number' ? String(fact) : ''

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

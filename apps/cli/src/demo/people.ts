/**
 * Who and what the demo company consists of. All of it is made up: the telephone numbers and the
 * addresses of mail belong to nobody.
 *
 * @module
 */

export const company = {
  name: 'بازرگانی نمونهٔ البرز (ساختگی)',
  currency: 'IRR',
  zone: 'Asia/Tehran',
  language: 'fa',
} as const

export const teams = [
  { name: 'فروش تهران', region: 'تهران' },
  { name: 'فروش استان‌ها', region: 'استان‌ها' },
] as const

/** Each belongs to the team of that place in the list. */
export const sellers = [
  { name: 'مریم احمدی', team: 0 },
  { name: 'رضا کریمی', team: 0 },
  { name: 'سارا محمدی', team: 1 },
  { name: 'علی رضایی', team: 1 },
] as const

export const products = [
  { name: 'صندوق فروشگاهی', category: 'سخت‌افزار', price: 1_850_000_000 },
  { name: 'ترازوی دیجیتال', category: 'سخت‌افزار', price: 420_000_000 },
  { name: 'نرم‌افزار انبار', category: 'نرم‌افزار', price: 2_600_000_000 },
  { name: 'نرم‌افزار حسابداری', category: 'نرم‌افزار', price: 1_200_000_000 },
  { name: 'پشتیبانی سالانه', category: 'خدمات', price: 680_000_000 },
] as const

export const contacts = [
  {
    name: 'فروشگاه‌های زنجیره‌ای کیمیا',
    isCompany: true,
    region: 'تهران',
    industry: 'خرده‌فروشی',
    city: 'تهران',
    street: 'خیابان ولیعصر، پلاک ۲۱۸۰',
  },
  {
    name: 'شرکت پخش یاس',
    isCompany: true,
    region: 'اصفهان',
    industry: 'پخش',
    city: 'اصفهان',
    street: 'خیابان چهارباغ بالا، پلاک ۶۴',
  },
  {
    name: 'صنایع غذایی نگین',
    isCompany: true,
    region: 'فارس',
    industry: 'خوراک',
    city: 'شیراز',
    street: 'بلوار زند، پلاک ۱۲',
  },
  {
    name: 'داروخانهٔ شفا',
    isCompany: true,
    region: 'تهران',
    industry: 'سلامت',
    city: 'تهران',
    street: 'خیابان شریعتی، پلاک ۹۰۵',
  },
  {
    name: 'چاپ و نشر نگاه',
    isCompany: true,
    region: 'قم',
    industry: 'نشر',
    city: 'قم',
    street: 'خیابان صفائیه، پلاک ۳۷',
  },
  {
    name: 'حمل‌ونقل آریا',
    isCompany: true,
    region: 'خراسان رضوی',
    industry: 'ترابری',
    city: 'مشهد',
    street: 'بلوار سجاد، پلاک ۱۵',
  },
  {
    name: 'کافه‌رستوران باران',
    isCompany: true,
    region: 'گیلان',
    industry: 'رستوران',
    city: 'رشت',
    street: 'میدان شهرداری، پلاک ۴',
  },
  {
    name: 'لوازم خانگی پارس',
    isCompany: true,
    region: 'آذربایجان شرقی',
    industry: 'خرده‌فروشی',
    city: 'تبریز',
    street: 'خیابان امام، پلاک ۳۱۰',
  },
  {
    name: 'زهرا یوسفی',
    isCompany: false,
    region: 'تهران',
    parent: 0,
    city: 'تهران',
    street: 'خیابان آزادی، پلاک ۵۸',
  },
  {
    name: 'محمد اکبری',
    isCompany: false,
    region: 'اصفهان',
    parent: 1,
    city: 'اصفهان',
    street: 'خیابان نظر شرقی، پلاک ۲۰',
  },
  {
    name: 'فاطمه موسوی',
    isCompany: false,
    region: 'فارس',
    parent: 2,
    city: 'شیراز',
    street: 'خیابان قصردشت، پلاک ۷۱',
  },
  {
    name: 'حسین نوری',
    isCompany: false,
    region: 'گیلان',
    parent: 6,
    city: 'رشت',
    street: 'بلوار گلسار، پلاک ۹',
  },
] as const

export const sources = ['نمایشگاه', 'وب‌گاه', 'معرفی مشتری', 'تماس تلفنی', 'شبکهٔ اجتماعی'] as const

export const competitors = ['رایان‌کالا', 'سامانهٔ شرق'] as const

export const lossNotes = [
  'بودجهٔ امسالشان تمام شده است.',
  'به رقیب ده درصد ارزان‌تر خریدند.',
  'پس از سه بار پیگیری پاسخی نیامد.',
  'امکان اتصال به نرم‌افزار کنونی‌شان نبود.',
] as const

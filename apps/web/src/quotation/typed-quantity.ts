import { asciiDigits } from '@forsat/domain'

/**
 * The decimal text that was meant by what was typed, in Persian or Latin digits and with either point:
 * `۲٫۵` and `2.5` are one quantity. `undefined` for what is none.
 */
export const typedQuantity = (typed: string): string | undefined => {
  const text = asciiDigits(typed).trim().replace(/[٫,]/, '.')
  if (!/^\d{1,15}(?:\.\d{1,6})?$/.test(text)) return undefined
  return text.replace(/^0+(?=\d)/, '')
}

/** A quantity as it is typed: in the digits of the language, without signs between them. */
export const untypedQuantity = (quantity: string, figure: (text: string) => string): string =>
  figure(quantity).replaceAll(/[٬,]/g, '')

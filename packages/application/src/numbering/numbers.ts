/**
 * Numbers of documents. Each company has a series for each kind and year, a stream of its own; a
 * document that asks again is given the number it took before.
 *
 * @module
 */
import { documentNumber, yearIn } from '@forsat/domain'
import { jalali } from '@forsat/domain/time'
import * as E from 'fp-ts/lib/Either.js'
import type { CompanySettings } from '../company.ts'
import { derivedId } from '../derived-id.ts'
import type { Refusal } from '../refusal.ts'

export type Series = 'quotation' | 'order'

export interface Numbers {
  /** The number as it is written: of a quotation once for all versions, of an order for each. */
  readonly take: (
    series: Series,
    quotationId: string,
    version: number,
  ) => Promise<E.Either<Refusal, string>>
}

/** What is asked of a series: for which document, once. */
export interface Taking {
  readonly company: string
  /** Of the series' stream. */
  readonly id: string
  readonly series: Series
  readonly year: string
  readonly for: string
  /** The same document asks under the same key. */
  readonly key: string
}

/** How a number is taken: the value that the series gave. */
export type Take = (taking: Taking) => Promise<E.Either<Refusal, number>>

export const numbersFor = (
  { id: company, numberPatterns }: Pick<CompanySettings, 'id' | 'numberPatterns'>,
  day: string,
  take: Take,
): Numbers => ({
  take: async (series, quotationId, version) => {
    const pattern = numberPatterns[series]
    const years = { year: day.slice(0, 4), jyear: jalali(day).slice(0, 4) }
    const year = yearIn(pattern, years)
    const id = seriesId(company, series, year)
    const document = series === 'order' ? `${quotationId}/${version}` : quotationId
    const key = `${id}/${document}`
    const value = await take({ company, id, series, year, for: quotationId, key })
    return E.map((taken: number) => documentNumber(pattern, { value: taken, ...years }))(value)
  },
})

/** The id of a series' stream follows from what it numbers, so that all who number meet there. */
const seriesId = (companyId: string, series: Series, year: string): string =>
  derivedId(companyId, series, year)

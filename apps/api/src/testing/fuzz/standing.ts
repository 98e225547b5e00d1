/**
 * What each operation is asked about: records that are there, so that a request comes as far as it can.
 * A command that was taken has used its record up, and the next one finds a new one.
 *
 * @internal
 * @module
 */
import type { Company, Path } from '../company-records.ts'
import { bodyFor, filled, pathFor, type Row, rows } from '../route-rows.ts'
import type { Made } from '../served.ts'
import type { Operation } from './document.ts'

/** Where an operation is carried out. */
export interface Place {
  readonly path: Path
  readonly body: object | undefined
  /** Queries that find something. */
  readonly queries: readonly string[]
  readonly headers: Readonly<Record<string, string>>
}

export interface Standing {
  /** Fails on an operation that the table of routes does not know. */
  readonly placeFor: (operation: Operation) => Promise<Place>
  /** The next one asked finds everything new. */
  readonly used: (operation: Operation) => void
}

/** Carries out what must be taken. */
export type Done = (
  method: string,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
) => Promise<Made>

export interface Ground {
  readonly company: Company
  /** The key of somebody who may do everything. */
  readonly founder: string
  readonly done: Done
}

export const standingOf = ({ company, founder, done }: Ground): Standing => {
  const places = new Map<string, Place>()
  const authorization = `Bearer ${founder}`
  const here = { authorization, 'forsat-company': company.named.companyId }

  /** A company of its own for what changes companies: in this one, everything is to stay possible. */
  const elsewhere = async (): Promise<Place> => {
    const { id } = await done('POST', '/v1/companies', { name: 'Third' }, { authorization })
    return {
      path: { id },
      body: undefined,
      queries: [],
      headers: { authorization, 'forsat-company': id },
    }
  }
  const found = async (operation: Operation, row: Row): Promise<Place> => {
    const body = await bodyFor(row, company)
    if (operation.isCommand && row.at === 'company') return { ...(await elsewhere()), body }
    const queries = row.queries?.(company.named) ?? []
    return { path: await pathFor(row, company), body, queries, headers: here }
  }

  return {
    placeFor: async (operation) => {
      const row = rows[operation.route]
      if (row === undefined) throw new Error(`${operation.route} has no row in the table of routes`)
      const place = places.get(operation.route) ?? (await found(operation, row))
      places.set(operation.route, place)
      return place
    },
    used: ({ route }) => places.delete(route),
  }
}

/** The address of an operation, as it is called at a place. */
export const addressOf = ({ url }: Operation, { path }: Pick<Place, 'path'>): string =>
  filled(url, path)

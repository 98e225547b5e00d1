/**
 * What a command takes in the body of a request: its own data, without what the path says, and when it
 * happened.
 *
 * @module
 */
import { commandInputs } from '@forsat/application'
import { Ulid } from '@forsat/domain'
import * as z from 'zod'
import { exampleOf } from './examples.ts'
import { moment } from './values.ts'

export type CommandName = keyof typeof commandInputs
export type CommandData = Readonly<Record<string, unknown>>

const id = Ulid.describe('A ULID.')

/** The address of a record. */
export const recordPath = z.strictObject({ id })

/** Each name in a path stands for an id. */
export const pathOf = (path: string) => {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  return z.strictObject(Object.fromEntries(names.map((name) => [name, id])))
}

const occurredAt = moment.optional().describe('When it happened, if not now.')

/** A body that may be told when it happened, shown by an example. */
export const bodyWith = <Fields extends z.ZodRawShape>(fields: Fields, example: object) =>
  z.strictObject({ ...fields, occurredAt }).meta({ examples: [example] })

export const bodyOf = (command: CommandName, path = '') => {
  const said = new Set(['id', ...Object.keys(pathOf(path).shape)])
  const fields = Object.entries(commandInputs[command].shape).filter(([name]) => !said.has(name))
  return bodyWith(Object.fromEntries(fields), exampleOf(command))
}

/** A body as it was parsed, apart from when it happened. */
export const dataOf = (body: unknown) => {
  const { occurredAt: at, ...data } = body as CommandData & {
    readonly occurredAt?: string | undefined
  }
  return { occurredAt: at, data }
}

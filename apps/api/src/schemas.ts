/**
 * How requests are checked and answers written: schemas are strict, nothing is coerced, and every
 * fault is named by the part of the request and a pointer into it.
 *
 * @module
 */
import { closestIssues, type InputIssue } from '@forsat/application'
import { CalendarDate } from '@forsat/domain'
import type { FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify'
import { createSerializerCompiler } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { Refused } from './problem.ts'
import { step } from './strict-json.ts'

/** The parts of a request as OpenAPI names them. */
const parts = { body: 'body', querystring: 'query', params: 'path', headers: 'header' } as const
type Part = (typeof parts)[keyof typeof parts]

/** As much as anybody reads: a small request can be wrong in more ways than its answer should list. */
const mostErrors = 100

export const invalidRequest = (part: Part, ...errors: readonly InputIssue[]): Refused =>
  new Refused({
    type: 'InvalidRequest',
    errors: errors.slice(0, mostErrors).map((error) => ({ in: part, ...error })),
  })

export const validatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  const part = parts[httpPart as keyof typeof parts]
  const checkDays = dayCheckOf(schema)
  return (given: unknown) => {
    // A command without fields may come without a body; `null` as a body was refused on reading.
    const data = given ?? {}
    const repeated = part === 'query' ? repeatedIn(data) : []
    if (repeated.length > 0) return { error: invalidRequest(part, ...repeated) }
    const parsed = schema.safeParse(data)
    if (!parsed.success) return { error: invalidRequest(part, ...issuesOf(parsed.error, schema)) }
    const early = checkDays?.(data, '') ?? []
    return early.length > 0 ? { error: invalidRequest(part, ...early) } : { value: parsed.data }
  }
}

/** Answers are what the compiler has checked them to be. */
export const serializerCompiler: FastifySerializerCompiler<z.ZodType> = () => JSON.stringify

/** Checks every answer against its schema once more; for tests. */
export const checkingSerializerCompiler = createSerializerCompiler()

/** Parameters that stand more than once, or are not percent-encoded UTF-8. */
const repeatedIn = (query: object, above = ''): readonly InputIssue[] =>
  Object.entries(query).flatMap(([name, value]) => {
    const pointer = `${above}${step(name)}`
    if (!Array.isArray(value)) return typeof value === 'object' ? repeatedIn(value, pointer) : []
    const detail = value.length === 0 ? 'must be percent-encoded UTF-8' : 'must stand only once'
    return [{ pointer, detail }]
  })

/** What zod found, an unknown key by its own pointer and with the keys that are known. */
const issuesOf = ({ issues }: z.ZodError, schema: z.ZodType): readonly InputIssue[] =>
  closestIssues(issues).flatMap((issue) => {
    const pointer = issue.path.map(step).join('')
    if (issue.code !== 'unrecognized_keys') return [{ pointer, detail: issue.message }]
    const known = schema instanceof z.ZodObject && pointer === '' ? Object.keys(schema.shape) : []
    const detail = known.length > 0 ? `is none of ${known.join(', ')}` : 'is not known here'
    return issue.keys.map((key) => ({ pointer: `${pointer}${step(key)}`, detail }))
  })

/** Finds the days before 1700 in a value: they were typed in another calendar. */
type DayCheck = (value: unknown, pointer: string) => readonly InputIssue[]

/** What looks for days where a schema has some, so that nobody looks where there are none. */
const dayCheckOf = (schema: z.core.$ZodType): DayCheck | undefined => {
  if (schema === CalendarDate) {
    const detail = 'must not be before 1700: is it Jalali? Send Gregorian'
    return (value, pointer) =>
      typeof value === 'string' && value < '1700' ? [{ pointer, detail }] : []
  }
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault
  ) {
    return dayCheckOf(schema.unwrap())
  }
  if (schema instanceof z.ZodArray) {
    const check = dayCheckOf(schema.element)
    return (
      check &&
      ((value, pointer) =>
        Array.isArray(value)
          ? value.flatMap((each, index) => check(each, `${pointer}${step(index)}`))
          : [])
    )
  }
  if (schema instanceof z.ZodObject) {
    const checks = Object.entries(schema.shape).flatMap(([name, field]) => {
      const check = dayCheckOf(field)
      return check === undefined ? [] : [{ name, check }]
    })
    if (checks.length === 0) return undefined
    return (value, pointer) =>
      checks.flatMap(({ name, check }) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, name)
          ? check((value as Readonly<Record<string, unknown>>)[name], `${pointer}${step(name)}`)
          : [],
      )
  }
  return undefined
}

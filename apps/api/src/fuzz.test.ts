/**
 * Every operation of the document with whatever can be wrong about it: each field in turn, and anything
 * at random. What is refused is refused by name, tells nothing of the inside, and leaves no trace.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { twoCompanies } from './testing/company-records.ts'
import {
  type Asked,
  type Caller,
  callerOf,
  faultOf,
  faultyPlacesOf,
  told,
} from './testing/fuzz/asking.ts'
import { type Document, type Operation, operationsOf } from './testing/fuzz/document.ts'
import { fieldsOf } from './testing/fuzz/fields.ts'
import { wrongParametersOf } from './testing/fuzz/parameters.ts'
import { anyCall, type Grounds, roundsOn } from './testing/fuzz/rounds.ts'
import { addressOf, type Done, standingOf } from './testing/fuzz/standing.ts'
import { traceIn } from './testing/fuzz/trace.ts'
import { type Wrong, wrongsOf } from './testing/fuzz/wrongs.ts'
import { letterBox } from './testing/letter-box.ts'
import { type Served, serve } from './testing/served.ts'

let server: Served
let caller: Caller
let grounds: Grounds
let operations: readonly Operation[]
beforeAll(async () => {
  const visitorLimits = { perToken: 100_000, perAddress: 100_000 }
  server = await serve({ auth: 'keys', mailer: letterBox(), visitorLimits })
  caller = callerOf(server.base)
  const { here: company, founder } = await twoCompanies(server)
  const done: Done = (...asked) => server.done(...asked)
  const standing = standingOf({ company, founder, done })
  grounds = { caller, standing, trace: await traceIn(server.forsat.store) }
  operations = operationsOf(await server.read<Document>('/openapi.json'))
})
afterAll(async () => {
  caller[Symbol.dispose]()
  await server[Symbol.asyncDispose]()
})

/** Asks for what must be refused at one place; says what came of it where that was something else. */
const mistaken = async (asked: Asked, place: string): Promise<readonly string[]> => {
  const heard = await caller.ask(asked)
  const [found = '', ...others] = faultyPlacesOf(heard)
  // Of a list with commas in it, the value that is wrong.
  const isThere = others.length === 0 && (found === place || found === `${place}/0`)
  const isRight = faultOf(heard) === undefined && isThere
  return isRight ? [] : [`not refused at ${place}: ${told(asked, heard)}`]
}

describe('every operation', () => {
  test('refuses every field of a body, by its own pointer, that is wrong in any way', async () => {
    for (const operation of operations) {
      const { method, body } = operation
      if (body === undefined) continue
      const place = await grounds.standing.placeFor(operation)
      await grounds.trace.left()
      const headers = { ...place.headers, 'content-type': 'application/json' }
      const asked = { method, path: addressOf(operation, place), headers }
      const mistakes: string[] = []
      for (const [index, field] of fieldsOf(body.schema, place.body ?? body.example).entries()) {
        for (const kind of wrongsOf(field)) {
          // All that is wrong in the same way is tried, each in the place of another field.
          const wrong = kind[index % kind.length] as Wrong
          const one = { ...asked, body: Buffer.from(wrong.body) }
          mistakes.push(...(await mistaken(one, `body ${wrong.pointer}`)))
        }
      }
      expect.soft(mistakes, operation.route).toEqual([])
      expect.soft(await grounds.trace.left(), operation.route).toEqual([])
    }
    // Seconds where nothing else is done, and thousands of requests where much is.
  }, 180_000)

  test('refuses every parameter, by its own name, that is wrong', async () => {
    for (const operation of operations) {
      const { method, body } = operation
      const place = await grounds.standing.placeFor(operation)
      await grounds.trace.left()
      const sent = body && { body: Buffer.from(JSON.stringify(place.body ?? body.example)) }
      const mistakes: string[] = []
      for (const { path, headers, in: part, pointer } of wrongParametersOf(operation, place)) {
        const json = { ...headers, 'content-type': 'application/json' }
        const asked = { method, path, headers: sent ? json : headers, ...sent }
        mistakes.push(...(await mistaken(asked, `${part} ${pointer}`)))
      }
      expect.soft(mistakes, operation.route).toEqual([])
      expect.soft(await grounds.trace.left(), operation.route).toEqual([])
    }
  })

  test('answers whatever is asked, and keeps nothing of what it refuses', async () => {
    // The server's own clock and read models are not what requests are about.
    const asked = operations.filter(({ isCommand, method }) => isCommand || method === 'GET')
    const round = roundsOn(grounds)
    await fc.assert(
      fc.asyncProperty(anyCall(asked), async (call) => {
        expect((await round(call)).fault).toBeUndefined()
      }),
      { numRuns: 300 },
    )
  })
})

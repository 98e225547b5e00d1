/**
 * A round is one request to an operation where it can do the most, and what came of it.
 *
 * @internal
 * @module
 */
import fc, { type Arbitrary } from 'fast-check'
import { type Caller, faultOf, told } from './asking.ts'
import type { Operation } from './document.ts'
import { type Sketch, sketchOf } from './requests.ts'
import type { Standing } from './standing.ts'
import type { Trace } from './trace.ts'

export interface Call {
  readonly operation: Operation
  readonly sketch: Sketch
}

export interface Round {
  readonly operation: Operation
  readonly status: number
  /** What is wrong with the answer, and the request that it is wrong for. */
  readonly fault?: string
}

/** Any request to any of the operations. */
export const anyCall = (operations: readonly Operation[]): Arbitrary<Call> =>
  fc.oneof(
    ...operations.map((operation) => sketchOf(operation).map((sketch) => ({ operation, sketch }))),
  )

export interface Grounds {
  readonly caller: Caller
  readonly standing: Standing
  readonly trace: Trace
}

export const roundsOn =
  ({ caller, standing, trace }: Grounds) =>
  async ({ operation, sketch }: Call): Promise<Round> => {
    const asked = sketch(await standing.placeFor(operation))
    await trace.left()
    const heard = await caller.ask(asked)
    const left = await trace.left()
    const { status } = heard
    if (status < 300 && operation.method !== 'GET') standing.used(operation)
    const wrong = faultOf(heard) ?? (status >= 400 ? remains(left) : undefined)
    return { operation, status, ...(wrong && { fault: `${wrong}\n${told(asked, heard)}` }) }
  }

const remains = (left: readonly string[]): string | undefined =>
  left.length === 0 ? undefined : `a refusal has left ${left.join(', ')}`

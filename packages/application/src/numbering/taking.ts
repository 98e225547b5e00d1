/**
 * Numbers are taken for many documents at a time: those that ask while an append is under way are
 * served together by the next one. What was taken is remembered for a while, so that a document that
 * is decided anew carries the number it has.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Acting } from '../context.ts'
import type { Refusal } from '../refusal.ts'
import type { Step } from '../request.ts'
import type { Take, Taking } from './numbers.ts'

type Answer = E.Either<Refusal, number>

/** Carries several commands to one record out as one. */
type Handle = (
  steps: readonly Step[],
  context: Acting,
) => Promise<E.Either<Refusal, { readonly revision: number }>>

interface Waiting {
  readonly taking: Taking
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

/** Documents that are served together, and how many are remembered. */
const together = 100
const remembered = 10_000

export const takerBy = (handle: Handle): Take => {
  const lines = new Map<string, Waiting[]>()
  const taken = new Map<string, Promise<Answer>>()

  /** Serves a line until nobody stands in it. */
  const serve = async (id: string, line: Waiting[]): Promise<void> => {
    while (line.length > 0) {
      const served = line.splice(0, together)
      try {
        const answers = await append(served.map(({ taking }) => taking))
        for (const [index, { resolve }] of served.entries()) resolve(answers(index))
      } catch (error) {
        for (const { reject } of served) reject(error)
      }
    }
    lines.delete(id)
  }

  const append = async (takings: readonly Taking[]): Promise<(index: number) => Answer> => {
    const [company] = takings.map((taking) => taking.company)
    const steps = takings.map(({ company: _of, key: _key, ...data }) => ({
      command: { type: 'TakeNumber', data },
    }))
    const handled = await handle(steps, { company, actor: 'system:numbering' })
    // A series holds nothing but numbers taken, one an event: its last revision is the last number.
    return (index) =>
      E.map(({ revision }: { readonly revision: number }) => revision + 2 - takings.length + index)(
        handled,
      )
  }

  return (taking) => {
    const before = taken.get(taking.key)
    if (before !== undefined) return before
    const answer = new Promise<Answer>((resolve, reject) => {
      const known = lines.get(taking.id)
      const line = known ?? []
      line.push({ taking, resolve, reject })
      if (known !== undefined) return
      lines.set(taking.id, line)
      void serve(taking.id, line)
    })
    taken.set(taking.key, answer)
    const [oldest] = taken.size > remembered ? taken.keys() : []
    if (oldest !== undefined) taken.delete(oldest)
    const forget = () => taken.delete(taking.key)
    answer.then((given) => E.isLeft(given) && forget(), forget)
    return answer
  }
}

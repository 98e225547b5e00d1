import { useEffect, useState } from 'preact/hooks'
import {
  type Act,
  attempts,
  type Fetched,
  fetchQuotation,
  type Outcome,
  send,
} from './quotation.ts'

export type Shown = Fetched | { readonly status: 'loading' }

/** Why the last act did not take: the code of a rule, or that no answer came. */
export type Failure = Exclude<Outcome, { readonly status: 'done' }>

/** The quotation behind a link as it is now, and a way to answer it. */
export const useQuotation = (token: string) => {
  const [shown, setShown] = useState<Shown>({ status: 'loading' })
  const [failure, setFailure] = useState<Failure>()
  const [turn, setTurn] = useState(0)
  const [attempt] = useState(attempts)

  useEffect(() => {
    const leaving = new AbortController()
    const show = async () => {
      const fetched = await fetchQuotation(token, leaving.signal).catch(
        (): Fetched => ({ status: 'failed' }),
      )
      if (leaving.signal.aborted) return
      // What was read once stays in sight: a form that is half filled in is not taken away.
      setShown((before) =>
        fetched.status === 'failed' && before.status === 'ready' ? before : fetched,
      )
    }
    void show()
    return () => leaving.abort()
  }, [token, turn])

  const again = () => setTurn((before) => before + 1)
  return {
    shown,
    failure,
    again,
    /** Whether it was done. Done or refused, what is shown afterwards is what is so by then. */
    act: async (act: Act): Promise<boolean> => {
      const outcome = await send(token, act, attempt.keyOf(act)).catch(
        (): Outcome => ({ status: 'failed' }),
      )
      if (outcome.status !== 'failed') attempt.end()
      setFailure(outcome.status === 'done' ? undefined : outcome)
      again()
      return outcome.status === 'done'
    },
  }
}

import { useEffect, useState } from 'preact/hooks'
import { type Answer, ask, type Period } from './report.ts'

const kept = 'forsat-key'

/** The key for this tab alone: a session's storage ends with it. */
const keptKey = () => sessionStorage.getItem(kept) ?? undefined

export type Asked = Answer | { readonly status: 'loading' }

/** The report of a period, asked again whenever the period or the key changes or `again` is called. */
export const useReport = ({ from, to }: Period) => {
  const [asked, setAsked] = useState<Asked>({ status: 'loading' })
  const [key, setKey] = useState(keptKey)
  const [turn, setTurn] = useState(0)

  useEffect(() => {
    const leaving = new AbortController()
    const show = async () => {
      const answer = await ask({ period: { from, to }, key, signal: leaving.signal }).catch(
        (): Answer => ({ status: 'failed' }),
      )
      if (!leaving.signal.aborted) setAsked(answer)
    }
    setAsked({ status: 'loading' })
    void show()
    return () => leaving.abort()
  }, [from, to, key, turn])

  return {
    asked,
    keyTried: key !== undefined,
    unlock: (entered: string) => {
      sessionStorage.setItem(kept, entered)
      setKey(entered)
      setTurn((before) => before + 1)
    },
    again: () => setTurn((before) => before + 1),
  }
}

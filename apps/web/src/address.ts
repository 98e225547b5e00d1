/** What the page shows stands in its address, so that it can be kept, shared and gone back to. */
import { useEffect, useState } from 'preact/hooks'
import type { Language } from './messages.ts'
import type { Period } from './report.ts'

export interface Address extends Period {
  readonly language: Language
}

const isoDate = /^\d{4}-\d{2}-\d{2}$/

const read = (search: string): Address => {
  const parameters = new URLSearchParams(search)
  const date = (name: string) => {
    const value = parameters.get(name)
    return value !== null && isoDate.test(value) ? value : undefined
  }
  return {
    language: parameters.get('lang') === 'en' ? 'en' : 'fa',
    from: date('from'),
    to: date('to'),
  }
}

export const searchOf = ({ language, from, to }: Address): string => {
  const given = Object.entries({ lang: language, from, to }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return `?${new URLSearchParams(given)}`
}

/** The address and a way to change it; "back" in the browser goes back here too. */
export const useAddress = (): readonly [Address, (next: Address) => void] => {
  const [address, setAddress] = useState(() => read(location.search))
  useEffect(() => {
    const follow = () => setAddress(read(location.search))
    addEventListener('popstate', follow)
    return () => removeEventListener('popstate', follow)
  }, [])
  const go = (next: Address) => {
    history.pushState(null, '', searchOf(next))
    setAddress(next)
  }
  return [address, go]
}

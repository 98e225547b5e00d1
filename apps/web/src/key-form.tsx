import { useState } from 'preact/hooks'
import { useSpeech } from './language.ts'

/** Asks for the API key, and says so when the one that was tried is not good. */
export function KeyForm({
  refused,
  onEnter,
}: {
  refused: boolean
  onEnter: (key: string) => void
}) {
  const { text } = useSpeech()
  const [key, setKey] = useState('')
  const submit = (event: Event) => {
    event.preventDefault()
    onEnter(key.trim())
  }
  return (
    <form class="notice" onSubmit={submit}>
      <p>{text.keyWanted}</p>
      <label>
        {text.key}
        <input
          type="password"
          dir="ltr"
          required
          autoComplete="off"
          value={key}
          onInput={({ currentTarget }) => setKey(currentTarget.value)}
        />
      </label>
      <button type="submit">{text.enter}</button>
      {refused && <p role="alert">{text.keyRefused}</p>}
    </form>
  )
}

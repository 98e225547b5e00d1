import { useState } from 'preact/hooks'
import { valuesOf } from './form.ts'
import type { Act } from './quotation.ts'
import { useSpeech } from './speech.ts'

/** A question to the seller; that it was sent is said where it was typed. */
export function Question({ onAct }: { onAct: (act: Act) => Promise<boolean> }) {
  const { text } = useSpeech()
  const [busy, setBusy] = useState(false)
  const [sent, setSent] = useState(false)
  const submit = async (form: HTMLFormElement) => {
    const asked = valuesOf(form)('question')
    if (asked === '') return
    setBusy(true)
    setSent(false)
    const isDone = await onAct({ kind: 'questions', body: { text: asked } })
    if (isDone) form.reset()
    setSent(isDone)
    setBusy(false)
  }
  return (
    <section>
      <h2>{text.question}</h2>
      <form
        class="notice"
        onSubmit={(event) => {
          event.preventDefault()
          void submit(event.currentTarget)
        }}
      >
        <label>
          {text.yourQuestion}
          <textarea name="question" rows={3} maxLength={4000} required dir="auto" />
        </label>
        <div class="acts">
          <button type="submit" class="quiet" disabled={busy}>
            {busy ? text.sending : text.ask}
          </button>
        </div>
        {sent && <output>{text.asked}</output>}
      </form>
    </section>
  )
}

import { useState } from 'preact/hooks'
import { valuesOf } from './form.ts'
import type { Act, Quotation } from './quotation.ts'
import { useSpeech } from './speech.ts'

type Kind = Extract<Act['kind'], 'accept' | 'decline'>

/** The two answers. One form is open at a time, so that nobody declines by pressing Enter. */
export function Answer({
  quotation,
  onAct,
}: {
  quotation: Quotation
  onAct: (act: Act) => Promise<unknown>
}) {
  const { text } = useSpeech()
  const [kind, setKind] = useState<Kind>('accept')
  const [busy, setBusy] = useState(false)
  const send = async (act: Act) => {
    setBusy(true)
    await onAct(act)
    setBusy(false)
  }
  return (
    <section>
      <h2>{text.answer}</h2>
      {kind === 'accept' ? (
        <Accept
          quotation={quotation}
          busy={busy}
          onSend={send}
          onDecline={() => setKind('decline')}
        />
      ) : (
        <Decline busy={busy} onSend={send} onBack={() => setKind('accept')} />
      )}
    </section>
  )
}

interface Form {
  readonly busy: boolean
  readonly onSend: (act: Act) => Promise<void>
}

function Accept({
  quotation,
  busy,
  onSend,
  onDecline,
}: Form & { quotation: Quotation; onDecline: () => void }) {
  const { text, money } = useSpeech()
  const { version, totals } = quotation
  const submit = (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    const value = valuesOf(event.currentTarget)
    const [name, customerReference, note] = [value('name'), value('reference'), value('note')]
    if (name === '') return
    void onSend({
      kind: 'accept',
      body: {
        version,
        total: totals.total,
        name,
        ...(customerReference !== '' && { customerReference }),
        ...(note !== '' && { note }),
      },
    })
  }
  return (
    <form class="notice" onSubmit={submit}>
      <label>
        {text.name}
        <input name="name" required pattern=".*\S.*" autoComplete="name" dir="auto" />
      </label>
      <label>
        {text.optionalReference}
        <input name="reference" autoComplete="off" dir="auto" />
      </label>
      <label>
        {text.optionalNote}
        <textarea name="note" rows={2} dir="auto" />
      </label>
      <div class="acts">
        <button type="submit" disabled={busy}>
          {busy ? text.sending : text.acceptFor(money(totals.total.amount))}
        </button>
        <button type="button" class="quiet" disabled={busy} onClick={onDecline}>
          {text.decline}
        </button>
      </div>
    </form>
  )
}

function Decline({ busy, onSend, onBack }: Form & { onBack: () => void }) {
  const { text } = useSpeech()
  const submit = (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    const reason = valuesOf(event.currentTarget)('reason')
    if (reason !== '') void onSend({ kind: 'decline', body: { reason } })
  }
  return (
    <form class="notice" onSubmit={submit}>
      <label>
        {text.reason}
        <textarea name="reason" rows={3} required dir="auto" />
      </label>
      <div class="acts">
        <button type="submit" class="grave" disabled={busy}>
          {busy ? text.sending : text.declining}
        </button>
        <button type="button" class="quiet" disabled={busy} onClick={onBack}>
          {text.back}
        </button>
      </div>
    </form>
  )
}

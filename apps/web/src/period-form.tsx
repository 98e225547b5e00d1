import { useState } from 'preact/hooks'
import { useSpeech } from './language.ts'
import type { Period } from './report.ts'
import { typedDate } from './typed-date.ts'

type Flaw = 'notADate' | 'endsBeforeStart'

/** Two dates, either of which may be left empty; typed in Jalali or Gregorian. */
export function PeriodForm({
  period,
  onChange,
}: {
  period: Period
  onChange: (period: Period) => void
}) {
  const { text, shortDate } = useSpeech()
  const shown = (iso: string | undefined) => (iso === undefined ? '' : shortDate(iso))
  const [typed, setTyped] = useState({ from: shown(period.from), to: shown(period.to) })
  const [flaw, setFlaw] = useState<Flaw>()

  const submit = (event: Event) => {
    event.preventDefault()
    const from = typedDate(typed.from)
    const to = typedDate(typed.to)
    const misread = (entry: string, date: string | undefined) => entry.trim() !== '' && !date
    if (misread(typed.from, from) || misread(typed.to, to)) return setFlaw('notADate')
    if (from !== undefined && to !== undefined && to < from) return setFlaw('endsBeforeStart')
    setFlaw(undefined)
    return onChange({ from, to })
  }
  const field = (name: 'from' | 'to') => (
    <label>
      {text[name]}
      <input
        name={name}
        value={typed[name]}
        placeholder={text.dateSample}
        title={text.dateHint}
        autoComplete="off"
        inputMode="numeric"
        aria-invalid={flaw !== undefined}
        onInput={({ currentTarget }) => setTyped({ ...typed, [name]: currentTarget.value })}
      />
    </label>
  )
  return (
    <form class="period" onSubmit={submit}>
      {field('from')}
      {field('to')}
      <button type="submit">{text.show}</button>
      <button type="button" class="quiet" onClick={() => onChange({})}>
        {text.allTime}
      </button>
      {flaw !== undefined && <p role="alert">{text[flaw]}</p>}
    </form>
  )
}

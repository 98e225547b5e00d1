import type { Quotation } from './quotation.ts'
import { useSpeech } from './speech.ts'
import type { Failure } from './use-quotation.ts'

/** How things stand, where it is more than that an answer is awaited; and why an act did not take. */
export function Banner({
  quotation,
  failure,
}: {
  quotation: Quotation
  failure: Failure | undefined
}) {
  const { text } = useSpeech()
  return (
    <>
      {failure !== undefined && (
        <p class="banner" role="alert">
          {failure.status === 'failed'
            ? text.unsure
            : (text.refused[failure.code] ?? text.refusedOtherwise)}
        </p>
      )}
      {!quotation.open && <Standing of={quotation} />}
    </>
  )
}

function Standing({ of: { status, acceptance } }: { of: Quotation }) {
  const { text } = useSpeech()
  const accepted = status === 'sent' || status === 'confirmed' ? acceptance : undefined
  return (
    <output class={`banner ${status}`}>
      {(accepted === undefined || status === 'confirmed') && <strong>{text.banner[status]}</strong>}
      {accepted !== undefined && <Accepted by={accepted} />}
    </output>
  )
}

function Accepted({ by: { name, at } }: { by: NonNullable<Quotation['acceptance']> }) {
  const { text, day } = useSpeech()
  return (
    <p>{typeof name === 'string' ? text.acceptedBy(name, day(at)) : text.acceptedOn(day(at))}</p>
  )
}

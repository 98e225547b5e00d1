import { useState } from 'preact/hooks'
import type { Act, OfferedOption } from './quotation.ts'
import { useSpeech } from './speech.ts'
import { typedQuantity, untypedQuantity } from './typed-quantity.ts'

/** What may be taken beside what is offered anyway; each is answered on its own, at once. */
export function Options({
  options,
  onAct,
}: {
  options: readonly OfferedOption[]
  onAct: (act: Act) => Promise<unknown>
}) {
  const { text } = useSpeech()
  return (
    <section class="options">
      <h2>{text.options}</h2>
      <p class="soft">{text.optionsSaid}</p>
      <ul>
        {options.map((option) => (
          <Choice key={option.id} option={option} onAct={onAct} />
        ))}
      </ul>
    </section>
  )
}

function Choice({
  option,
  onAct,
}: {
  option: OfferedOption
  onAct: (act: Act) => Promise<unknown>
}) {
  const { text, figure, money, quantity, percent } = useSpeech()
  const { taken, declined, quantity: offered, unit, unitPrice, discountPercent, taxRate } = option
  const amount = option.takenAmount ?? option.amount
  return (
    <li class={taken === undefined ? undefined : 'taken'}>
      <div>
        <strong class="words">
          <bdi>{option.description}</bdi>
        </strong>{' '}
        {taken !== undefined && <small class="tag">{text.optionTaken}</small>}
        {declined && <small class="tag">{text.optionDeclined}</small>}
        <p class="soft">
          {quantity(taken ?? offered)} {unit !== undefined && <bdi>{unit}</bdi>} ×{' '}
          {figure(unitPrice.amount)}
          {discountPercent !== undefined && /[1-9]/.test(discountPercent) && (
            <> − {percent(discountPercent)}</>
          )}
          {' · '}
          {text.tax} {taxRate === null ? text.exempt : percent(taxRate)}
        </p>
      </div>
      <strong class="price">{money(amount.amount)}</strong>
      <Answers option={option} onAct={onAct} />
    </li>
  )
}

/** The field and the buttons: one answer is on its way at a time. */
function Answers({
  option,
  onAct,
}: {
  option: OfferedOption
  onAct: (act: Act) => Promise<unknown>
}) {
  const { text } = useSpeech()
  const [busy, setBusy] = useState(false)
  const { id: optionId, taken, declined, quantityEditable } = option
  const send = async (act: Act) => {
    setBusy(true)
    await onAct(act)
    setBusy(false)
  }
  const submit = (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    const entered = new FormData(event.currentTarget).get('quantity')
    if (typeof entered !== 'string') return void send({ kind: 'take', optionId, body: {} })
    const quantity = typedQuantity(entered)
    if (quantity !== undefined) void send({ kind: 'take', optionId, body: { quantity } })
  }
  return (
    <form onSubmit={submit}>
      {quantityEditable && <QuantityField key={taken} option={option} />}
      {(taken === undefined || quantityEditable) && (
        <button type="submit" class={taken === undefined ? undefined : 'quiet'} disabled={busy}>
          {taken === undefined ? text.take : text.changeQuantity}
        </button>
      )}
      {!declined && (
        <button
          type="button"
          class="quiet"
          disabled={busy}
          onClick={() => void send({ kind: 'leave', optionId, body: {} })}
        >
          {taken === undefined ? text.leave : text.takeOut}
        </button>
      )}
    </form>
  )
}

function QuantityField({ option }: { option: OfferedOption }) {
  const { text, quantity } = useSpeech()
  const { taken, quantity: offered, minQuantity: least, maxQuantity: most } = option
  return (
    <label>
      {text.quantityWithin(least && quantity(least), most && quantity(most))}
      <input
        name="quantity"
        inputMode="decimal"
        autoComplete="off"
        size={6}
        required
        pattern="\s*[0-9۰-۹٠-٩]+([.,٫][0-9۰-۹٠-٩]+)?\s*"
        defaultValue={untypedQuantity(taken ?? offered, quantity)}
      />
    </label>
  )
}

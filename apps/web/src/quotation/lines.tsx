import type { ItemLine, Line } from './quotation.ts'
import { useSpeech } from './speech.ts'
import { Words } from './words.tsx'

/** What is offered, line by line; words between the items take a row of their own. */
export function Lines({ lines }: { lines: readonly Line[] }) {
  const { text } = useSpeech()
  const discounted = lines.some((line) => line.kind === 'item' && isDiscounted(line))
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{text.description}</th>
          <th scope="col">{text.quantity}</th>
          <th scope="col">{text.unitPrice}</th>
          {discounted && <th scope="col">{text.discount}</th>}
          <th scope="col">{text.tax}</th>
          <th scope="col">{text.amount}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) =>
          line.kind === 'item' ? (
            <Offered key={line.id} line={line} discounted={discounted} />
          ) : (
            <tr key={line.id} class={line.kind}>
              <th colSpan={discounted ? 6 : 5}>
                <Words>{line.description}</Words>
              </th>
            </tr>
          ),
        )}
      </tbody>
    </table>
  )
}

function Offered({ line, discounted }: { line: ItemLine; discounted: boolean }) {
  const { text, figure, quantity, percent } = useSpeech()
  return (
    <tr>
      <th scope="row" class="words">
        <bdi>{line.description}</bdi>
      </th>
      <td data-label={text.quantity}>
        <span>
          {quantity(line.quantity)} {line.unit !== undefined && <bdi>{line.unit}</bdi>}
        </span>
      </td>
      <td data-label={text.unitPrice}>{figure(line.unitPrice.amount)}</td>
      {discounted && (
        <td data-label={text.discount}>
          {isDiscounted(line) && (
            <span>
              {figure(line.discount.amount)} <small>({percent(line.discountPercent ?? '0')})</small>
            </span>
          )}
        </td>
      )}
      <td data-label={text.tax}>{line.taxRate === null ? text.exempt : percent(line.taxRate)}</td>
      <td data-label={text.amount}>{figure(line.amount.amount)}</td>
    </tr>
  )
}

const isDiscounted = ({ discount }: ItemLine) => /[1-9]/.test(discount.amount)

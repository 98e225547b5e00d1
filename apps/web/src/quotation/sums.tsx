import type { Totals } from '@forsat/domain'
import { useSpeech } from './speech.ts'

/** What it comes to: the tax of each rate in a row of its own. */
export function Sums({ totals }: { totals: Totals }) {
  const { text, money, figure, percent } = useSpeech()
  return (
    <table class="sums">
      <tbody>
        {/[1-9]/.test(totals.discount.amount) && (
          <Sum label={text.discountsTaken} value={figure(totals.discount.amount)} soft />
        )}
        <Sum label={text.net} value={money(totals.net.amount)} />
        {totals.taxes.map(({ rate, base, tax }) => (
          <Sum
            key={rate}
            label={
              rate === null
                ? text.exemptOf(figure(base.amount))
                : text.taxOf(percent(rate), figure(base.amount))
            }
            value={figure(tax.amount)}
          />
        ))}
      </tbody>
      <tfoot>
        <Sum label={text.total} value={money(totals.total.amount)} />
      </tfoot>
    </table>
  )
}

function Sum({ label, value, soft = false }: { label: string; value: string; soft?: boolean }) {
  return (
    <tr class={soft ? 'soft' : undefined}>
      <th scope="row">{label}</th>
      <td>{value}</td>
    </tr>
  )
}

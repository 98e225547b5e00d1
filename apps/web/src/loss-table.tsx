import { useSpeech } from './language.ts'
import type { LossFigures, LossRow } from './report.ts'

/** What a row of losses is called: its reason's name now, or that none was given. */
export const useReasonName = () => {
  const { text } = useSpeech()
  return ({ reason }: LossRow) => reason?.name ?? text.withoutReason
}

export function LossTable({ rows, totals }: { rows: readonly LossRow[]; totals: LossFigures }) {
  const { text } = useSpeech()
  const nameOf = useReasonName()
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{text.reason}</th>
          <th scope="col">{text.count}</th>
          <th scope="col">{text.share}</th>
          <th scope="col">{text.lostRevenue}</th>
          <th scope="col">{text.medianAge}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.reason?.id ?? ''}>
            <th scope="row">
              <bdi>{nameOf(row)}</bdi>
              {row.reason?.archived === true && <small class="tag">{text.archived}</small>}
            </th>
            <Figures of={row} />
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{text.total}</th>
          <Figures of={totals} />
        </tr>
      </tfoot>
    </table>
  )
}

function Figures({ of }: { of: LossFigures }) {
  const { text, number, percent, money, days } = useSpeech()
  return (
    <>
      <td data-label={text.count}>{number(of.count)}</td>
      <td data-label={text.share}>{of.share === null ? '–' : percent(of.share)}</td>
      <td data-label={text.lostRevenue}>
        {of.lostRevenue.length === 0
          ? '–'
          : of.lostRevenue.map((sum) => <div key={sum.currency}>{money(sum)}</div>)}
      </td>
      <td data-label={text.medianAge}>{of.medianAge === null ? '–' : days(of.medianAge)}</td>
    </>
  )
}

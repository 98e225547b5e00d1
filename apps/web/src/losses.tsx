import { BarChart } from './bar-chart.tsx'
import { KeyForm } from './key-form.tsx'
import { useSpeech } from './language.ts'
import { LossTable, useReasonName } from './loss-table.tsx'
import type { Period, Report, WinFigures } from './report.ts'
import { useReport } from './use-report.ts'

/** The losses of a period, or what stands in the way of showing them. */
export function Losses({ period }: { period: Period }) {
  const { text } = useSpeech()
  const { asked, keyTried, unlock, again } = useReport(period)
  switch (asked.status) {
    case 'loading':
      return <output class="notice">{text.loading}</output>
    case 'locked':
      return <KeyForm refused={keyTried} onEnter={unlock} />
    case 'failed':
      return (
        <div class="notice" role="alert">
          <p>{text.failed}</p>
          {asked.detail !== undefined && (
            <p>
              <bdi>{asked.detail}</bdi>
            </p>
          )}
          <button type="button" onClick={again}>
            {text.retry}
          </button>
        </div>
      )
    case 'ready':
      return <Shown report={asked.report} period={period} />
  }
}

function Shown({ report, period }: { report: Report; period: Period }) {
  const { text } = useSpeech()
  const nameOf = useReasonName()
  const bars = report.rows.map((row) => ({
    id: row.reason?.id ?? '',
    label: nameOf(row),
    value: row.count,
  }))
  return (
    <>
      <p class="when">{usePeriodText(period)}</p>
      <Summary of={report.wins} />
      {report.rows.length === 0 ? (
        <p class="notice">{text.empty}</p>
      ) : (
        <div class="split">
          <LossTable rows={report.rows} totals={report.losses} />
          <BarChart bars={bars} label={text.chart} />
        </div>
      )}
    </>
  )
}

function Summary({ of }: { of: WinFigures }) {
  const { text, number, percent } = useSpeech()
  const figures = {
    won: number(of.won),
    lost: number(of.lost),
    open: number(of.open),
    winRate: of.winRate === null ? '–' : percent(of.winRate),
  }
  return (
    <dl class="summary">
      {(['won', 'lost', 'open', 'winRate'] as const).map((name) => (
        <div key={name}>
          <dt>{text[name]}</dt>
          <dd>{figures[name]}</dd>
        </div>
      ))}
    </dl>
  )
}

const usePeriodText = ({ from, to }: Period): string => {
  const { text, date } = useSpeech()
  if (from !== undefined && to !== undefined) return text.between(date(from), date(to))
  if (from !== undefined) return text.since(date(from))
  return to === undefined ? text.allTime : text.until(date(to))
}

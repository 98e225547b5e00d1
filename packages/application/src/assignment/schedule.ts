import type { AssignmentRunState } from '@forsat/domain'

const unitMs = { TM: 60_000, TH: 3_600_000, D: 86_400_000, W: 604_800_000 } as const

/** Of a duration of one unit, as the settings have it. */
const durationMs = (every: string): number => {
  const [, time = '', count = '', unit = ''] = /^P(T?)(\d+)([MHDW])$/.exec(every) ?? []
  return Number(count) * unitMs[`${time}${unit}` as keyof typeof unitMs]
}

/** Whether the time of a run has come: so long after the last on the schedule, recorded or tried. */
export const isDue = (
  { settings, last }: Pick<AssignmentRunState, 'settings' | 'last'>,
  tried: string | undefined,
  now: string,
): boolean => {
  if (settings.mode !== 'scheduled') return false
  const recorded = last?.trigger === 'scheduled' ? last.at : undefined
  const times = [recorded, tried].flatMap((each) => (each === undefined ? [] : Date.parse(each)))
  return Math.max(...times, 0) + durationMs(settings.every) <= Date.parse(now)
}

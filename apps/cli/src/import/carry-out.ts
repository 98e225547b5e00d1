/**
 * Carries a plan out: each record is appended whole, some hundred at a time, and only once, whoever
 * else imports the same and wherever an earlier try was cut off.
 *
 * @module
 */
import type { Forsat, Refusal, Step } from '@forsat/application'
import { type DirectoryRequest, loadDirectory } from './directory.ts'
import type { Planned } from './draft.ts'
import { fault, type Problem } from './faults.ts'
import type { TablePlan } from './plan.ts'

/** Records on their way at once: they share commits, and none holds the writer up for long. */
const together = 250

/** How long read models may take to see what was appended. */
const patienceMs = 120_000

export interface CarryingOut {
  readonly forsat: Forsat
  readonly request: DirectoryRequest
  /** The run's own id: all that it caused belongs to one case. */
  readonly run: string
  readonly onBehalfOf: string | undefined
  readonly progress: (done: number) => void
}

export interface Done {
  readonly imported: number
  /** Records that were there by then: an earlier try or somebody else had made them. */
  readonly known: number
  readonly made: readonly Planned[]
  readonly problems: readonly Problem[]
}

export interface Replacements {
  /** Ids that the plan minted, with those that somebody else was faster with. */
  readonly ids: Map<string, string>
}

export const carryOut = async (
  { file, waves }: TablePlan,
  { ids }: Replacements,
  { forsat, request, run, onBehalfOf, progress }: CarryingOut,
): Promise<Done> => {
  const { company, system } = request
  const taken = new Set<Planned>()
  const problems: Problem[] = []
  const overtaken: Planned[] = []
  let done = 0

  const append = async (planned: Planned): Promise<void> => {
    const outcome = await forsat.executeTogether(withIds(planned.steps, ids), {
      company,
      actor: `import:${system}`,
      idempotencyScope: `import:${company}:${system}`,
      idempotencyKey: planned.key,
      correlationId: run,
      onBehalfOf,
    })
    done += 1
    if (outcome._tag === 'Right') {
      const { id } = outcome.right
      if (id === planned.id) taken.add(planned)
      else {
        // Answered as the one who was faster: the record has that one's id.
        ids.set(planned.id, id)
        overtaken.push(planned)
      }
    } else if (isThere(outcome.left)) overtaken.push(planned)
    else problems.push(problemOf(file, planned, outcome.left))
  }

  for (const wave of waves) {
    for (let start = 0; start < wave.length; start += together) {
      await Promise.all(wave.slice(start, start + together).map(append))
      progress(done)
    }
    await settled(forsat)
    await follow(overtaken, ids, forsat, request)
  }
  // What went together ended in any order: it is told in the order in which it was planned.
  const made = waves.flat().filter((planned) => taken.has(planned))
  const rows = (all: readonly Planned[]) => all.filter(({ row }) => row !== undefined).length
  return { imported: rows(made), known: rows(overtaken), made, problems }
}

const isThere = ({ type }: Refusal): boolean =>
  ['ExternalIdTaken', 'IdempotencyKeyReused', 'MemberAlreadyJoined'].includes(type)

const problemOf = (file: string, { row }: Planned, { type, ...facts }: Refusal): Problem => ({
  file,
  ...(row === undefined ? {} : { row: row.number, line: row.line }),
  ...fault('Refused', { code: type, facts }),
})

const settled = async (forsat: Forsat): Promise<void> => {
  if (await forsat.settle(undefined, patienceMs)) return
  throw new Error('the read models have fallen behind the log: look at `forsat projections`')
}

/** Finds out which records stand where somebody else was faster. */
const follow = async (
  overtaken: readonly Planned[],
  ids: Map<string, string>,
  forsat: Forsat,
  request: DirectoryRequest,
): Promise<void> => {
  const unknown = overtaken.filter(
    ({ id, of }) => of !== 'opportunity' && of !== 'member' && !ids.has(id),
  )
  if (unknown.length === 0) return
  const directory = await loadDirectory(forsat, { ...request, contacts: true })
  for (const { of, id, name } of unknown) {
    if (of === 'opportunity' || of === 'member' || name === undefined) continue
    const there =
      (of === 'contact' ? directory.byKey(of, name) : undefined) ?? directory.find(of, name)[0]?.id
    if (there !== undefined) ids.set(id, there)
  }
}

const withIds = (steps: readonly Step[], ids: ReadonlyMap<string, string>): readonly Step[] =>
  ids.size === 0
    ? steps
    : steps.map((step) => ({ ...step, command: replaced(step.command, ids) as Step['command'] }))

const replaced = (value: unknown, ids: ReadonlyMap<string, string>): unknown => {
  if (typeof value === 'string') return ids.get(value) ?? value
  if (Array.isArray(value)) return value.map((each) => replaced(each, ids))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, replaced(each, ids)]),
  )
}

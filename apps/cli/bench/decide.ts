/**
 * The round trip of a command: load, decide, seal, append, and what follows by policy.
 *
 * @module
 */
import { join } from 'node:path'
import { type Forsat, openForsat, setUp } from '@forsat/application'
import { type BareEvent, bare } from './bare.ts'
import { contest, perSecond, type Row } from './measure.ts'

const commands = 300
const coldCommands = 200

/** Rows as large as those of the note which the command leads to. */
const rowOf = (position: number): BareEvent => ({
  event: [
    position,
    `01J${String(position).padStart(23, '0')}`,
    'opportunity-01JBENCH000000000000000000',
    position,
    'OpportunityNoted.v1',
    '01JBENCH000000000000000000',
    '2026-01-01T00:00:00.000Z',
    '2026-01-01T00:00:00.000Z',
    'user:01JBENCH000000000000000000',
    null,
    '01JBENCH000000000000000000',
    null,
    1,
    '{"text":{"erased":true}}',
    new Uint8Array(32),
    'e'.repeat(560),
  ],
  sealed: [
    [
      position,
      '01JBENCH000000000000000000',
      'sales',
      'k'.repeat(12),
      new Uint8Array(12),
      new Uint8Array(90),
      new Uint8Array(16),
      'c'.repeat(43),
    ],
  ],
})

export const decideRows = async (folder: string): Promise<readonly Row[]> => {
  const store = `sqlite:${join(folder, 'decide.db')}`
  const forsat = await openForsat({ store })
  const plain = bare(join(folder, 'decide-bare.db'))
  const { companyId: company, userId } = await setUp(forsat, { language: 'en' })
  const context = { company, actor: `user:${userId}` }
  const opened = await forsat.execute(
    { type: 'OpenOpportunity', data: { title: 'Twelve desks' } },
    context,
  )
  if (opened._tag === 'Left') throw new Error(opened.left.type)
  const { id } = opened.right
  /** As many records as there are commands, of which nothing is known beforehand. */
  const unknown: string[] = []
  for (let index = 0; index < coldCommands; index += 1) {
    const data = { title: `Desks ${index}` }
    const made = await forsat.execute({ type: 'OpenOpportunity', data }, context)
    if (made._tag === 'Left') throw new Error(made.left.type)
    unknown.push(made.right.id)
  }
  const noted = async (by: Forsat, to: string, text: string): Promise<void> => {
    const outcome = await by.execute({ type: 'NoteOpportunity', data: { id: to, text } }, context)
    if (outcome._tag === 'Left') throw new Error(outcome.left.type)
  }
  let position = 0
  const bareCommands = (count: number) =>
    perSecond(count, () => {
      for (let index = 0; index < count; index += 1) {
        position += 1
        plain.commit([rowOf(position)])
      }
    })
  try {
    return [
      await contest({
        row: 'decide',
        unit: 'commands/s',
        aim: 0.7,
        note: 'one caller, warm state, one sealed event a command; bare: the same rows, one event a commit',
        ours: () =>
          perSecond(commands, async () => {
            for (let index = 0; index < commands; index += 1) {
              await noted(forsat, id, `call ${index}`)
            }
          }),
        ceiling: () => bareCommands(commands),
      }),
      await contest({
        row: 'decide-cold',
        unit: 'commands/s',
        aim: 0.5,
        rounds: 3,
        note: 'the same, each to another record that nobody has asked for since the start',
        ours: async () => {
          // Who has just opened the store knows no record.
          await using fresh = await openForsat({ store })
          await fresh.settle(undefined, 60_000)
          return await perSecond(coldCommands, async () => {
            for (const each of unknown) await noted(fresh, each, 'call')
          })
        },
        ceiling: () => bareCommands(coldCommands),
      }),
    ]
  } finally {
    plain[Symbol.dispose]()
    await forsat[Symbol.asyncDispose]()
  }
}

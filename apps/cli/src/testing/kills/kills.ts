/**
 * Lives many sales over HTTP while servers and commands are killed, one after the other, and then looks
 * at what is left.
 *
 * @internal
 * @module
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openForsat, setUp, testClock } from '@forsat/application'
import { openSqliteStore } from '@forsat/event-store/sqlite'
import { type Dice, diceOf } from '../../demo/random.ts'
import { type Answer, callersOf } from './callers.ts'
import { later, now } from './days.ts'
import { findingsIn } from './findings.ts'
import { programsIn, type Server } from './programs.ts'
import { type Ground, storiesOf } from './stories.ts'
import { type Victim, victims } from './victims.ts'

export interface Killing {
  /** Steps to be answered at least. */
  readonly steps: number
  /** Kills at least; by default as many as there are kinds of victims. */
  readonly kills?: number
  readonly seed: number
  readonly report?: (line: string) => void
}

export interface Killed {
  readonly kills: number
  readonly answered: number
  readonly faults: readonly string[]
}

const callerCount = 4

/** Answers that are asked for again after a start: the last ones, which a kill may have met, and others. */
const repeated = (answers: readonly Answer[], dice: Dice): readonly Answer[] =>
  answers.filter((_, index) => index >= answers.length - callerCount || dice.roll(20) === 0)

/** The victims in an order that the dice choose, again and again. */
function* inTurn(dice: Dice): Generator<Victim, never> {
  for (;;) {
    const left = [...victims]
    while (left.length > 0) yield* left.splice(dice.roll(left.length), 1)
  }
}

export const killing = async ({
  steps,
  kills: least = victims.length,
  seed,
  report = () => {},
}: Killing): Promise<Killed> => {
  const folder = await mkdtemp(join(tmpdir(), 'forsat-kills-'))
  const dice = diceOf(seed)
  const ground = await begun(folder)
  const programs = programsIn(folder, join(folder, 'compiled'))
  let serving: Server | undefined
  const base = () => (serving?.hasEnded() === false ? serving.base : undefined)
  const callers = callersOf({
    stories: storiesOf(diceOf(seed + 1), ground),
    callers: callerCount,
    base,
  })
  const server = async (): Promise<Server> => {
    if (serving === undefined || serving.hasEnded()) {
      serving = await programs.serve(now)
      await callers.repeat(repeated(callers.answers, dice))
    }
    return serving
  }
  const imported = { rows: 0 }
  const scene = { folder, dice, programs, server, ask: callers.ask, imported }

  let kills = 0
  const faults: string[] = []
  try {
    const order = inTurn(dice)
    while (kills < least || callers.answers.length < steps) {
      const told = await order.next().value(scene)
      kills += 1
      report(`${kills}: killed ${told}; ${callers.answers.length} answers`)
      if (callers.faults.length > 0) break
    }
    await server()
    await callers.finish()
    await programs.killAll()
    faults.push(...(await after(folder, callers.lived, imported.rows)))
  } catch (error) {
    // Whatever ends it before its time is what it was to find.
    faults.push(String(error))
  } finally {
    await programs.killAll()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  return { kills, answered: callers.answers.length, faults: [...callers.faults, ...faults] }
}

const storeIn = (folder: string) => join(folder, 'forsat.db')

/** A company with somebody who buys and a reason to lose sales for. */
const begun = async (folder: string): Promise<Ground> => {
  const store = `sqlite:${storeIn(folder)}`
  await using forsat = await openForsat({ store, clock: testClock(now) })
  const { companyId: company, userId } = await setUp(forsat, { language: 'en' })
  const done = async (type: string, data: object): Promise<string> => {
    const outcome = await forsat.executeUnchecked(
      { type, data },
      { company, actor: `user:${userId}` },
    )
    if (outcome._tag === 'Right') return outcome.right.id
    throw new Error(`${type}: ${JSON.stringify(outcome.left)}`)
  }
  await done('SetPolicies', { id: company, validityDays: 0 })
  const contactId = await done('RegisterContact', { name: 'Alborz' })
  await done('AddAddress', { id: contactId, street: '12 Zand', city: 'Shiraz' })
  return { contactId, reasonId: await done('CreateLostReason', { name: 'They moved' }) }
}

/** Opens what is left as the next program would, on the day after which the short offers are over. */
const after = async (
  folder: string,
  lived: Parameters<typeof findingsIn>[2],
  imported: number,
): Promise<readonly string[]> => {
  const clock = testClock(later)
  await using forsat = await openForsat({ store: `sqlite:${storeIn(folder)}`, clock })
  await using store = await openSqliteStore(storeIn(folder), { clock, readOnly: true })
  await forsat.settle()
  await forsat.expireDue({ actor: 'system:expiry' })
  return await findingsIn(forsat, store, lived, imported)
}

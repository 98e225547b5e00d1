/**
 * Callers live their stories against whichever server is there: each step is asked under a key of its
 * own until it is answered, however many servers die over it.
 *
 * @internal
 * @module
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Known, Story } from './stories.ts'

/** A step that was answered, as it was asked. */
export interface Answer {
  readonly path: string
  readonly body: object
  readonly key: string
  readonly status: number
  readonly id: string
}

/** A story with the ids that it came to. */
export interface Lived {
  readonly story: Story
  readonly known: Known
}

export interface Callers {
  /** Lets so many more steps be asked; resolves once they are answered, or somebody has met a fault. */
  readonly ask: (count: number) => Promise<void>
  /** All that was answered so far. */
  readonly answers: readonly Answer[]
  readonly lived: readonly Lived[]
  /** What no caller should ever hear. */
  readonly faults: readonly string[]
  /** Lets everybody finish their story and begin no other. */
  readonly finish: () => Promise<void>
  /** Asks again what was answered: whatever is answered otherwise is a fault. */
  readonly repeat: (asked: readonly Answer[]) => Promise<void>
}

export interface CallersOptions {
  readonly stories: Iterator<Story, never>
  readonly callers: number
  /** Where there is a server now. */
  readonly base: () => string | undefined
}

interface Heard {
  readonly status: number
  readonly body: { readonly id?: string; readonly code?: string }
}

export const callersOf = ({ stories, callers, base }: CallersOptions): Callers => {
  const answers: Answer[] = []
  const lived: Lived[] = []
  const faults: string[] = []
  let count = 0
  const leave = { given: 0, taken: 0, isEndless: false }

  /** Waits for leave to ask something more. */
  const allowed = async (): Promise<void> => {
    while (leave.taken >= leave.given && !leave.isEndless) await pause(1)
  }

  /** Asks until there is an answer. A server that is going or not yet there is no answer. */
  const insist = async (path: string, body: object, key: string): Promise<Heard> => {
    for (;;) {
      const heard = await post(base(), path, body, key)
      if (heard !== undefined && heard.status !== 503) return heard
      await pause(10)
    }
  }

  const live = async (): Promise<void> => {
    const story = stories.next().value
    const number = (count += 1)
    const known: Record<string, string> = {}
    for (const [index, step] of story.steps.entries()) {
      const [path, body, key] = [step.path(known), step.body(known), `story-${number}-${index}`]
      await allowed()
      leave.taken += 1
      const { status, body: told } = await insist(path, body, key)
      if (status >= 300) {
        faults.push(`${story.name}: POST ${path} was answered ${status} ${JSON.stringify(told)}`)
        return
      }
      const { id = '' } = told
      if (step.names !== undefined) known[step.names] = id
      answers.push({ path, body, key, status, id })
    }
    lived.push({ story, known })
  }

  const calling = Array.from({ length: callers }, async () => {
    await allowed()
    while (!leave.isEndless) {
      await live()
      await allowed()
    }
  })

  return {
    answers,
    lived,
    faults,
    ask: async (more) => {
      leave.given += more
      while (answers.length < leave.given && faults.length === 0) await pause(1)
    },
    finish: async () => {
      leave.isEndless = true
      await Promise.all(calling)
    },
    repeat: async (asked) => {
      for (const { path, body, key, status, id } of asked) {
        const heard = await insist(path, body, key)
        if (heard.status === status && heard.body.id === id) continue
        const first = `${status} ${id}`
        faults.push(`POST ${path} was answered ${first}, then ${JSON.stringify(heard)}`)
      }
    },
  }
}

/** `undefined` where nobody answered. */
const post = async (
  base: string | undefined,
  path: string,
  body: object,
  key: string,
): Promise<Heard | undefined> => {
  if (base === undefined) return undefined
  try {
    const answer = await fetch(`${base}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    })
    return { status: answer.status, body: (await answer.json()) as Heard['body'] }
  } catch {
    return undefined
  }
}

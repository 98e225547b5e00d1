import { describe, expect, test } from 'vitest'
import { LostReasonEvent, StageEvent } from './events.ts'
import { usualLostReasons, usualStages } from './usual.ts'

describe.for(['fa', 'en'] as const)('what a company starts with, in %s', (language) => {
  test('is fit to be stored', () => {
    for (const data of usualStages(language)) {
      expect(StageEvent.safeParse({ type: 'StageCreated', data }).success).toBe(true)
    }
    for (const data of usualLostReasons(language)) {
      expect(LostReasonEvent.safeParse({ type: 'LostReasonCreated', data }).success).toBe(true)
    }
  })

  test('has one stage for a win, and it is the last', () => {
    expect(usualStages(language).map(({ won }) => won)).toEqual([false, false, false, false, true])
  })

  test('has one reason that needs a note, and it is the last', () => {
    const notes = usualLostReasons(language).map(({ requiresNote }) => requiresNote)
    expect(notes.indexOf(true)).toBe(notes.length - 1)
  })

  test('has no name and no position twice', () => {
    for (const entries of [usualStages(language), usualLostReasons(language)]) {
      expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length)
      expect(new Set(entries.map(({ position }) => position)).size).toBe(entries.length)
    }
  })
})

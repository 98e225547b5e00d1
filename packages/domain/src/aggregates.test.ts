import { describe, expect, test } from 'vitest'
import { aggregates, eventTypes } from './aggregates.ts'

describe('the catalogue of aggregates', () => {
  test('has one place for every event, so that a stored one can be read by its type alone', () => {
    const types = eventTypes()
    expect(new Set(types.map(({ name }) => name)).size).toBe(types.length)
    expect(new Set(types.map(({ storedType }) => storedType)).size).toBe(types.length)
  })

  test('stores every event under its name and a version', () => {
    for (const { name, storedType, category, codec } of eventTypes()) {
      expect(storedType).toMatch(new RegExp(`^${name}\\.v[1-9]\\d*$`))
      expect(codec).toBe(aggregates[category].codec)
      expect(codec.schemas[name]).toBeDefined()
    }
  })

  test('names categories that can begin the name of a stream', () => {
    for (const category of Object.keys(aggregates)) expect(category).toMatch(/^[a-z]+$/)
  })
})

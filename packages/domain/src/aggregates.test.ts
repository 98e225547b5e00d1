import { describe, expect, test } from 'vitest'
import { aggregates, eventTypes } from './aggregates.ts'

describe('the catalogue of aggregates', () => {
  test('has one shape for every event, so that a stored one can be read by its type alone', () => {
    for (const alike of Map.groupBy(eventTypes(), ({ name }) => name).values()) {
      const [first] = alike
      for (const { name, storedType, codec } of alike) {
        expect(storedType).toBe(first?.storedType)
        expect(codec.schemas[name]).toBe(first?.codec.schemas[name])
      }
    }
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

import { expect, test } from 'vitest'
import { configOf } from './config.ts'

test('without an environment everything is as usual', () => {
  expect(configOf({})).toEqual({
    host: '127.0.0.1',
    port: 3000,
    store: 'sqlite:./data/forsat.db',
    readModels: undefined,
    keys: undefined,
    level: 'info',
  })
})

test.each([
  [{ PORT: 'http' }, 'The environment is not as it must be: PORT must be a port.'],
  [{ PORT: '70000' }, 'The environment is not as it must be: PORT must be a port.'],
  [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL/],
])('%j is refused in one sentence', (environment, sentence) => {
  expect(() => configOf(environment)).toThrow(sentence)
})

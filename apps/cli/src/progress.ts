import { formatsOf } from './formats.ts'
import type { Desk } from './session.ts'

export interface Progress {
  readonly tell: (what: string, done: number, total: number) => void
  /** Leaves nothing behind. */
  readonly end: () => void
}

/** One line on the terminal that a person is watching; nothing where nobody is. */
export const progressOf = ({ shell, language }: Desk): Progress => {
  if (!shell.watched) return { tell: () => {}, end: () => {} }
  const { number } = formatsOf(language)
  return {
    tell: (what, done, total) => shell.err(`\r\u001B[K${what} ${number(done)} / ${number(total)}`),
    end: () => shell.err('\r\u001B[K'),
  }
}

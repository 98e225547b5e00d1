/**
 * What the command line is given by the machine it runs on. Everything but `main.ts` sees the machine
 * through it.
 *
 * @module
 */

export interface Shell {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The folder that files are the caller's of. */
  readonly cwd: string
  /** The folder that the program was started in: the usual store lies there. */
  readonly home: string
  /** The command's own output. */
  readonly out: (text: string) => void
  /** Progress and notices. */
  readonly err: (text: string) => void
  /** Whether a person is watching the notices. */
  readonly watched: boolean
  /** How many letters fit into a line of the output, where that is known. */
  readonly width?: number | undefined
  /** Ends when somebody asks the program to stop. */
  readonly stopped: () => AbortSignal
}

/** 0 done, 1 a rule said no or a check failed, 2 wrong usage, 3 the store is out of reach. */
export type Exit = 0 | 1 | 2 | 3

/** Ends a command with one sentence. */
export class Stop extends Error {
  readonly exit: Exit
  constructor(exit: Exit, message: string) {
    super(message)
    this.name = 'Stop'
    this.exit = exit
  }
}

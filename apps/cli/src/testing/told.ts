/**
 * The command line run here and not in a process of its own: what it said, and its exit code.
 *
 * @module
 */
import { run } from '../program.ts'
import type { Exit } from '../shell.ts'

export interface Told {
  readonly code: Exit
  readonly out: string
  readonly err: string
}

/** In a folder, under a clock that stands still; nobody watches, and a server ends as it begins. */
export const toldIn = async (
  folder: string,
  environment: Readonly<Record<string, string>> & { readonly FORSAT_TEST_CLOCK: string },
  args: readonly string[],
): Promise<Told> => {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await run(args, {
    env: environment,
    cwd: folder,
    home: folder,
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    watched: false,
    stopped: () => AbortSignal.abort(),
  })
  return { code, out: out.join(''), err: err.join('') }
}

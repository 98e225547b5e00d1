/**
 * The command line: every command by its name. What ends a command early ends in one sentence and the
 * exit code that belongs to it.
 *
 * @module
 */
import { Command, CommanderError } from '@commander-js/extra-typings'
import { StoreDamaged, StoreUnreachable } from '@forsat/event-store'
import { type Finish, group } from './command.ts'
import { assignCommand } from './commands/assign.ts'
import { auditCommand } from './commands/audit.ts'
import { backupCommand } from './commands/backup.ts'
import { companyCommand } from './commands/company.ts'
import { configCommand } from './commands/config.ts'
import { copyCommand } from './commands/copy.ts'
import { demoCommand } from './commands/demo.ts'
import { diffCommand } from './commands/diff.ts'
import { documentCommand } from './commands/document.ts'
import { eraseCommand } from './commands/erase.ts'
import { expireCommand } from './commands/expire.ts'
import { exportCommand } from './commands/export.ts'
import { historyCommand } from './commands/history.ts'
import { importCommand } from './commands/import.ts'
import { keysCommand } from './commands/keys.ts'
import { projectionsCommand, rebuildCommand } from './commands/projections.ts'
import { replayCommand } from './commands/replay.ts'
import { reportCommand } from './commands/report.ts'
import { scoringCommand } from './commands/scoring.ts'
import { serveCommand } from './commands/serve.ts'
import { sqlCommand } from './commands/sql.ts'
import { startCommand } from './commands/start.ts'
import { usersCommand } from './commands/users.ts'
import type { Desk } from './session.ts'
import { type Exit, type Shell, Stop } from './shell.ts'
import { texts as allTexts, languageOf } from './texts/texts.ts'
import { version } from './version.ts'

export const run = async (args: readonly string[], shell: Shell): Promise<Exit> => {
  const language = languageOf(args, shell.env)
  const desk: Desk = { shell, language, texts: allTexts[language] }
  let exit: Exit = 0
  try {
    await programOf(desk, (result) => {
      exit = result
    }).parseAsync(plainOptions(args), { from: 'user' })
    return exit
  } catch (error) {
    const ends = ended(error, desk)
    return args[0] === 'audit' ? auditExit(error, ends) : ends
  }
}

/** All commands, told in the language of the desk. */
export const programOf = (desk: Desk, finish: Finish) => {
  const { shell, texts } = desk
  const examples = ['start', 'report lost-reasons --group-by reason', 'history ID']
  const program = group('forsat', { about: texts.program, examples }, desk).version(
    version,
    '-V, --version',
    texts.options.version,
  )
  const commands = [
    startCommand,
    serveCommand,
    importCommand,
    demoCommand,
    reportCommand,
    documentCommand,
    historyCommand,
    diffCommand,
    replayCommand,
    sqlCommand,
    scoringCommand,
    expireCommand,
    eraseCommand,
    exportCommand,
    assignCommand,
    projectionsCommand,
    rebuildCommand,
    auditCommand,
    backupCommand,
    copyCommand,
    keysCommand,
    companyCommand,
    usersCommand,
    configCommand,
  ]
  // A command may have a `--version` of its own.
  program.enablePositionalOptions()
  for (const make of commands) program.addCommand(make(desk, finish))
  settle(program, shell)
  return program
}

/** Lets a command and all below it speak through the shell, and end by throwing. */
const settle = (command: Command, shell: Shell): void => {
  command.exitOverride().configureOutput({
    writeOut: shell.out,
    writeErr: shell.err,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  })
  for (const each of command.commands) settle(each as Command, shell)
}

const ended = (error: unknown, { shell, texts }: Desk): Exit => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof Stop) {
    shell.err(`${error.message}\n`)
    return error.exit
  }
  if (error instanceof StoreUnreachable || error instanceof StoreDamaged) {
    shell.err(`${error.message}\n`)
    return 3
  }
  shell.err(`${texts.unexpected}\n${error instanceof Error ? error.stack : String(error)}\n`)
  return 1
}

/** Of an audit 2 is evidence and 3 is doubt: misuse, and a store out of reach, are 1. */
const auditExit = (error: unknown, exit: Exit): Exit => {
  if (error instanceof StoreDamaged) return 2
  return exit === 0 ? 0 : 1
}

/** Options as HTTP names its parameters are taken too: `--groupBy`, `--attributes.size 5`. */
const plainOptions = (args: readonly string[]): string[] =>
  args.flatMap((arg) => {
    const [, key = '', value] = /^--attributes\.([^=]+)(?:=(.*))?$/s.exec(arg) ?? []
    if (key !== '') return ['--attribute', value === undefined ? key : `${key}=${value}`]
    const [, name = '', rest = ''] = /^--([a-z]+(?:[A-Z][a-z]*)+)(=.*)?$/s.exec(arg) ?? []
    if (name === '') return [arg]
    return [`--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}${rest}`]
  })

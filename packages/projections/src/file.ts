/**
 * The file of read models as this process has it open: one connection that writes and answers, so
 * that answers find in memory what was just written, and one for questions that others write.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import type { Position } from '@forsat/event-store'
import { prepareFile } from './bookkeeping.ts'
import { fileIdentity, inMemory, openForReading, openForWriting, transaction } from './database.ts'
import { emptying } from './emptying.ts'
import type { Projection } from './projection.ts'

export interface ReadModelFile {
  readonly path: string
  /** The connections there are now; a file that vanished gets new ones. */
  readonly writer: DatabaseSync
  /** Can do nothing but read. */
  readonly reader: DatabaseSync
  /** Whether what stands at the path is still what is open here. */
  isInPlace(): boolean
  /** Says that a transaction was written, one of many. */
  wrote(): void
  /**
   * Makes or opens what stands at the path now. Until it has seen the log up to a position, its answers
   * would be of half a log.
   */
  reopen(upTo: Position): Promise<void>
  /** Up to where it must have seen the log to be asked; 0 once it has. */
  readonly neededUpTo: Position
  seen(): void
  close(): Promise<void>
}

export const openFile = async (
  path: string,
  projections: readonly Projection[],
): Promise<ReadModelFile> => {
  const open = async () => {
    const writer = openForWriting(path)
    const identity = path === inMemory ? undefined : fileIdentity(path)
    try {
      await transaction(writer, () => prepareFile(writer, projections))
      return { writer, reader: path === inMemory ? writer : openForReading(path), identity }
    } catch (error) {
      writer.close()
      throw error
    }
  }
  let current = await open()
  const emptier = emptying(path)
  let neededUpTo: Position = 0

  const close = () => {
    if (current.reader.isOpen && current.reader !== current.writer) current.reader.close()
    if (current.writer.isOpen) current.writer.close()
  }

  return {
    path,
    get writer() {
      return current.writer
    },
    get reader() {
      return current.reader
    },
    isInPlace: () => path === inMemory || fileIdentity(path) === current.identity,
    wrote: () => {
      if (path !== inMemory) emptier.wrote(current.writer)
    },
    reopen: async (upTo) => {
      const next = await open()
      close()
      current = next
      neededUpTo = upTo
    },
    get neededUpTo() {
      return neededUpTo
    },
    seen: () => {
      neededUpTo = 0
    },
    close: async () => {
      await emptier.stop()
      close()
    },
  }
}

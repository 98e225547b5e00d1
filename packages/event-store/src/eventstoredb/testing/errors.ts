/**
 * How the server says no: as gRPC errors with what the client looks for in their metadata.
 *
 * @module
 */
import { Metadata, type ServiceError, status } from '@grpc/grpc-js'

const problem = (
  code: status,
  details: string,
  facts: Readonly<Record<string, string>> = {},
): ServiceError => {
  const metadata = new Metadata()
  for (const [name, value] of Object.entries(facts)) metadata.set(name, value)
  return Object.assign(new Error(details), { code, details, metadata })
}

export const unavailable = (details = 'the connection was lost') =>
  problem(status.UNAVAILABLE, details)
export const cancelled = () => problem(status.CANCELLED, 'the call was cancelled')
export const aborted = (details = 'consumer too slow') => problem(status.ABORTED, details)
export const notReady = () => unavailable('Server Is Not Ready')
export const invalid = (details: string) => problem(status.INVALID_ARGUMENT, details)

export const notLeader = (port: number | undefined) =>
  problem(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': '127.0.0.1',
    'leader-endpoint-port': String(port ?? 0),
  })

export const streamDeleted = (stream: string) =>
  problem(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  })

export const wrongVersion = (stream: string, expected: bigint, actual: bigint | undefined) =>
  problem(status.FAILED_PRECONDITION, 'Append failed due to WrongExpectedVersion.', {
    exception: 'wrong-expected-version',
    'stream-name': stream,
    'expected-version': String(expected),
    'actual-version': String(actual ?? -1n),
  })

export const tooLarge = (limit: number) =>
  problem(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(limit),
  })

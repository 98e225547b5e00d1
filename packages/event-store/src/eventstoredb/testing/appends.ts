/**
 * Appends as the client sends them: each in a call of its own, or all in one stream of batches.
 *
 * @module
 */

import { setTimeout } from 'node:timers/promises'
import sharedPb from '@eventstore/db-client/generated/shared_pb.js'
import statusPb from '@eventstore/db-client/generated/status_pb.js'
import streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import type {
  ServerDuplexStream,
  ServerReadableStream,
  ServiceError,
  sendUnaryData,
} from '@grpc/grpc-js'
import anyPb from 'google-protobuf/google/protobuf/any_pb.js'
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js'
import {
  aborted,
  invalid,
  notLeader,
  notReady,
  streamDeleted,
  tooLarge,
  unavailable,
} from './errors.ts'
import type { Faults } from './faults.ts'
import type { DoubleLog, Expected, Proposed, Written } from './log.ts'

type AppendReq = InstanceType<typeof streamsPb.AppendReq>
type AppendResp = InstanceType<typeof streamsPb.AppendResp>
type BatchReq = InstanceType<typeof streamsPb.BatchAppendReq>
type BatchResp = InstanceType<typeof streamsPb.BatchAppendResp>

/** What servers up to 25.0 take in one append. */
const maxAppendBytes = 1024 * 1024
const lateMs = 400

interface Asked {
  readonly stream: string
  readonly expected: Expected
  readonly events: readonly Proposed[]
}

/** Sets the clock right for an append to a stream; at once where there is nothing to ask. */
type SetTime = (stream: string) => Promise<void> | undefined

/** What becomes of an append: an answer, an error, or nothing at all. */
type Fate = { readonly answer: Written } | { readonly error: ServiceError } | undefined

/** Judges an append, lets the next fault strike, and says what its caller gets to hear. */
const fateOf = async (
  log: DoubleLog,
  faults: Faults,
  asked: Asked,
  setTime: SetTime,
): Promise<Fate> => {
  const { stream, expected, events } = asked
  const size = events.reduce(
    (sum, { data, metadata, type }) => sum + data.length + metadata.length + 2 * type.length,
    0,
  )
  if (size > maxAppendBytes) return { error: tooLarge(maxAppendBytes) }
  if (events.some(({ id }) => !uuid.test(id))) return { error: invalid('not a UUID') }
  const fault = faults.append(stream)
  await setTime(stream)
  const store = () => log.append(stream, expected, events)
  if (fault === undefined) return { answer: store() }
  switch (fault.how) {
    case 'lost':
      return { error: unavailable() }
    case 'silent':
      return undefined
    case 'not-ready':
      return { error: notReady() }
    case 'not-leader':
      return { error: notLeader(fault.leader) }
    case 'stored-then-unavailable':
      store()
      return { error: unavailable() }
    case 'stored-then-timeout':
      store()
      return { error: aborted('Operation timed out') }
    case 'stored-then-silent':
      store()
      return undefined
    case 'stored-then-late': {
      const answer = store()
      await setTimeout(lateMs)
      return { answer }
    }
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

type Message = Exclude<ReturnType<AppendReq['getProposedMessage']>, undefined>

const proposed = (message: Message): Proposed => ({
  id: message.getId()?.getString() ?? '',
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? '',
  data: Buffer.from(message.getData_asU8()),
  metadata: Buffer.from(message.getCustomMetadata_asU8()),
})

const nameOf = (identifier: InstanceType<typeof sharedPb.StreamIdentifier> | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8')

export const appendOne =
  (log: DoubleLog, faults: Faults, setTime: SetTime) =>
  (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): void => {
    let stream = ''
    let expected: Expected = 'any'
    const events: Proposed[] = []
    call.on('data', (request: AppendReq) => {
      const options = request.getOptions()
      const message = request.getProposedMessage()
      if (message !== undefined) events.push(proposed(message))
      if (options === undefined) return
      stream = nameOf(options.getStreamIdentifier())
      if (options.hasRevision()) expected = BigInt(options.getRevision())
      else if (options.hasNoStream()) expected = 'no_stream'
      else if (options.hasStreamExists()) expected = 'stream_exists'
    })
    const settle = async (): Promise<void> => {
      const fate = await fateOf(log, faults, { stream, expected, events }, setTime)
      if (fate === undefined) return
      if ('error' in fate) answer(fate.error)
      else if (fate.answer.kind === 'deleted') answer(streamDeleted(stream))
      else answer(null, responseTo(fate.answer, expected))
    }
    call.on('end', () => void settle())
    // A caller that is killed halfway has appended nothing.
    call.on('error', () => {})
  }

const responseTo = (
  written: Exclude<Written, { readonly kind: 'deleted' }>,
  expected: Expected,
): AppendResp => {
  const response = new streamsPb.AppendResp()
  if (written.kind === 'conflict') {
    const wrong = new streamsPb.AppendResp.WrongExpectedVersion()
    if (written.current === undefined) wrong.setCurrentNoStream(new sharedPb.Empty())
    else wrong.setCurrentRevision(String(written.current))
    if (typeof expected === 'bigint') wrong.setExpectedRevision(String(expected))
    else if (expected === 'no_stream') wrong.setExpectedNoStream(new sharedPb.Empty())
    else if (expected === 'stream_exists') wrong.setExpectedStreamExists(new sharedPb.Empty())
    else wrong.setExpectedAny(new sharedPb.Empty())
    return response.setWrongExpectedVersion(wrong)
  }
  const position = new streamsPb.AppendResp.Position()
  position.setCommitPosition(String(written.position))
  position.setPreparePosition(String(written.position))
  const success = new streamsPb.AppendResp.Success()
  success.setCurrentRevision(String(written.revision))
  // A client cannot count on a position where the events stood there already.
  if (written.kind === 'repeated') success.setNoPosition(new sharedPb.Empty())
  else success.setPosition(position)
  return response.setSuccess(success)
}

export const appendBatches =
  (log: DoubleLog, faults: Faults, setTime: SetTime, opened: (change: 1 | -1) => void) =>
  (call: ServerDuplexStream<BatchReq, BatchResp>): void => {
    const underway = new Map<string, { stream: string; expected: Expected; events: Proposed[] }>()
    opened(1)
    call.on('close', () => opened(-1))
    const settle = async (request: BatchReq): Promise<void> => {
      const correlation = request.getCorrelationId()
      const key = correlation?.getString() ?? ''
      const options = request.getOptions()
      const asked = underway.get(key) ?? { stream: '', expected: 'any', events: [] }
      underway.set(key, asked)
      if (options !== undefined) {
        asked.stream = nameOf(options.getStreamIdentifier())
        if (options.hasStreamPosition()) asked.expected = BigInt(options.getStreamPosition())
        else if (options.hasNoStream()) asked.expected = 'no_stream'
        else if (options.hasStreamExists()) asked.expected = 'stream_exists'
      }
      for (const message of request.getProposedMessagesList()) asked.events.push(proposed(message))
      if (!request.getIsFinal()) return
      underway.delete(key)
      const fate = await fateOf(log, faults, asked, setTime)
      if (fate === undefined) return
      // On this path an error ends the stream, and with it all that is underway.
      if ('error' in fate) call.emit('error', fate.error)
      else {
        const response = batchResponse(fate.answer, asked.expected)
        response.setCorrelationId(correlation)
        const identifier = new sharedPb.StreamIdentifier()
        response.setStreamIdentifier(identifier.setStreamName(Buffer.from(asked.stream)))
        call.write(response)
      }
    }
    call.on('data', (request: BatchReq) => void settle(request))
    call.on('end', () => call.end())
    call.on('error', () => {})
  }

const batchResponse = (written: Written, expected: Expected): BatchResp => {
  const response = new streamsPb.BatchAppendResp()
  if (written.kind === 'written' || written.kind === 'repeated') {
    const success = new streamsPb.BatchAppendResp.Success()
    success.setCurrentRevision(String(written.revision))
    const position = new sharedPb.AllStreamPosition()
    position.setCommitPosition(String(written.position))
    position.setPreparePosition(String(written.position))
    success.setPosition(position)
    return response.setSuccess(success)
  }
  const details = new anyPb.Any()
  if (written.kind === 'deleted') {
    const deleted = new sharedPb.StreamDeleted()
    details.pack(deleted.serializeBinary(), 'event_store.client.StreamDeleted')
  } else {
    const wrong = new sharedPb.WrongExpectedVersion()
    if (written.current === undefined) wrong.setCurrentNoStream(new emptyPb.Empty())
    else wrong.setCurrentStreamRevision(String(written.current))
    if (typeof expected === 'bigint') wrong.setExpectedStreamPosition(String(expected))
    else if (expected === 'no_stream') wrong.setExpectedNoStream(new emptyPb.Empty())
    else wrong.setExpectedAny(new emptyPb.Empty())
    details.pack(wrong.serializeBinary(), 'event_store.client.WrongExpectedVersion')
  }
  const error = new statusPb.Status()
  error.setMessage(written.kind)
  error.setDetails(details)
  return response.setError(error)
}

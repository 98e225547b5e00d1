/**
 * Reads and subscriptions, which are one call of the protocol and differ in options. Events go out
 * as fast as the reader takes them, and no faster.
 *
 * @module
 */
import sharedPb from '@eventstore/db-client/generated/shared_pb.js'
import streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import type { ServerWritableStream } from '@grpc/grpc-js'
import { aborted, cancelled, streamDeleted, unavailable } from './errors.ts'
import type { Fault, Faults } from './faults.ts'
import type { DoubleLog, Recorded } from './log.ts'

type ReadReq = InstanceType<typeof streamsPb.ReadReq>
type ReadResp = InstanceType<typeof streamsPb.ReadResp>
type Call = ServerWritableStream<ReadReq, ReadResp>
type Options = InstanceType<typeof streamsPb.ReadReq.Options>

type Opened = (kind: 'reads' | 'subscriptions', by: 1 | -1) => void

/** How many events of the log a filtered subscription looks at between checkpoints. */
const searchWindow = 32

export const reading =
  (log: DoubleLog, faults: Faults, opened: Opened) =>
  (call: Call): void => {
    void answer(log, faults, opened, call)
  }

const answer = async (
  log: DoubleLog,
  faults: Faults,
  opened: Opened,
  call: Call,
): Promise<void> => {
  const options = call.request.getOptions() ?? new streamsPb.ReadReq.Options()
  const kind = options.hasSubscription() ? 'subscriptions' : 'reads'
  opened(kind, 1)
  call.once('close', () => opened(kind, -1))
  call.on('error', () => {})
  const out = writer(call)
  if (options.hasSubscription()) return subscribe(log, faults, options, call, out)
  const fault = faults.next('read')
  if (fault?.how === 'silent') return
  if (fault?.how === 'unavailable') {
    call.emit('error', unavailable())
    return
  }
  const isBackwards =
    options.getReadDirection() === streamsPb.ReadReq.Options.ReadDirection.BACKWARDS
  const limit = Number(options.getCount())
  const stream = streamIn(options)
  if (stream !== undefined) {
    const read = log.read(stream)
    if (read.kind === 'deleted') {
      call.emit('error', streamDeleted(stream))
      return
    }
    if (read.kind === 'not-found') {
      await out(notFound(stream))
      call.end()
      return
    }
    const place = options.getStream()
    const from = place?.hasRevision() === true ? BigInt(place.getRevision()) : undefined
    const chosen = isBackwards
      ? read.events.filter(({ revision }) => from === undefined || revision <= from).toReversed()
      : read.events.filter(({ revision }) => from === undefined || revision >= from)
    await send(chosen.slice(0, limit), out)
  } else {
    const place = options.getAll()
    const all = log.all()
    const position = place?.hasPosition() === true ? place.getPosition() : undefined
    const at = position && log.placeOf(BigInt(position.getCommitPosition()))
    if (isBackwards) {
      const end = at ?? all.length
      await send(all.slice(Math.max(0, end - limit), end).toReversed(), out)
    } else {
      // In pieces, since what is read may be all there is.
      const start = at ?? 0
      const stop = Math.min(all.length, start + limit)
      for (let next = start; next < stop && !call.cancelled; next += 1000) {
        await send(all.slice(next, Math.min(next + 1000, stop)), out)
      }
    }
  }
  call.end()
}

type Out = (response: ReadResp) => Promise<void> | undefined

/** Waits whenever the reader has not taken what was sent. */
const writer = (call: Call): Out => {
  return (response) => {
    if (call.cancelled || call.destroyed) return undefined
    if (call.write(response)) return undefined
    return new Promise((resolve) => {
      const done = (): void => {
        call.off('drain', done)
        call.off('close', done)
        call.off('cancelled', done)
        resolve()
      }
      call.on('drain', done)
      call.on('close', done)
      call.on('cancelled', done)
    })
  }
}

const send = async (events: readonly Recorded[], out: Out): Promise<void> => {
  for (const event of events) {
    const full = out(eventOf(event))
    if (full !== undefined) await full
  }
}

const subscribe = async (
  log: DoubleLog,
  faults: Faults,
  options: Options,
  call: Call,
  out: Out,
): Promise<void> => {
  const stream = streamIn(options)
  const passes = stream === undefined ? filterOf(options) : isOf(stream)
  const window =
    (options.getFilter()?.hasMax() === true ? (options.getFilter()?.getMax() ?? 1) : searchWindow) *
    (options.getFilter()?.getCheckpointintervalmultiplier() ?? 1)
  const fault = faults.next('subscription')
  let wake = (): void => {}
  const stop = log.onAppended(() => wake())
  call.once('cancelled', () => wake())
  call.once('close', stop)

  const confirmation = new streamsPb.ReadResp.SubscriptionConfirmation()
  await out(
    new streamsPb.ReadResp().setConfirmation(confirmation.setSubscriptionId(crypto.randomUUID())),
  )
  let position = startOf(log, options)
  let last: bigint | undefined
  let [sent, looked] = [0, 0]
  let isLive = false
  while (!call.cancelled) {
    const record = log.all()[log.placeOf(position)]
    if (record === undefined) {
      if (!isLive && last !== undefined && options.hasFilter()) await out(checkpoint(last))
      if (!isLive)
        await out(new streamsPb.ReadResp().setCaughtUp(new streamsPb.ReadResp.CaughtUp()))
      isLive = true
      await new Promise<void>((resolve) => {
        wake = resolve
        // What came while this was set up must not be waited for.
        if (call.cancelled || log.all()[log.placeOf(position)] !== undefined) resolve()
      })
      continue
    }
    position = record.position + 1n
    last = record.position
    if (passes(record)) {
      if (fault !== undefined && sent >= fault.after) return leave(call, fault)
      await out(eventOf(record))
      sent += 1
    }
    looked += 1
    if (options.hasFilter() && looked % window === 0) await out(checkpoint(record.position))
  }
  stop()
}

const leave = (call: Call, { how }: Fault & { readonly on: 'subscription' }): void => {
  switch (how) {
    case 'ok':
      call.end()
      return
    case 'unavailable':
      call.emit('error', unavailable())
      return
    case 'cancelled':
      call.emit('error', cancelled())
      return
    case 'aborted':
      call.emit('error', aborted())
  }
}

/** Subscriptions begin behind what they name. */
const startOf = (log: DoubleLog, options: Options): bigint => {
  const all = options.getAll()
  const last = log.all().at(-1)?.position ?? 0n
  if (all?.hasEnd() === true) return last + 1n
  const named = all?.getPosition()
  return named === undefined ? 0n : BigInt(named.getCommitPosition()) + 1n
}

const streamIn = (options: Options): string | undefined => {
  const identifier = options.getStream()?.getStreamIdentifier()
  return identifier && Buffer.from(identifier.getStreamName_asU8()).toString('utf8')
}

const isOf = (stream: string) => (record: Recorded) => record.stream === stream

const filterOf = (options: Options): ((record: Recorded) => boolean) => {
  const filter = options.getFilter()
  const byStream = filter?.getStreamIdentifier()
  const expression = byStream ?? filter?.getEventType()
  if (expression === undefined) return () => true
  const prefixes = expression.getPrefixList()
  // What .NET and JavaScript write alike: the tests use nothing else.
  const pattern = expression.getRegex() === '' ? undefined : new RegExp(expression.getRegex())
  return (record) => {
    const text = byStream === undefined ? record.type : record.stream
    return pattern?.test(text) ?? prefixes.some((prefix) => text.startsWith(prefix))
  }
}

const ticksInMs = 10_000n

const eventOf = (record: Recorded): ReadResp => {
  const recorded = new streamsPb.ReadResp.ReadEvent.RecordedEvent()
  recorded.setId(new sharedPb.UUID().setString(record.id))
  const identifier = new sharedPb.StreamIdentifier()
  recorded.setStreamIdentifier(identifier.setStreamName(Buffer.from(record.stream)))
  recorded.setStreamRevision(String(record.revision))
  recorded.setCommitPosition(String(record.position))
  recorded.setPreparePosition(String(record.position))
  const metadata = recorded.getMetadataMap()
  metadata.set('type', record.type)
  metadata.set('content-type', record.contentType)
  metadata.set('created', String(BigInt(record.createdMs) * ticksInMs))
  recorded.setCustomMetadata(record.metadata)
  recorded.setData(record.data)
  const event = new streamsPb.ReadResp.ReadEvent()
  event.setEvent(recorded)
  event.setCommitPosition(String(record.position))
  return new streamsPb.ReadResp().setEvent(event)
}

const checkpoint = (position: bigint): ReadResp => {
  const reached = new streamsPb.ReadResp.Checkpoint()
  reached.setCommitPosition(String(position))
  reached.setPreparePosition(String(position))
  return new streamsPb.ReadResp().setCheckpoint(reached)
}

const notFound = (stream: string): ReadResp => {
  const missing = new streamsPb.ReadResp.StreamNotFound()
  const identifier = new sharedPb.StreamIdentifier().setStreamName(Buffer.from(stream))
  return new streamsPb.ReadResp().setStreamNotFound(missing.setStreamIdentifier(identifier))
}

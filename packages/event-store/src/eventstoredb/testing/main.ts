/**
 * A double of an EventStoreDB server, as a process of its own: real gRPC, real sockets, and faults on
 * demand. It is for tests alone: it keeps no promise of durability, safety or speed, and nobody's data
 * belongs in it. What it does is what `docs/explanation/eventstoredb.md` names as facts of the server.
 *
 *     node main.ts '{"port":0,"path":"/tmp/log"}'
 *
 * It says its port on standard output, and takes orders on its IPC channel, if it was given one.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import gossipGrpc from '@eventstore/db-client/generated/gossip_grpc_pb.js'
import gossipPb from '@eventstore/db-client/generated/gossip_pb.js'
import featuresGrpc from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js'
import featuresPb from '@eventstore/db-client/generated/serverfeatures_pb.js'
import sharedPb from '@eventstore/db-client/generated/shared_pb.js'
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js'
import streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js'
import { appendBatches, appendOne } from './appends.ts'
import { streamDeleted, unavailable, wrongVersion } from './errors.ts'
import { type Fault, faultsToCome } from './faults.ts'
import { doubleLog, type Expected } from './log.ts'
import { reading } from './reads.ts'

/** How the double is to be started. */
export interface DoubleSettings {
  readonly port?: number
  readonly path?: string
  /** The first position, as decimal text. */
  readonly origin?: string
  /** Asks whoever started it for the time of each append. */
  readonly asksForTime?: boolean
  readonly tls?: { readonly cert: string; readonly key: string }
  /** The ports of all members of its cluster, the leader's first. */
  readonly members?: readonly number[]
}

/** What the double asks of whoever started it: the time, for an append to a stream. */
export interface TimeAsked {
  readonly id: number
  readonly stream: string
}

/** What a test may ask of the double while it runs. */
export type Order =
  | { readonly do: 'arm'; readonly fault: Fault }
  | { readonly do: 'disarm' }
  | { readonly do: 'open-calls' }
  | { readonly do: 'scavenge' }
  | { readonly do: 'fail-over' }
  | { readonly do: 'redact'; readonly id: string }
  | { readonly do: 'clock'; readonly nowMs: number | undefined }
  | { readonly do: 'seen-credentials' }

const settings = JSON.parse(process.argv[2] ?? '{}') as DoubleSettings

let now: number | undefined
const log = doubleLog({
  path: settings.path,
  now: () => now ?? Date.now(),
  origin: BigInt(settings.origin ?? '1000'),
})
const asking = new Map<number, () => void>()
let asked = 0
const setTime = (stream: string): Promise<void> | undefined => {
  if (settings.asksForTime !== true) return undefined
  return new Promise((resolve) => {
    asked += 1
    asking.set(asked, resolve)
    process.send?.({ id: asked, stream } satisfies TimeAsked)
  })
}
const faults = faultsToCome()
const open = { reads: 0, subscriptions: 0, batches: 0 }
let authorization: string | undefined
let members = settings.members ?? []

const server = new Server({ 'grpc.max_receive_message_length': 16 * 1024 * 1024 })

type DeleteReq = InstanceType<typeof streamsPb.DeleteReq>
type TombstoneReq = InstanceType<typeof streamsPb.TombstoneReq>

const remove = (request: DeleteReq | TombstoneReq, forEver: boolean) => {
  const options = request.getOptions()
  const stream = Buffer.from(
    options?.getStreamIdentifier()?.getStreamName_asU8() ?? new Uint8Array(),
  ).toString('utf8')
  const expected: Expected =
    options?.hasRevision() === true
      ? BigInt(options.getRevision())
      : options?.hasNoStream() === true
        ? 'no_stream'
        : 'any'
  const removed = log.remove(stream, expected, forEver)
  if (removed.kind === 'deleted') return streamDeleted(stream)
  // On this path the server speaks in numbers, and has one for any.
  const number = typeof expected === 'bigint' ? expected : -2n
  return removed.kind === 'conflict' ? wrongVersion(stream, number, removed.current) : undefined
}

const append = appendOne(log, faults, setTime)
type AppendCall = Parameters<typeof append>[0]
type AppendAnswer = Parameters<typeof append>[1]

server.addService(streamsGrpc.StreamsService, {
  append: (call: AppendCall, answer: AppendAnswer) => {
    authorization = call.metadata.get('authorization')[0]?.toString()
    append(call, answer)
  },
  batchAppend: appendBatches(log, faults, setTime, (change) => {
    open.batches += change
  }),
  read: reading(log, faults, (kind, change) => {
    open[kind] += change
  }),
  delete: (
    call: ServerUnaryCall<DeleteReq, InstanceType<typeof streamsPb.DeleteResp>>,
    answer: sendUnaryData<InstanceType<typeof streamsPb.DeleteResp>>,
  ) => {
    const error = remove(call.request, false)
    answer(error ?? null, new streamsPb.DeleteResp().setNoPosition(new sharedPb.Empty()))
  },
  tombstone: (
    call: ServerUnaryCall<TombstoneReq, InstanceType<typeof streamsPb.TombstoneResp>>,
    answer: sendUnaryData<InstanceType<typeof streamsPb.TombstoneResp>>,
  ) => {
    const error = remove(call.request, true)
    answer(error ?? null, new streamsPb.TombstoneResp().setNoPosition(new sharedPb.Empty()))
  },
})

server.addService(featuresGrpc.ServerFeaturesService, {
  getSupportedMethods: (
    _call: unknown,
    answer: sendUnaryData<InstanceType<typeof featuresPb.SupportedMethods>>,
  ) => {
    const fault = faults.next('features')
    if (fault?.how === 'hangs') return
    if (fault?.how === 'fails') {
      answer(unavailable())
      return
    }
    const method = new featuresPb.SupportedMethod()
    method.setServiceName('event_store.client.streams.streams').setMethodName('batchappend')
    const features = new featuresPb.SupportedMethods()
    answer(null, features.setEventStoreServerVersion('24.10.0').setMethodsList([method]))
  },
})

server.addService(gossipGrpc.GossipService, {
  read: (_call: unknown, answer: sendUnaryData<InstanceType<typeof gossipPb.ClusterInfo>>) => {
    const states = gossipPb.MemberInfo.VNodeState
    const list = members.map((port, index) => {
      const member = new gossipPb.MemberInfo()
      member.setInstanceId(new sharedPb.UUID().setString(crypto.randomUUID()))
      member.setState(index === 0 ? states.LEADER : states.FOLLOWER)
      member.setIsAlive(true)
      return member.setHttpEndPoint(new gossipPb.EndPoint().setAddress('127.0.0.1').setPort(port))
    })
    answer(null, new gossipPb.ClusterInfo().setMembersList(list))
  },
})

const obey = (order: Order): unknown => {
  switch (order.do) {
    case 'arm':
      return faults.arm(order.fault)
    case 'disarm':
      return faults.disarm()
    case 'open-calls':
      return open
    case 'scavenge':
      return log.scavenge()
    case 'fail-over':
      return log.failOver()
    case 'redact':
      return log.redact(order.id)
    case 'clock':
      now = order.nowMs
      return undefined
    case 'seen-credentials':
      return authorization
  }
}

interface Ordered {
  readonly id: number
  readonly order: Order
}

interface Told {
  readonly id: number
  readonly nowMs: number
}

process.on('message', (message: Ordered | Told) => {
  if ('order' in message) process.send?.({ id: message.id, answer: obey(message.order) })
  else {
    now = message.nowMs
    asking.get(message.id)?.()
    asking.delete(message.id)
  }
})
// Whoever started it is gone, and with it the need.
process.on('disconnect', () => process.exit())

const credentials =
  settings.tls === undefined
    ? ServerCredentials.createInsecure()
    : ServerCredentials.createSsl(null, [
        {
          private_key: readFileSync(settings.tls.key),
          cert_chain: readFileSync(settings.tls.cert),
        },
      ])
server.bindAsync(`127.0.0.1:${settings.port ?? 0}`, credentials, (error, port) => {
  if (error !== null) throw error
  if (members.length === 0) members = [port]
  process.stdout.write(`${port}\n`)
})

/**
 * CloudEvents 1.0 in structured form, one to a line. Nothing is filled in by a library: the same log
 * gives the same bytes.
 *
 * @module
 */
import { canonical } from '../canonical.ts'
import { dataOf, type Exported, type ExportFormat, envelopeOf } from './exported.ts'

/** What CloudEvents calls those who act. */
const authTypes: Readonly<Record<string, string>> = {
  user: 'user',
  customer: 'app_user',
  system: 'system',
  import: 'service_account',
}

/** Positions are text of so many digits, so that their order is that of the text. */
const digits = 20

const cloudEvent = (event: Exported): object => {
  const envelope = envelopeOf(event)
  const { actor, trace, cause, co } = envelope
  const name = `${envelope.type}.v${envelope.sv}`
  return {
    specversion: '1.0',
    id: envelope.id,
    source: `urn:forsat:${co ?? 'shared'}`,
    type: `forsat.${name}`,
    subject: `${envelope.stream}/${envelope.rev}`,
    time: envelope.occurred,
    recordedtime: envelope.recorded,
    sequence: String(envelope.idx).padStart(digits, '0'),
    authtype: authTypes[actor.slice(0, actor.indexOf(':'))] ?? 'unknown',
    authid: actor,
    correlationid: envelope.corr,
    ...(cause !== undefined && { causationid: cause }),
    ...(trace !== undefined && { traceparent: trace }),
    dataschema: `urn:forsat:event:${name}`,
    datacontenttype: 'application/json',
    data: dataOf(event),
  }
}

export const cloudEvents = (): ExportFormat => ({
  begin: () => '',
  add: (event) => `${canonical(cloudEvent(event))}\n`,
  end: () => '',
})

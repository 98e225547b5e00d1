/**
 * How a quotation reaches its customer, and what the customer does with it: mails, each as a send with
 * its attempts, views and questions.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Decider } from '../decider.ts'
import { defined } from '../patch.ts'
import { isTooEarly, tooEarly } from '../refusal.ts'
import type { DeliveryCommand, DeliveryRefusal } from './command.ts'
import type { DeliveryEvent } from './events.ts'
import { isNext, isUnderWay } from './outbox.ts'
import { type DeliveryState, evolve, nothingYet, type Turn } from './state.ts'

type Delivery = Decider<DeliveryCommand, DeliveryState, DeliveryEvent, DeliveryRefusal>

/** Of one version; whoever has more to ask picks up the telephone. */
const mostQuestions = 50

const decide: Delivery['decide'] = ({ type, data }, state) => {
  const { last } = state
  switch (type) {
    case 'AttemptDelivery': {
      const { occurredAt, ...attempted } = data
      if (last?.until !== undefined && isUnderWay(state, occurredAt)) {
        return E.left({ type: 'DeliveryUnderWay', until: last.until })
      }
      if (!isNext(data, state)) return overtaken
      return happened({ type: 'DeliveryAttempted', data: defined(attempted) })
    }
    case 'RecordDelivery': {
      const { occurredAt: _at, ...delivered } = data
      if (!isUnsettled(data, state)) return overtaken
      return happened({ type: 'QuotationDelivered', data: defined(delivered) })
    }
    case 'FailDelivery': {
      const { occurredAt: _at, ...failed } = data
      // What fails before anybody tried is the attempt that was to come.
      if (!isUnsettled(data, state) && !isNext(data, state)) return overtaken
      return happened({ type: 'DeliveryFailed', data: defined(failed) })
    }
    case 'BounceDelivery': {
      const { version, detail } = data
      const isOut = last?.outcome === 'delivered' || last?.outcome === 'unknown'
      if (!isOut || last.version !== version) return E.left({ type: 'QuotationNotDelivered' })
      if (isTooEarly(data, last.at)) return tooEarly(last.at)
      return happened({ type: 'DeliveryBounced', data: defined({ version, detail }) })
    }
    case 'ViewQuotation': {
      const { version, occurredOn } = data
      if ((state.viewedOn[version] ?? '') >= occurredOn) return E.right([])
      return happened({ type: 'QuotationViewed', data: { version, occurredOn } })
    }
    case 'AskAboutQuotation': {
      const { occurredAt: _at, ...asked } = data
      if ((state.questions[asked.version] ?? 0) >= mostQuestions) {
        return E.left({ type: 'TooManyQuestions', most: mostQuestions })
      }
      return happened({ type: 'CustomerAsked', data: defined(asked) })
    }
  }
}

/** Whether how it ended can still be told: it is open, or nobody knew so far. */
const isUnsettled = ({ send, attempt }: Turn, { last }: DeliveryState): boolean =>
  last?.send === send &&
  last.attempt === attempt &&
  (last.outcome === 'open' || last.outcome === 'unknown')

const happened = (event: DeliveryEvent) => E.right([event])
const overtaken = E.left({ type: 'DeliveryOvertaken' as const })

export const delivery: Delivery = { initialState: nothingYet, decide, evolve }

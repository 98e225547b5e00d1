import { codecOf } from '../codec.ts'
import { DeliveryEvent } from './events.ts'

/** Between the events of deliveries and their stored shapes. No shape has been retired so far. */
export const deliveryCodec = codecOf({
  event: DeliveryEvent,
  versions: {
    DeliveryAttempted: 1,
    QuotationDelivered: 1,
    DeliveryFailed: 1,
    DeliveryBounced: 1,
    QuotationViewed: 1,
    CustomerAsked: 1,
  },
})

import { codecOf } from '../codec.ts'
import { ContactEvent } from './events.ts'

/** How the events of a contact are stored. */
export const contactCodec = codecOf({
  event: ContactEvent,
  versions: {
    ContactRegistered: 1,
    ContactRevised: 1,
    ContactArchived: 1,
    AddressAdded: 1,
    AddressRevised: 1,
    AddressArchived: 1,
    AddressPreferred: 1,
    PersonalDataErased: 1,
  },
})

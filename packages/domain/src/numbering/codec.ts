import { codecOf } from '../codec.ts'
import { NumberingEvent } from './events.ts'

/** Between the events of number series and their stored shapes. */
export const numberingCodec = codecOf({ event: NumberingEvent, versions: { NumberTaken: 1 } })

import { codecOf } from '../codec.ts'
import { AssignmentRunEvent } from './events.ts'

/** Between the events of assignment runs and their stored shapes. */
export const assignmentRunCodec = codecOf({
  event: AssignmentRunEvent,
  versions: { AssignmentConfigured: 1, AssignmentsDecided: 1, AssignmentRunCompleted: 1 },
})

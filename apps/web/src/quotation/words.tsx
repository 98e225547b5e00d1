import type { Quotation } from './quotation.ts'
import { useSpeech } from './speech.ts'

/** Words in whatever direction they have; of erased ones, that they were there. */
export function Words({ children }: { children: Quotation['subject'] }) {
  const { text } = useSpeech()
  return typeof children === 'object' ? <i>{text.erased}</i> : <bdi>{children}</bdi>
}

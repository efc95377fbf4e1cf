import type { HandedOver } from '../../../../shared/handover.ts'
import { ticketsWords } from '../open/words.ts'

/** What a hand-over came to, in words. */
export const doneWords = ({ done, to }: HandedOver): string =>
  done.length === 0 ? 'Nothing was handed over' : `Handed over to ${to.name}: ${ticketsWords(done.length)}`

/** What stayed as it was, a line each. */
export const refusedWords = ({ refused }: HandedOver): string[] => refused.map(({ number, why }) => `${number}: ${why}`)

import { button } from '../kit/button.ts'
import type { ActionOf } from '../kit/click.ts'
import type { Retry } from './retry.ts'

/** The parameters came from a card of ours, through the client; their action is looked up again when it is pressed. */
export const retryButton = ({ parameters }: Retry) =>
  button('Retry', { action: parameters.action, parameters } as unknown as ActionOf, { filled: true })

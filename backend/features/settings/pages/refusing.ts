import { DeskError } from '../../../platform/errors.ts'
import type { PageAnswer } from './page.ts'

/**
 * Does what a form asks. What is refused is shown again, with what was typed and why it was refused.
 * @param act returns the path to go to
 */
export async function orShowAgain(
  act: () => Promise<string>,
  again: (problem: string) => Promise<Extract<PageAnswer, { title: string }>>,
): Promise<PageAnswer> {
  try {
    return { goTo: await act() }
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    return { ...(await again(error.message)), status: error.status }
  }
}

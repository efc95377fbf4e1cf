import type { ActionName } from '../action-parameters.ts'
import type { AddonError } from '../errors.ts'
import { buttons } from '../kit/button.ts'
import { type Card, card, section } from '../kit/card.ts'
import { input } from '../kit/fields.ts'
import { fact, paragraph, remark } from '../kit/text.ts'
import { labelOf, type Retry } from './retry.ts'
import { retryButton } from './retry-button.ts'

type Advice = { title: string; advice: string; retry: boolean }

const DOWN: Advice = {
  title: 'Sidedesk does not answer',
  advice: 'Your mail is safe: it becomes a ticket as soon as the server is back.',
  retry: true,
}
const NO_ACCESS: Advice = {
  title: 'No access',
  advice: 'Ask an admin of your Sidedesk workspace to invite you or to change your role.',
  retry: true,
}
const OTHER: Advice = { title: 'This did not work', advice: '', retry: true }

const ADVICE: Partial<Record<AddonError['code'], Advice>> = {
  unreachable: DOWN,
  unavailable: DOWN,
  unknown_staff: NO_ACCESS,
  forbidden: { ...NO_ACCESS, retry: false },
  unauthenticated: {
    title: 'Please sign in again',
    advice: 'Reload the page; if that does not help, allow the add-on again.',
    retry: true,
  },
  addon_outdated: {
    title: 'Update needed',
    advice: 'Reload the page. If this card stays, ask your admin to deploy the newest add-on.',
    retry: true,
  },
  effects_paused: {
    title: 'Paused',
    advice: 'An admin has paused everything that Sidedesk does outside. Try again later.',
    retry: true,
  },
  in_shadow: {
    title: 'Shadow mode',
    advice: 'Nothing was done. Work on this in the system that is still in charge.',
    retry: false,
  },
  not_found: {
    title: 'Not found',
    advice: 'It may have been removed, or it belongs to another workspace.',
    retry: false,
  },
  no_spreadsheet: { title: 'No spreadsheet', advice: '', retry: true },
  sheet_read_only: {
    title: 'You may only look here',
    advice:
      'Nothing was written. Ask its owner for the right to edit, or make a copy of the spreadsheet with File › Make a copy and open this panel there.',
    retry: true,
  },
  sheet_stopped: {
    title: 'Not written to its end',
    advice: 'What was written stays. Open the report in the list of this panel to refresh or to forget it.',
    retry: false,
  },
  mail_out_of_reach: { title: 'Open the mail again', advice: '', retry: false },
  shopify_unavailable: {
    title: 'Shopify does not answer',
    advice: 'The ticket and the orders that are known stay as they are. Try again in a minute.',
    retry: true,
  },
  nothing_waits: { title: 'Nothing waits', advice: '', retry: true },
  rate_limited: { title: 'Too fast', advice: 'Wait a minute, then try again.', retry: true },
}

/** Beside a spreadsheet it is not the mail that somebody worries about. */
const OF_REPORTS: readonly string[] = [
  'showReports',
  'insertReport',
  'insertPack',
  'refreshReports',
  'forgetPlaced',
] satisfies ActionName[]

const adviceFor = (advice: string, { parameters }: Retry): string =>
  advice === DOWN.advice && OF_REPORTS.indexOf(parameters.action || '') >= 0
    ? 'What is in the spreadsheet stays as it is.'
    : advice

/** What went wrong, what to do now, and the number by which it is found in the log. Nothing that was typed is lost. */
export function failureCard(failure: AddonError, again: Retry): Card {
  const { title, advice, retry } = ADVICE[failure.code] ?? OTHER
  const texts = Object.keys(again.typed)
  return card({ title }, [
    section(
      null,
      paragraph(failure.message),
      advice ? remark(adviceFor(advice, again)) : null,
      texts.map((name) => input(name, labelOf(name), { value: again.typed[name], lines: true })),
      retry ? buttons(retryButton(again)) : null,
      failure.reference ? fact('Reference', failure.reference) : null,
    ),
  ])
}

import type { BackfillState } from '../../../../../shared/cut-over.ts'
import { html } from '../../../../platform/html.ts'
import { timeIn, type View } from '../../../settings/index.ts'

const STATE_WORDS: Record<BackfillState['state'], string> = {
  running: 'is being read',
  paused: 'is paused',
  done: 'is all here',
  stopped: 'was given up',
}

/** How far the reading of earlier mail has come. */
export function progressView(run: BackfillState, zone: string): View {
  const [since, until, reached] = [run.since, run.until, run.reachedAt].map((at) => new Date(at)) as [Date, Date, Date]
  const share = until > since ? (reached.getTime() - since.getTime()) / (until.getTime() - since.getTime()) : 1
  return html`
    <p class=${run.problem === null ? 'good' : 'bad'}>Mail of ${timeIn(zone, since)} to ${timeIn(zone, until)} ${STATE_WORDS[run.state]}.</p>
    ${run.problem && html`<p class="bad" role="alert">${run.problem}</p>`}
    <progress max="1" value=${share.toFixed(3)}>${Math.floor(share * 100)} %</progress>
    <dl>
      <dt>Read up to</dt><dd>${timeIn(zone, reached)}</dd>
      <dt>Mails so far</dt><dd>${run.listed}, of which ${run.taken} were not here</dd>
      ${run.state !== 'done' && html`<dt>In all</dt><dd>${run.estimated === null ? 'not known yet' : `about ${run.estimated}, estimated`}</dd>`}
    </dl>`
}

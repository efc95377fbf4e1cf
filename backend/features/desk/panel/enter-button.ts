import { html } from '../../../platform/html.ts'

/** What the enter key presses: the first button of a form. It does nothing, so that a slip of a finger does nothing either. */
export const enterButton = html`<button class="sr" name="press" value="stay" tabindex="-1" aria-hidden="true">Stay here</button>`

import { STAFF_ROLES } from '../../../../shared/roles.ts'
import { html } from '../../../platform/html.ts'
import { page } from './page.ts'

/** Where somebody lands who wanted to go nowhere in particular: the menu above says what there is for them. */
export const homePage = page('/', STAFF_ROLES, async (_ctx, { actor }) => ({
  title: 'Sidedesk',
  body: html`<h1>Good to see you, ${actor.name}</h1>
    <p>Tickets are answered in Gmail, with Sidedesk in the side panel, or on <a href="/desk">the desk’s own page</a>, which fits a phone. What else has a page is in the menu above.</p>
    <p><a href="/help">Help</a></p>`,
}))

import { MailMatches, type MailOutcome, type MailRuleInput } from '../../../../shared/mail-rules.ts'

/** The rules that a desk begins with. An admin sees, edits, moves and removes them like any other. */
export type Preset = MailRuleInput & { id: string; preset: string }

const preset = (
  n: number,
  code: string,
  name: string,
  outcome: MailOutcome,
  matches: Partial<MailMatches>,
): Preset => ({
  id: `00000000-0000-7000-8000-0000000000${String(n).padStart(2, '0')}`,
  preset: code,
  name,
  active: true,
  mailboxId: null,
  outcome,
  matches: MailMatches.parse(matches),
})

const COURIERS =
  'dhl.com dhl.de dhl-news.com deutschepost.de dpd.com dpd.de dpd.co.uk dpd.fr ups.com fedex.com gls-group.com gls-group.eu gls-pakete.de myhermes.de hermesworld.com evri.com postnl.nl bpost.be post.at post.ch laposte.fr chronopost.fr colissimo.fr mondialrelay.fr correos.es seur.com ctt.pt poste.it brt.it inpost.pl inpost.it poczta-polska.pl postnord.com postnord.se postnord.dk bring.com royalmail.com parcelforce.co.uk usps.com canadapost.ca auspost.com.au aftership.com parcellab.com sendcloud.com'.split(
    ' ',
  )

const SHOPS =
  'shopify.com shopifyemail.com myshopify.com paypal.com paypal.de stripe.com klarna.com klarna.de adyen.com mollie.com amazon.com amazon.de amazon.co.uk ebay.com ebay.de etsy.com judge.me trustpilot.com trustpilotmail.com'.split(
    ' ',
  )

/** Money and deadlines stand before all that is ignored. */
export const PRESETS: readonly Preset[] = [
  preset(1, 'disputes', 'Disputes and chargebacks', 'ticket', {
    senders: SHOPS,
    subjects: ['chargeback', 'dispute', 'inquiry', 'claim', 'case', 'Rückbuchung', 'Käuferschutz', 'litige'],
  }),
  preset(2, 'calendar', 'Answers to invitations', 'ignored', { kinds: ['calendar'] }),
  preset(3, 'couriers', 'Courier notices', 'quiet', { senders: COURIERS, kinds: ['machine'] }),
  preset(4, 'shops', 'Shop and payment notices', 'ignored', { senders: SHOPS, kinds: ['machine'] }),
  preset(5, 'bounces', 'Reports on mail that is not ours', 'quiet', { kinds: ['bounce'] }),
  preset(6, 'auto-replies', 'Automatic answers to nothing that is here', 'quiet', { kinds: ['auto_reply'] }),
  preset(7, 'newsletters', 'Newsletters and lists', 'ignored', { kinds: ['newsletter'] }),
]

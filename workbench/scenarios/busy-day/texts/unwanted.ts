/** What machines send back to an answer. */
export const VACATIONS = [
  'I am out of the office until {day} and read no mail. In urgent cases please call our front desk.',
  'Thank you for your message. I am on holiday and will answer after {day}.',
  'This address is not read at weekends. Your mail has arrived.',
]

export interface Offer {
  name: string
  host: string
  subject: string
  text: string
}

/** Mail that nobody asked for; {number} makes each one a little different. */
export const OFFERS: Offer[] = [
  {
    name: 'Growth Rocket',
    host: 'growth-rocket-leads.example',
    subject: '{number} visitors leave your shop EVERY DAY',
    text: 'Hey team, I found {number} errors on your page. We repair them for 99 a month, results guaranteed. Reply YES for the free report.',
  },
  {
    name: 'Wholesale Baskets Ltd',
    host: 'basket-factory.example',
    subject: 'Best price wicker baskets, {number} pieces',
    text: 'Dear purchase manager, we produce wicker baskets of all kinds. {number} pieces in stock, best price for you. Please send your enquiry.',
  },
  {
    name: 'Prize Office',
    host: 'prize-office-22.example',
    subject: 'You have won! Claim no. {number}',
    text: 'Your address was drawn. To claim prize number {number}, send a copy of your passport and the handling fee within 24 hours.',
  },
  {
    name: 'Link Partner',
    host: 'link-partner.example',
    subject: 'Guest article for fernandfig.example?',
    text: 'Hello, I read your blog with pleasure. May I place an article of {number} words with a link to our casino? We pay well.',
  },
]

import { days, hours, type Story, story, wrote } from '../story.ts'

/** Mail that nobody wrote by hand, or that nobody wants. */
export const machines: Story[] = [
  story(
    'Automatic reply: Your Fern & Fig order has shipped',
    { name: 'Patrick Deane', email: 'patrick.deane@quayside.example' },
    wrote(
      days(1, 7),
      `
Thank you for your message. I am out of the office until Monday without access to mail. In urgent cases please call our front desk.

Patrick Deane`,
      {
        mailer: 'outlook',
        headers: { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All', Precedence: 'auto_reply' },
      },
    ),
  ),
  story(
    'Rank no. 1 this week!! (fernandfig.example)',
    { name: 'Growth Rocket Team', email: 'kevin@growth-rocket-leads.example' },
    wrote(
      hours(15, 20),
      `
Hey Team,

I looked at fernandfig.example and found 27 critical errors that cost you 3,400 visitors A DAY. We repair them for only 99 a month, no contract, results guaranteed in 7 days or money back!!!

Reply YES and I will send the free report.

Kevin`,
      { mailer: 'gmail', headers: { 'List-Unsubscribe': '<mailto:off@growth-rocket-leads.example>' } },
    ),
  ),
  story(
    'YOU WON a luxury hamper voucher',
    { name: 'Prize Office', email: 'claims@prize-office-22.example' },
    wrote(
      hours(26, 5),
      'Dear winner, your address was drawn. To claim the voucher send a copy of your passport and the handling fee within 24 hours.',
      {
        spam: true,
      },
    ),
  ),
]

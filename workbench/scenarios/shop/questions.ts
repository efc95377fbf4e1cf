import { answered, days, hours, type Story, story, wrote } from '../story.ts'

export const questions: Story[] = [
  story(
    'Nut allergy: is the fig salami safe?',
    { name: 'Caspian Moore', email: 'caspian.moore@tidewater.example' },
    wrote(
      hours(4, 45),
      `
Hello,

my son has a severe allergy to walnuts and hazelnuts and carries a pen. The page of your fig salami lists almonds but says nothing about the rest. Is it made on the same line as products with walnuts? I would rather ask than guess.

Caspian Moore`,
      { mailer: 'gmail' },
    ),
  ),
  story(
    'Stockist enquiry',
    { name: 'Imogen Vale', email: 'imogen@valeandsons.example' },
    wrote(
      days(3, 1),
      `
Hello,

we run two farm shops and would like to sell your fig jam and the rosemary crackers. Who do I talk to about wholesale prices, and how long do they keep?

Imogen Vale
Vale & Sons`,
      { mailer: 'outlook' },
    ),
    answered(
      'sam',
      days(2, 22),
      `
Hello Imogen,

that would be June, who is reading along. The jam keeps eighteen months, the crackers nine. A price list is on its way by the end of the week.

Sam`,
    ),
  ),
  story(
    'Do the flowers come with the vase?',
    { name: 'Teddy Lim', email: 'teddy.lim@papercrane.example' },
    wrote(
      hours(0, 55),
      'The picture of "Meadow, large" shows a blue vase. Is it part of the bouquet? Asking for somebody who owns no vase.',
      {
        mailer: 'phone',
      },
    ),
  ),
  story(
    'Corked?',
    { name: 'Vivienne Archambault', email: 'v.archambault@clos-mail.example' },
    wrote(
      hours(13),
      `
Good evening,

we opened the 2019 Pomerol from order FF-20310 tonight and I am fairly sure that it is corked: wet cardboard, no fruit at all. Half of the bottle is still there. Do you need it back, or is my nose enough?

Vivienne Archambault`,
      { mailer: 'apple' },
    ),
  ),
]

import { companyMark } from '../files/pictures.ts'
import { answered, days, hours, type Story, story, wrote } from '../story.ts'

export const gifts: Story[] = [
  story(
    'A present from somebody, but from whom?',
    { name: 'Ruth Nakagawa', email: 'ruth.nakagawa@lanternmail.example' },
    wrote(
      days(1, 6),
      `
Dear people,

yesterday a beautiful box of pears came to our door, addressed to me and without a card. I did not order it. Can you tell me who I should thank? If you may not tell me, could you perhaps tell them that the pears are perfect?

Ruth Nakagawa`,
    ),
  ),
  story(
    'Gift card does not work',
    { name: 'Omar Haddad', email: 'omar.haddad@cedarline.example' },
    wrote(
      hours(6, 30),
      `
Hi,

my team gave me a gift card over 75 and the check-out says "code not valid" each time. I have tried with and without the dashes. The last four characters are 8KQ2.

Thanks
Omar`,
      { mailer: 'apple' },
    ),
  ),
  story(
    'Thank you!',
    { name: 'Elsie Farrow', email: 'elsie.farrow@oldmill.example' },
    wrote(
      days(1, 3),
      `
No complaint today. The basket you packed for my neighbour after her operation made her cry in a good way, and the hand-written note was the best part of it. Please tell whoever wrote it.

Elsie Farrow`,
      { mailer: 'apple' },
    ),
    answered(
      'sam',
      days(1, 1),
      `
Dear Elsie,

that was Hamid from the packing table, and he is grinning. All the best to your neighbour!

Sam`,
    ),
  ),
  story(
    'Forty hampers for our customers in December',
    { name: 'Dorothea Kranz', email: 'd.kranz@kranz-optik.example' },
    wrote(
      days(2, 2),
      `
Good afternoon,

we would like to give a hamper to forty customers in the second week of December, to forty different addresses, at about 45 to 50 each. Do you have prices for resellers or larger orders? Can our own card go into the boxes, and do you send one invoice?

With kind regards
Dorothea Kranz
Kranz Optik`,
      { mailer: 'outlook', cc: ['einkauf@kranz-optik.example'], files: [companyMark('kranz.png')] },
    ),
    answered(
      'nora',
      days(1, 20),
      `
Good afternoon Dorothea,

yes to all three. From twenty hampers on we give 12 percent, your cards can go in if they reach us by 28 November, and there is one invoice. Shall I set up a list for the addresses?

Nora`,
    ),
    wrote(
      hours(22),
      `
Dear Nora,

please do. Three of the forty are vegan and one must not have nuts, can the list have a column for that?

Dorothea Kranz`,
      { mailer: 'outlook' },
    ),
  ),
]

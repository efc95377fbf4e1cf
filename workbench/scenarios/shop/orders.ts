import { paper } from '../files/pictures.ts'
import { answered, days, hours, type Story, story, wrote } from '../story.ts'

export const orders: Story[] = [
  story(
    'Wrong hamper',
    { name: 'Lucille Amberg', email: 'lucille.amberg@northwindmail.example' },
    wrote(
      days(1, 2),
      `
I ordered the vegetarian picnic hamper (FF-20402) and got the one with the salami and the duck terrine. I do not eat meat and cannot even give it away, everybody I know here is the same. Please collect it and send the right one.

Lucille Amberg`,
      { mailer: 'outlook' },
    ),
  ),
  story(
    'Invoice for FF-20333 please',
    { name: 'Karin Blomqvist', email: 'karin.blomqvist@lagerkontor.example' },
    wrote(
      days(2, 8),
      `
Hello,

could you send me the invoice for order FF-20333 as a PDF? Our accounts need our VAT number SE556000000001 on it.

Med vänlig hälsning
Karin Blomqvist`,
      { mailer: 'outlook' },
    ),
    answered(
      'sam',
      days(2, 5),
      `
Hello Karin,

it will be with you by tomorrow, with the VAT number on it. May I ask for the exact company name that should stand there?

Sam`,
    ),
    wrote(
      days(1, 22),
      `
Lagerkontor i Norr AB. The purchase order is attached, the address on it is right.

Karin`,
      {
        mailer: 'outlook',
        files: [
          paper('PO-7719.pdf', [
            'Purchase order 7719',
            'Lagerkontor i Norr AB',
            'Storgatan 4, Ume\u00e5',
            '12 x Autumn hamper',
            'Cost centre 4410',
          ]),
        ],
      },
    ),
  ),
  story(
    'Refund for FF-20188, second request',
    { name: 'Graham Pell', email: 'graham.pell@stonebridge.example' },
    wrote(
      days(4, 1),
      'I sent the wine glasses back two weeks ago and the tracking says that you have them. When does my refund of 58.00 come?\n\nG. Pell',
    ),
    wrote(
      days(1, 1),
      'I wrote three days ago and have no answer. Please refund order FF-20188, 58.00, to the card I paid with.\n\nG. Pell',
      { subject: 'Refund FF-20188 !!', loose: true },
    ),
  ),
  story(
    'Add a card to my order?',
    { name: 'Ngozi Adeyemi', email: 'ngozi.adeyemi@palmgrove.example' },
    wrote(
      hours(1, 15),
      `
Hello, I forgot the greeting card on FF-20461. It should say:

"For Baba, who taught me to taste before I salt. Love, Ngozi"

Is that still possible? I will gladly pay for it.`,
      { mailer: 'gmail' },
    ),
  ),
  story(
    'Order confirmation twice',
    { name: 'Wilf Carrow', email: 'wilf@carrowcabinets.example' },
    wrote(
      hours(11),
      'I have two confirmations, FF-20449 and FF-20450, thirty seconds apart. I only want one box of figs, however good they are. Has my card been charged twice?\n\nWilf',
    ),
    answered(
      'nora',
      hours(10, 15),
      `
Hello Wilf,

you pressed twice and our shop believed you. I have cancelled FF-20450; the second charge was only reserved and falls away by tomorrow.

Nora`,
    ),
  ),
]

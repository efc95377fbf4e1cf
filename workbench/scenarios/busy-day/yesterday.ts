/** What was left of the days before, and what somebody writes back in the morning. */
export interface Leftover {
  subject: string
  by: string
  text: string
  sending: 'solve' | 'wait' | 'keep_tomorrow'
}

export const LEFTOVERS: Leftover[] = [
  {
    subject: 'Nut allergy: is the fig salami safe?',
    by: 'nora',
    text: 'Hello Caspian,\n\nplease do not give it to him: the salami is cut on the same table as our walnut one. The dried figs and the crackers are safe, they come from another house.\n\nNora',
    sending: 'solve',
  },
  {
    subject: 'Change of address for FF-20455',
    by: 'sam',
    text: 'Hello Jonas,\n\nyou are in time. It goes to Kanaalstraat 9b.\n\nSam',
    sending: 'solve',
  },
  {
    subject: 'Parcel lost? Tracking has not moved for six days',
    by: 'sam',
    text: 'Hello Marcus,\n\nyou are right to be angry: the search was never begun. Both hampers leave us today by express, and I ring you myself when they are on the van.\n\nSam',
    sending: 'keep_tomorrow',
  },
  {
    subject: 'Wrong hamper',
    by: 'hamid',
    text: 'Hello Lucille,\n\nI am sorry. The right one leaves us today, and a driver collects the other one whenever it suits you.\n\nHamid',
    sending: 'wait',
  },
  {
    subject: 'Birthday gift came two days late',
    by: 'tess',
    text: 'Dear Helen,\n\nthat must have hurt. You have the delivery charge back, and your mother gets fresh flowers with a card from us.\n\nTess',
    sending: 'solve',
  },
  {
    subject: 'Gift card does not work',
    by: 'tess',
    text: 'Hi Omar,\n\nthe card is fine, but it is for our outlet. I have made you one of the same worth for this shop.\n\nTess',
    sending: 'wait',
  },
  {
    subject: 'Forty hampers for our customers in December',
    by: 'nora',
    text: 'Dear Dorothea,\n\nthe list has a column for it now, and the offer is with June for her signature.\n\nNora',
    sending: 'keep_tomorrow',
  },
  {
    subject: 'Refund for FF-20188, second request',
    by: 'hamid',
    text: 'Dear Mr Pell,\n\nyour glasses are here and the refund leaves us today. It should not have taken a second letter.\n\nHamid',
    sending: 'solve',
  },
  {
    subject: 'A present from somebody, but from whom?',
    by: 'nora',
    text: 'Dear Ruth,\n\nI may not tell you, but I have passed your words on, and somebody is very glad.\n\nNora',
    sending: 'solve',
  },
]

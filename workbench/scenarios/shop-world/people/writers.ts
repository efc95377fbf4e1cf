import { person, place } from './person.ts'

/** Those who wrote a mail that the shop has an order to. Some bought under another address, or by phone. */
export const ada = person(
  'Ada Whitcombe',
  { email: 'ada.whitcombe@brambleroad.example', phone: '+447700900118' },
  place('14 Bramble Road', 'SY8 1ZZ', 'Ludlow'),
  { since: 420, tags: ['regular'] },
)

export const tobias = person(
  'Tobias Renner',
  { email: 'tobias.renner@hofgarten-mail.example', phone: '+436991234501' },
  place('Hofgartenstraße 21', '1990', 'Neuhof', 'AT'),
  { since: 130 },
)

export const priya = person(
  'Priya Raman',
  { email: 'priya@ramanstudio.example', phone: '+447700900177' },
  place('Unit 3, The Old Dairy', 'BS99 4AB', 'Bristol'),
  { since: 90, company: 'Raman Studio' },
)

export const marcus = person(
  'Marcus Oyelaran',
  { email: 'm.oyelaran@harbourpost.example', phone: '+447700900142' },
  place('8 Harbour Steps', 'PL99 2XZ', 'Plymouth'),
  { since: 200 },
)

/** Orders by phone: the shop has no address of hers to write to. */
export const helen = person(
  'Helen Strand',
  { phone: '+4740600142' },
  place('Fjordveien 12', '9999', 'Strandvik', 'NO'),
  { since: 7, note: 'Ordered by phone. Pays by card over the phone.' },
)

export const jonas = person(
  'Jonas Petit',
  { email: 'jonas.petit@mailvert.example', phone: '+31970105201' },
  place('Oudegracht 311', '3599 ZZ', 'Utrecht', 'NL'),
  { since: 0.2 },
)

/** Bought through an address that forwards, so that the shop never learns the real one. */
export const bea = person(
  'Beatrice Holloway',
  { email: 'fern.k7wq2@forwarded.example', phone: '+447700900163' },
  place('Holloway Farm', 'EX99 1AA', 'Crediton'),
  { since: 60 },
)

export const elsie = person(
  'Elsie Farrow',
  { email: 'elsie.farrow@oldmill.example', phone: '+447700900129' },
  place('The Old Mill', 'CB99 8TT', 'Saffron Walden'),
  { since: 300 },
)

export const patrick = person(
  'Patrick Deane',
  { email: 'patrick.deane@quayside.example', phone: '+447700900135' },
  place('2 Quayside', 'NE99 1QS', 'Newcastle upon Tyne'),
  { since: 5 },
)

export const lucille = person(
  'Lucille Amberg',
  { email: 'lucille.amberg@northwindmail.example', phone: '+447700900151' },
  place('27 Northwind Terrace', 'YO99 6LL', 'York'),
  { since: 110 },
)

export const karin = person(
  'Karin Blomqvist',
  { email: 'karin.blomqvist@lagerkontor.example', phone: '+46701740612' },
  place('Storgatan 4', '999 94', 'Umeå', 'SE'),
  { since: 400, company: 'Lagerkontor i Norr AB', tags: ['business'] },
)

export const graham = person(
  'Graham Pell',
  { email: 'graham.pell@stonebridge.example', phone: '+447700900104' },
  place('5 Stonebridge Lane', 'LE99 3PQ', 'Melton Mowbray'),
  { since: 59 },
)

export const ngozi = person(
  'Ngozi Adeyemi',
  { email: 'ngozi.adeyemi@palmgrove.example', phone: '+447700900186' },
  place('61 Palm Grove', 'M99 7NA', 'Manchester'),
  { since: 30 },
)

export const wilf = person(
  'Wilf Carrow',
  { email: 'wilf@carrowcabinets.example', phone: '+447700900193' },
  place('Carrow Cabinets, Workshop 4', 'NR99 5CC', 'Norwich'),
  { since: 1 },
)

export const caspian = person(
  'Caspian Moore',
  { email: 'caspian.moore@tidewater.example' },
  place('19 Tidewater Close', 'BN99 2TW', 'Brighton'),
  { since: 29 },
)

export const imogen = person(
  'Imogen Vale',
  { email: 'imogen@valeandsons.example', phone: '+447700900171' },
  place('Vale & Sons, Lower Field', 'HR99 4VS', 'Leominster'),
  { since: 1, company: 'Vale & Sons', tags: ['business', 'stockist'] },
)

export const vivienne = person(
  'Vivienne Archambault',
  { email: 'v.archambault@clos-mail.example', phone: '+33199003141' },
  place('3 clos des Tilleuls', '99310', 'Saint-Aubin', 'FR'),
  { since: 180 },
)

export const jurgen = person(
  'Jürgen Groß',
  { email: 'juergen.gross@weidenhof.example', phone: '+493023125071' },
  place('Weidenhof 6', '99991', 'Groß Weiden', 'DE'),
  { since: 75 },
)

export const eloise = person(
  'Éloïse Marchand',
  { email: 'eloise.marchand@boiteauxlettres.example', phone: '+33199004215' },
  place('48 rue des Boîtes', '99420', 'Montlevert', 'FR'),
  { since: 17 },
)

export const misaki = person(
  '美咲 佐藤',
  { email: 'misaki.sato@yubinbako.example' },
  { street: '若葉町 4-33', zip: '999-0433', city: '東京', country: 'JP' },
  { since: 2 },
)

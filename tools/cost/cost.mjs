// Writes the tables of docs/cost.md. The price list and the forecast give every figure.
import { readFileSync, writeFileSync } from 'node:fs'
import { accountMonth, publicPrice, shareOfFreePlan } from '../../src/platform/billing/bill.ts'
import { PRICES } from '../../src/platform/billing/prices.ts'
import { root } from '../install.mjs'
import { ACTIVITIES, COUNTS_OF, quantitiesOfDays, storedBytesOf } from './forecast.ts'

/** @import { Day, Activity } from './forecast.ts' */
/** @import { MeterName } from '../../src/platform/billing/prices.ts' */

const DOCUMENT = `${root}docs/cost.md`

/** How the tables name the meters. @type {Record<MeterName, { name: string, unit: string }>} */
const METERS = {
  requests: { name: 'requests to rooms', unit: 'million' },
  duration: { name: 'active time', unit: 'million GB-s' },
  rowsRead: { name: 'rows read', unit: 'million' },
  rowsWritten: { name: 'rows written', unit: 'million' },
  stored: { name: 'stored', unit: 'GB-month' },
  workerRequests: { name: 'requests to the Worker', unit: 'million' },
}
const METER_NAMES = /** @type {const} */ ([
  'requests',
  'duration',
  'rowsRead',
  'rowsWritten',
  'stored',
  'workerRequests',
])

/** How the tables name the activities. @type {Record<Activity, string>} */
const WORDS = {
  newRooms: 'rooms created',
  privateRooms: 'private rooms opened',
  newPeople: 'people who join a room for the first time',
  returningPeople: 'members who join for the first time that day',
  connections: 'connections opened',
  messages: 'messages',
  edits: 'edits',
  reactions: 'reactions',
  deletions: 'deletions',
  topics: 'topics set',
  typing: 'typing notices',
  watchedBatches: 'batches of changes that follow each other within a second, in a watched room',
  olderPages: 'older pages loaded',
  syncs: 'answers to flow control',
  readMarkers: 'read markers moved',
  savedReadMarkers: 'read markers stored, as people leave',
  wakes: 'wake-ups of a sleeping room',
  saves: 'usage saved: one row for each hour in which a room is used',
  pageLoads: 'pages loaded',
}

/** @type {{ name: string, days: number, connectedHours: number, day: Day }[]} */
const EXAMPLES = [
  {
    name: 'a team of 10',
    days: 22,
    connectedHours: 120,
    day: {
      returningPeople: 30,
      connections: 60,
      messages: 300,
      edits: 15,
      reactions: 100,
      deletions: 3,
      typing: 450,
      watchedBatches: 30,
      olderPages: 20,
      readMarkers: 500,
      savedReadMarkers: 60,
      wakes: 400,
      saves: 40,
      pageLoads: 20,
    },
  },
  {
    name: 'a community of 1,000',
    days: 30,
    connectedHours: 1_000,
    day: {
      newRooms: 1,
      privateRooms: 5,
      newPeople: 20,
      returningPeople: 1_000,
      connections: 2_500,
      messages: 5_000,
      edits: 250,
      reactions: 2_500,
      deletions: 50,
      topics: 2,
      typing: 7_500,
      watchedBatches: 500,
      olderPages: 500,
      readMarkers: 7_500,
      savedReadMarkers: 2_500,
      wakes: 6_000,
      saves: 600,
      pageLoads: 1_500,
    },
  },
  {
    name: 'an event of 50,000',
    days: 1,
    connectedHours: 150_000,
    day: {
      newRooms: 50,
      newPeople: 50_000,
      connections: 100_000,
      messages: 150_000,
      edits: 1_500,
      reactions: 300_000,
      deletions: 500,
      topics: 50,
      typing: 225_000,
      watchedBatches: 50_000,
      olderPages: 10_000,
      syncs: 5_000_000,
      readMarkers: 1_900_000,
      savedReadMarkers: 100_000,
      wakes: 500,
      saves: 300,
      pageLoads: 60_000,
    },
  },
]

const MONTHS_STORED = 12
const HEARTBEATS_AN_HOUR = 180
/** What a chat on a rented server costs, used or not. Examples to compare with, not quotes. */
const SERVER = { dollars: 24, what: 'a virtual server with 2 CPUs and 4 GB (DigitalOcean’s list, July 2022)' }
const DATABASE = { dollars: 15, what: 'the smallest managed PostgreSQL (the same provider)' }

/**
 * The document with up-to-date tables.
 *
 * @param {string} text
 */
export function withTables(text) {
  const tables = {
    prices: `${priceList()}\n\n${prices()}`,
    each: each(),
    examples: examples(),
    bills: `${bills()}\n\n${server()}`,
  }
  return Object.entries(tables).reduce(
    (document, [name, table]) =>
      document.replace(
        new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- end -->)`),
        (_, begin, end) => `${begin}\n${table}\n\n${end}`,
      ),
    text,
  )
}

function priceList() {
  const { date, source, dollarsAMonth } = PRICES
  return [
    `From the [public price list](${source})`,
    `as it stood on ${date}. The paid plan is $${dollarsAMonth} a month for a whole account, before anything is used;`,
    'what it includes is for the whole account too.',
  ].join('\n')
}

function prices() {
  const rows = METER_NAMES.map((meter) => {
    const { per, dollars, included, free } = PRICES.meters[meter]
    const { name, unit } = METERS[meter]
    const some = (/** @type {number} */ quantity) =>
      meter === 'stored' ? `${quantity / per} GB` : number(quantity)
    return [name, `$${dollars < 0.01 ? dollars : dollars.toFixed(2)} a ${unit}`, some(included), some(free)]
  })
  return table(['', 'price', 'included in a month, paid plan', 'in a day, free plan'], rows)
}

function each() {
  const rows = ACTIVITIES.map((activity) => {
    const quantities = quantitiesOfDays({ [activity]: 1 }, 1, 0)
    const { total } = publicPrice({ ...quantities, stored: storedBytesOf({ [activity]: 1 }) })
    const { activeMs = 0 } = COUNTS_OF[activity]
    const { requests, workerRequests, rowsWritten, rowsRead } = quantities
    return [
      WORDS[activity],
      number(requests),
      number(workerRequests),
      number(rowsWritten),
      number(rowsRead),
      number(activeMs),
      `$${(total * 1e6).toFixed(2)}`,
    ]
  })
  const head = [
    'one of',
    'requests',
    'to the Worker',
    'rows written',
    'rows read',
    'active ms',
    'a million of them',
  ]
  return table(head, rows)
}

function examples() {
  const rows = ACTIVITIES.filter((activity) => EXAMPLES.some(({ day }) => day[activity] !== undefined)).map(
    (activity) => [WORDS[activity], ...EXAMPLES.map(({ day }) => number(day[activity] ?? 0))],
  )
  const heartbeats = EXAMPLES.map(({ connectedHours }) => number(connectedHours * HEARTBEATS_AN_HOUR))
  return table(
    ['on a day', ...EXAMPLES.map(({ name }) => name)],
    [
      ...rows,
      ['hours connected, of all together', ...EXAMPLES.map(({ connectedHours }) => number(connectedHours))],
      ['heartbeats, which cost nothing', ...heartbeats],
      ['such days in a month', ...EXAMPLES.map(({ days }) => number(days))],
    ],
  )
}

function bills() {
  const all = EXAMPLES.map(({ day, days }) => {
    const months = days === 1 ? 1 : MONTHS_STORED
    const stored = storedBytesOf(day) * days * months
    const free = shareOfFreePlan(quantitiesOfDays(day, 1, stored))
    const month = quantitiesOfDays(day, days, stored)
    return { free, month, used: publicPrice(month).total, bill: accountMonth(month).total }
  })
  const line = (/** @type {string} */ name, /** @type {(one: typeof all[number]) => string} */ figure) => [
    name,
    ...all.map(figure),
  ]
  return table(
    ['in a month', ...EXAMPLES.map(({ name }) => name)],
    [
      line('requests to rooms', ({ month }) => number(month.requests)),
      line('requests to the Worker', ({ month }) => number(month.workerRequests)),
      line('active time, GB-s', ({ month }) => number(month.duration)),
      line('rows written', ({ month }) => number(month.rowsWritten)),
      line('rows read', ({ month }) => number(month.rowsRead)),
      line(`stored, after ${MONTHS_STORED} such months (the event: after one)`, ({ month }) =>
        bytes(month.stored),
      ),
      line('used, at the prices above', ({ used }) => dollars(used)),
      line('of the free plan’s day, on such a day', ({ free }) => `${part(free.most)} (${scarcest(free)})`),
      line('**the bill on the free plan**', ({ free }) => (free.most <= 1 ? '**$0**' : 'does not fit')),
      line('**the bill on the paid plan**', ({ bill }) => `**${dollars(bill)}**`),
      line('a small server and a small database', () => dollars(SERVER.dollars + DATABASE.dollars)),
    ],
  )
}

function server() {
  const one = (/** @type {{ dollars: number, what: string }} */ { dollars, what }) =>
    `$${dollars} a month for ${what}`
  return `The last line stands for a pair such as these:\n- ${one(SERVER)}\n- ${one(DATABASE)}`
}

/** @param {Record<MeterName, number> & { most: number }} parts */
function scarcest(parts) {
  const meter = METER_NAMES.find((name) => parts[name] === parts.most) ?? 'requests'
  return METERS[meter].name
}

/** @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  )
}

/** @param {number} value */
function number(value) {
  return value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : 0 })
}

/** @param {number} value */
function dollars(value) {
  return value > 0 && value < 0.01 ? 'under $0.01' : `$${value.toFixed(2)}`
}

/** @param {number} value */
function bytes(value) {
  return value < 1e9 ? `${number(value / 1e6)} MB` : `${number(value / 1e9)} GB`
}

/** @param {number} value */
function part(value) {
  return `${(value * 100).toLocaleString('en', { maximumSignificantDigits: 2 })} %`
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(DOCUMENT, withTables(readFileSync(DOCUMENT, 'utf8')))
}

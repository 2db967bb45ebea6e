const PATHS = {
  copy: 'M9 9h10v11H9zM5 15V4h10',
  share: 'M12 15V4M8 7.5 12 3.500l4 4M6 12v8h12v-8',
  check: 'm5 12.5 4.5 4.500L19 7.5',
  send: 'M12 19V5M6 11l6-6 6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
  up: 'M12 19V5M6 11l6-6 6 6',
  link: 'M10 14a4 4 0 0 0 5.700 0l3-3a4 4 0 0 0-5.700-5.700l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700l1-1',
  close: 'M6 6l12 12M18 6 6 18',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM9 9.500v.5M15 9.500v.5M8 14c2 2.700 6 2.700 8 0',
  reply: 'M9.5 6.500 4 12l5.5 5.500M4.500 12H14c3.500 0 6 2.500 6 6v1',
  edit: 'M4.500 19.500 5.500 15 16 4.500l3.500 3.500L9 18.500ZM13.500 7l3.500 3.500',
  bin: 'M5 7h14M9.500 7V4.500h5V7M7 7l1 12.500h8L17 7M10.500 11v5M13.500 11v5',
  door: 'M6 20V4h12v16M3.5 20h17M14 12.500v.5',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c.5-3.5 3-5.5 6.5-5.500s6 2 6.5 5.500M16 4.300a3.5 3.5 0 0 1 0 6.400M18 15c2 .8 3.2 2.5 3.5 5',
  rooms: 'M4 7h16M4 12h16M4 17h10',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  search: 'm20 20-4.500-4.500M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13Z',
  bell: 'M6 17V11a6 6 0 0 1 12 0v6l1.500 1.500h-15ZM10 21h4',
  clock: 'M12 7v5l3 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z',
}

/** These point along the line of text, so they are mirrored where it runs from the right. */
const POINTING: ReadonlySet<string> = new Set(['reply', 'rooms'])

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg class={POINTING.has(name) ? 'icon icon--pointing' : 'icon'} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
